import type { RejectionCode, RejectionParams } from '../../src/protocol/codes.js';
import type { Ack, CommandMessage, CommandOf, CommandType } from '../../src/protocol/commands.js';

/**
 * An ack, or one of two things that only the client can know:
 * `not-connected` — never sent, nothing was changed; `no-answer` — sent, outcome unknown, look again.
 */
export type Answer<T extends CommandType = CommandType> =
  Ack<T> | { ok: false; code: 'not-connected' | 'no-answer'; params: RejectionParams };

/** A transmission is given up after this long and repeated with the same id; the page then says so [W-40]. */
export const ANSWER_MS = 5_000;
/** After this long the person is told honestly that the outcome is unknown. */
export const GIVE_UP_MS = 15_000;
/** Between a repeat that the server could not look at and the next. */
const AGAIN_MS = 1_000;

/**
 * Said before the server looks whether it has done the command already: told about a repeat, they say nothing of
 * the transmission before, which may have taken effect [W-40].
 */
const unlooked: readonly RejectionCode[] = [
  'too-many',
  'shutting-down',
  'not-signed-in',
  'storage-unavailable',
];

type Transmit = (message: CommandMessage, done: (error: unknown, ack?: Ack) => void) => void;

interface Pending {
  message: CommandMessage;
  transmissions: number;
  again?: ReturnType<typeof setTimeout>;
  settle: (answer: Answer) => void;
}

/** `crypto.randomUUID` is missing on plain http and in old WebViews; random bytes are everywhere. */
export function commandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Commands on their way. Each tap makes one id; whatever the network does, that id alone is repeated,
 * and the server answers a repeat with the first result [L12].
 */
export function createOutbox(transmit: Transmit, connected: () => boolean) {
  const pending = new Map<string, Pending>();

  const attempt = (entry: Pending): void => {
    clearTimeout(entry.again);
    entry.transmissions += 1;
    transmit(entry.message, (error, ack) => {
      if (!pending.has(entry.message.id)) return;
      if (ack !== undefined && (error === null || error === undefined)) {
        if (ack.ok || entry.transmissions === 1 || !unlooked.includes(ack.code)) entry.settle(ack);
        else
          entry.again = setTimeout(() => {
            if (connected()) attempt(entry);
          }, AGAIN_MS);
      } else if (connected()) attempt(entry);
      // else: `flush` repeats it once the connection is back
    });
  };

  return {
    send<T extends CommandType>(command: CommandOf<T>, day: string | undefined): Promise<Answer<T>> {
      if (!connected()) return Promise.resolve({ ok: false, code: 'not-connected', params: {} });
      const message: CommandMessage = {
        id: commandId(),
        ...(day === undefined ? {} : { day }),
        command,
      };
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          entry.settle({ ok: false, code: 'no-answer', params: {} });
        }, GIVE_UP_MS);
        const entry: Pending = {
          message,
          transmissions: 0,
          settle: (answer) => {
            clearTimeout(timer);
            clearTimeout(entry.again);
            pending.delete(message.id);
            resolve(answer as Answer<T>);
          },
        };
        pending.set(message.id, entry);
        attempt(entry);
      });
    },
    /** Repeats what has no answer yet; called on every new connection. */
    flush(): void {
      pending.forEach(attempt);
    },
  };
}
