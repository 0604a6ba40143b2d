import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';

/** Last part of the time, in which the kiosk asks or counts down; at least 20 s by WCAG 2.2.1. */
export const WARN_SECONDS = 20;

/**
 * Takes the kiosk back to its start when nobody touches it. `allowed` gives the seconds without a touch, or
 * undefined while nothing is to be timed; a change of it begins anew. While `left` counts down, a touch
 * alone does not extend: the person answers the question that is shown.
 */
export function useIdle(allowed: Ref<number | undefined>, away: () => void) {
  /** Seconds that remain once the last part has begun. */
  const left = ref<number>();
  let touched = performance.now();

  const stay = (): void => {
    touched = performance.now();
    left.value = undefined;
  };
  const touch = (): void => {
    if (left.value === undefined) stay();
  };
  const look = (): void => {
    if (allowed.value === undefined) {
      stay();
      return;
    }
    const remaining = allowed.value - (performance.now() - touched) / 1000;
    left.value = remaining <= WARN_SECONDS ? Math.max(0, Math.ceil(remaining)) : undefined;
    if (remaining <= 0) {
      stay();
      away();
    }
  };

  watch(allowed, stay);
  const timer = setInterval(look, 500);
  document.addEventListener('pointerdown', touch, true);
  document.addEventListener('keydown', touch, true);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('pointerdown', touch, true);
    document.removeEventListener('keydown', touch, true);
  });
  return { left, stay };
}
