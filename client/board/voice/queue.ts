import type { Tongue } from '../../../src/protocol/spoken.js';

/** Calls waiting for the voice beyond which repeats are left out, English first. */
const MUCH = { english: 2, mandarin: 4 };

/** The languages of one time that a call is said: all at first; of the repeats what the backlog leaves [SPEC W-11]. */
export function tonguesOf(time: number, backlog: number): Tongue[] {
  if (time === 1 || backlog <= MUCH.english) return ['zh', 'en'];
  return backlog <= MUCH.mandarin ? ['zh'] : [];
}

interface Speaker<C> {
  /** Says the call once in these languages; resolves when it has been heard, false if it could not be. */
  say: (call: C, tongues: Tongue[]) => Promise<boolean>;
  /** How often each call is said. */
  times: () => number;
  /** False for what has left the board meanwhile: nobody could read what they just heard. */
  stillShown: (call: C) => boolean;
}

/** Calls one after the other, in the order in which they came, none cut. */
export function queueFor<C>({ say, times, stillShown }: Speaker<C>) {
  let waiting: C[] = [];
  let speaking = false;

  const sayAll = async (): Promise<void> => {
    speaking = true;
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      if (!stillShown(call)) continue;
      for (let time = 1; time <= times(); time += 1) {
        const tongues = tonguesOf(time, waiting.length);
        if (tongues.length === 0 || !(await say(call, tongues))) break;
      }
    }
    speaking = false;
  };

  return {
    add(calls: readonly C[]): void {
      waiting.push(...calls);
      if (!speaking) void sayAll();
    },
    /** Forgets what waits; what is being said is said to its end. */
    clear(): void {
      waiting = [];
    },
  };
}
