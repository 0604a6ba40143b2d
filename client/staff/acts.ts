import { computed, reactive, shallowRef } from 'vue';
import type { CommandOf, CommandType, ResultOf } from '../../src/protocol/commands.js';
import type { Link } from '../shared/link.js';
import { ANSWER_MS } from '../shared/outbox.js';
import type { Answer } from '../shared/outbox.js';
import { PATIENCE_MS } from './patience.js';

/** A refusal as RefusalToast takes it: of the server, or of the page itself before anything was sent. */
export type Refused = Pick<Extract<Answer, { ok: false }>, 'code' | 'params'>;

/**
 * Commands as staff give them: one tap, one id. While a lane waits for its answer further taps on that lane are
 * ignored; a refusal is kept for the toast, and `said` for the quiet line that something was done.
 */
export function useActs(send: Link['send']) {
  /** What a lane waits for; an act that was left is in it no longer. */
  const running = new Map<string, symbol>();
  const slow = reactive(new Set<string>());
  /** Lanes whose first transmission went unanswered: it is being repeated [W-40]. */
  const repeating = reactive(new Set<string>());
  const refused = shallowRef<Refused>();
  const said = shallowRef<string>();

  const free = (lane: string): void => {
    running.delete(lane);
    slow.delete(lane);
    repeating.delete(lane);
  };

  /**
   * Sends and hands back the answer whole, for those who deal with a refusal themselves. Undefined if it was ignored,
   * or if the lane was left meanwhile: then a refusal goes to the toast all the same, and a result to `late`.
   */
  async function ask<T extends CommandType>(
    command: CommandOf<T>,
    lane: string,
    late?: (result: ResultOf<T>) => void,
  ): Promise<Answer<T> | undefined> {
    if (running.has(lane)) return undefined;
    const own = Symbol(lane);
    running.set(lane, own);
    const mine = (): boolean => running.get(lane) === own;
    const timers = [
      setTimeout(() => mine() && slow.add(lane), PATIENCE_MS),
      setTimeout(() => mine() && repeating.add(lane), ANSWER_MS),
    ];
    const answer = await send(command);
    timers.forEach(clearTimeout);
    if (mine()) {
      free(lane);
      return answer;
    }
    if (answer.ok) late?.(answer.result);
    else refused.value = answer;
    return undefined;
  }

  /** Sends; a refusal goes to the toast. Resolves with the result, or undefined when it wasn't done. */
  async function act<T extends CommandType>(
    command: CommandOf<T>,
    lane: string = command.type,
    late?: (result: ResultOf<T>) => void,
  ): Promise<ResultOf<T> | undefined> {
    const answer = await ask<T>(command, lane, late);
    if (answer === undefined) return undefined;
    refused.value = answer.ok ? undefined : answer;
    return answer.ok ? answer.result : undefined;
  }

  return {
    ask,
    act,
    /**
     * The lane's dialog now stands before somebody else: what is still under way goes on, but its answer is not
     * about this customer and must neither fill nor close what they see [W-41].
     */
    leave: free,
    /** True once the lane's answer is awaited for longer than a blink. */
    busy: (lane: string): boolean => slow.has(lane),
    /** True while anything is sent again because no answer came. */
    repeating: computed(() => repeating.size > 0),
    refused,
    refuse: (refusal: Refused | undefined): void => void (refused.value = refusal),
    said,
    say: (words: string | undefined): void => void (said.value = words),
  };
}

export type Acts = ReturnType<typeof useActs>;
