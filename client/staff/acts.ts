import { reactive, shallowRef } from 'vue';
import type { CommandOf, CommandType, ResultOf } from '../../src/protocol/commands.js';
import type { Link } from '../shared/link.js';
import type { Answer } from '../shared/outbox.js';

/** A refusal as RefusalToast takes it: of the server, or of the page itself before anything was sent. */
export type Refused = Pick<Extract<Answer, { ok: false }>, 'code' | 'params'>;

/** An answer faster than this shows no waiting, so that buttons don't flicker and keep their focus. */
export const PATIENCE_MS = 150;

/**
 * Commands as staff give them: one tap, one id. While a lane waits for its answer further taps on that lane are
 * ignored; a refusal is kept for the toast, and `said` for the quiet line that something was done.
 */
export function useActs(send: Link['send']) {
  const running = new Set<string>();
  const slow = reactive(new Set<string>());
  const refused = shallowRef<Refused>();
  const said = shallowRef<string>();

  /** Sends and hands back the answer whole, for those who deal with a refusal themselves; undefined if ignored. */
  async function ask<T extends CommandType>(
    command: CommandOf<T>,
    lane: string,
  ): Promise<Answer<T> | undefined> {
    if (running.has(lane)) return undefined;
    running.add(lane);
    const timer = setTimeout(() => slow.add(lane), PATIENCE_MS);
    const answer = await send(command);
    clearTimeout(timer);
    running.delete(lane);
    slow.delete(lane);
    return answer;
  }

  /** Sends; a refusal goes to the toast. Resolves with the result, or undefined when it wasn't done. */
  async function act<T extends CommandType>(
    command: CommandOf<T>,
    lane: string = command.type,
  ): Promise<ResultOf<T> | undefined> {
    const answer = await ask<T>(command, lane);
    if (answer === undefined) return undefined;
    refused.value = answer.ok ? undefined : answer;
    return answer.ok ? answer.result : undefined;
  }

  return {
    ask,
    act,
    /** True once the lane's answer is awaited for longer than a blink. */
    busy: (lane: string): boolean => slow.has(lane),
    refused,
    refuse: (refusal: Refused | undefined): void => void (refused.value = refusal),
    said,
    say: (words: string | undefined): void => void (said.value = words),
  };
}

export type Acts = ReturnType<typeof useActs>;
