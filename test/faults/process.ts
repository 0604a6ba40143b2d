import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Member {
  actorId: string;
  token: string;
}

export interface Cast {
  tellers: Member[];
  manager: Member;
  kiosks: Member[];
  board: Member;
}

/** A server that can be killed or stopped, and what it wrote. */
export class ServerProcess {
  readonly log: string[] = [];
  /** Exit code; null when a signal ended it. */
  readonly #gone: Promise<number | null>;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#gone = new Promise((done) => child.once('exit', (code) => done(code)));
  }

  /** @param hasty it acknowledges before it writes */
  static async start(
    directory: string,
    hasty: boolean,
  ): Promise<{ server: ServerProcess; url: string; cast: Cast }> {
    const env = { ...process.env, HASTY: hasty ? '1' : '0' };
    const child = spawn(process.execPath, [resolve('test/faults/server.mjs'), directory], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const server = new ServerProcess(child);
    createInterface({ input: child.stderr }).on('line', (line) => server.log.push(line));
    return new Promise((ready, failed) => {
      child.once('exit', () => failed(new Error(`the server did not start:\n${server.log.join('\n')}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{"url"'))
          ready({ server, ...(JSON.parse(line) as { url: string; cast: Cast }) });
        else server.log.push(line);
      });
    });
  }

  /** kill -9: it can finish nothing, not even a sentence. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#gone;
  }

  /** SIGTERM. @returns the exit code, once it is gone */
  stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.#gone;
  }
}
