import { onMounted, onUnmounted, ref, shallowRef } from 'vue';
import { call } from './api.js';
import type { Refused } from './api.js';

/**
 * The branch's people, screens or such as the server keeps them, looked at again after each act.
 * @param againMs how often it is looked at besides
 */
export function useList<T>(path: string, againMs?: number) {
  const items = shallowRef<T[]>();
  /** Why there is none to show. Out of reach the last list stays; the banner in the header says that it is old. */
  const unread = shallowRef<Refused>();
  const busy = ref(false);

  async function look(): Promise<void> {
    const outcome = await call<T[]>('GET', path);
    if (outcome.ok) items.value = outcome.value;
    unread.value = outcome.ok || items.value ? undefined : outcome;
  }

  async function during(act: () => Promise<void>): Promise<void> {
    busy.value = true;
    await act();
    await look();
    busy.value = false;
  }

  onMounted(() => {
    void look();
    if (againMs === undefined) return;
    const timer = setInterval(() => void look(), againMs);
    onUnmounted(() => {
      clearInterval(timer);
    });
  });
  return { items, unread, busy, look, during };
}
