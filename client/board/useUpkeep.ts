import { onScopeDispose, shallowRef, watch } from 'vue';
import { tabMemory } from '../shared/memory.js';
import { placeOf, upkeep, type Seen } from './upkeep.js';

const CHECK_MS = 60_000;
const KEY = 'attempts';

/** Looks after this screen once a minute; returns where its picture stands (upkeep.ts). */
export function useUpkeep(seen: () => Omit<Seen, 'visible' | 'paintedAt'>) {
  let paintedAt = performance.now();
  const paint = (): void => {
    frame = requestAnimationFrame(() => {
      paintedAt = performance.now();
    });
  };
  let frame = 0;
  const look = upkeep(() => ({ ...seen(), visible: document.visibilityState === 'visible', paintedAt }), {
    steady: () => performance.now(),
    fetchPage: async () => {
      const answer = await fetch(window.location.pathname, { cache: 'no-cache' });
      return answer.ok ? answer.text() : undefined;
    },
    build: document.querySelector('script[src]')?.getAttribute('src') ?? '',
    attempts: {
      get: () => Number(tabMemory.get(KEY) ?? 0),
      set: (n) => {
        tabMemory.set(KEY, String(n));
      },
    },
    reload: () => {
      window.location.reload();
    },
  });
  const timer = setInterval(() => {
    look().catch(() => undefined);
    paint();
  }, CHECK_MS);
  onScopeDispose(() => {
    clearInterval(timer);
    cancelAnimationFrame(frame);
  });

  const place = shallowRef({ x: 0, y: 0 });
  watch(
    () => {
      const { now, calledAt } = seen();
      return placeOf(now, calledAt, place.value);
    },
    (next) => {
      place.value = next;
    },
    { immediate: true },
  );
  return place;
}
