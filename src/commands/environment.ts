import { readFileSync } from 'node:fs';

/** How the server is to run, as the environment says. */
export interface Environment {
  mode: 'production' | 'demo';
  port: number;
  host: string;
  dataDir: string;
  /** Origins besides the server's own whose pages may connect. */
  origins: string[];
  /** Absent: made at the first start and kept in the data directory. */
  secret?: string;
  polling: boolean;
  mostConnections: number;
  logLevel: string;
}

/** A setting that can't be used; the message names it and never its value. */
export class BadEnvironment extends Error {}

const names = ['MODE', 'PORT', 'HOST', 'DATA', 'ORIGINS', 'SECRET', 'POLLING', 'CONNECTIONS', 'LOG'] as const;
type Name = (typeof names)[number];

const SHORTEST_SECRET = 32;

/** Reads the `LW_*` variables; each may be given as `LW_*_FILE` instead. Throws BadEnvironment. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  for (const name of Object.keys(env))
    if (
      name.startsWith('LW_') &&
      !names.some((known) => name === `LW_${known}` || name === `LW_${known}_FILE`)
    )
      throw new BadEnvironment(`${name} is not a setting of this server`);
  const given = (name: Name): string | undefined => valueOf(env, `LW_${name}`);
  const secret = given('SECRET');
  if (secret !== undefined && secret.length < SHORTEST_SECRET)
    throw new BadEnvironment(`LW_SECRET must have at least ${SHORTEST_SECRET} characters`);
  return {
    mode: oneOf('LW_MODE', given('MODE') ?? 'production', ['production', 'demo']),
    port: whole('LW_PORT', given('PORT') ?? '8080', 0, 65_535),
    host: given('HOST') ?? '127.0.0.1',
    dataDir: given('DATA') ?? './data',
    origins: (given('ORIGINS') ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map(origin),
    ...(secret === undefined ? {} : { secret }),
    polling: oneOf('LW_POLLING', given('POLLING') ?? 'off', ['on', 'off']) === 'on',
    mostConnections: whole('LW_CONNECTIONS', given('CONNECTIONS') ?? '10000', 1, 1_000_000),
    logLevel: oneOf('LW_LOG', given('LOG') ?? 'info', ['debug', 'info', 'warn', 'error', 'silent']),
  };
}

function valueOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const [direct, file] = [env[name], env[`${name}_FILE`]];
  if (direct !== undefined && file !== undefined)
    throw new BadEnvironment(`${name} and ${name}_FILE are both given`);
  if (file === undefined) return direct;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new BadEnvironment(`the file of ${name}_FILE can't be read`);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new BadEnvironment(`${name} must be a whole number from ${least} to ${most}`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, list: readonly T[]): T {
  const found = list.find((each) => each === text);
  if (found === undefined) throw new BadEnvironment(`${name} must be one of ${list.join(', ')}`);
  return found;
}

function origin(text: string): string {
  try {
    if (new URL(text).origin === text) return text;
  } catch {
    // falls through to the refusal
  }
  throw new BadEnvironment('LW_ORIGINS must be a list of origins such as https://lobby.example.com');
}
