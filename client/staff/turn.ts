import { watch } from 'vue';
import type { Ref } from 'vue';

/**
 * A dialog that was closed and opened again stands before somebody else: an answer to the last one must not close it.
 *
 *     const turn = useTurn(open);
 *     const mine = turn();
 *     if ((await acts.act(…)) !== undefined && mine()) open.value = false;
 */
export function useTurn(open: Ref<boolean>): () => () => boolean {
  let turn = 0;
  watch(open, () => void (turn += 1), { flush: 'sync' });
  return () => {
    const mine = turn;
    return () => mine === turn;
  };
}
