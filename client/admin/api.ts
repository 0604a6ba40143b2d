import type { RejectionParams } from '../../src/protocol/codes.js';
import type { Answer } from '../shared/outbox.js';
import { isTold, refusalWords } from '../shared/refusals.js';
import { staffToken } from '../shared/token.js';
import { isText, t } from './texts.js';

/** Words for every code stand in errors.json, those of the client itself included. */
export interface Refused {
  ok: false;
  code: Extract<Answer, { ok: false }>['code'];
  params: RejectionParams;
}
export type Outcome<T> = { ok: true; value: T } | Refused;

/** A refusal of one field, in words that stand beside it. */
export interface RefusedField {
  field: string;
  words: string;
}

/** Undefined where the refusal names no field. */
export function refusedField({ code, params }: Refused): RefusedField | undefined {
  const { field, reason } = params;
  if (field === undefined) return undefined;
  const fault = `branch.fault.${String(reason)}`;
  const words =
    code === 'malformed'
      ? t('configure.notAccepted')
      : code === 'bad-settings' && isText(fault)
        ? t(fault, params)
        : refusalWords(code, params);
  return { field: String(field), words };
}

const PATIENCE_MS = 10_000;

/**
 * A request to the REST door as a value: what the server answered, its refusal, or that nobody knows.
 * @param path below /api/v1
 * @param patienceMs for what takes long on the server
 */
export async function call<T = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Outcome<T>> {
  const token = await staffToken();
  const giveUp = new AbortController();
  const timer = setTimeout(() => {
    giveUp.abort();
  }, patienceMs);
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method,
      signal: giveUp.signal,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'X-Love-Window': '1',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (response.ok) return { ok: true, value: answer as T };
    const { code, params } = answer as { code?: unknown; params?: RejectionParams };
    if (isTold(code)) return { ok: false, code, params: params ?? {} };
  } catch {
    // No answer, or none that is whole.
  } finally {
    clearTimeout(timer);
  }
  // Whether the request still got through is not known, unless it only wanted to read.
  return { ok: false, code: method === 'GET' ? 'not-connected' : 'no-answer', params: {} };
}
