import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';

export interface Allowed {
  /** Without a touch, in all. */
  seconds: number;
  /** The last of them, in which the kiosk asks or counts down; at least 20 by WCAG 2.2.1. */
  warn: number;
  /** Whether that is a question, which a touch beside it does not answer. */
  asks: boolean;
}

/**
 * Takes the kiosk back to its start when nobody touches it [W-27]. `allowed` is undefined while nothing is to be
 * timed; a change of it begins anew. While it asks, a touch alone does not extend: the person answers the question.
 * Where it only counts down beside what it shows, any touch or key does.
 */
export function useIdle(allowed: Ref<Allowed | undefined>, away: () => void) {
  /** Seconds that remain once the last part has begun. */
  const left = ref<number>();
  let touched = performance.now();

  const stay = (): void => {
    touched = performance.now();
    left.value = undefined;
  };
  const touch = (): void => {
    if (left.value === undefined || allowed.value?.asks === false) stay();
  };
  const look = (): void => {
    if (allowed.value === undefined) {
      stay();
      return;
    }
    const { seconds, warn } = allowed.value;
    const remaining = seconds - (performance.now() - touched) / 1000;
    left.value = remaining <= warn ? Math.max(0, Math.ceil(remaining)) : undefined;
    if (remaining <= 0) {
      stay();
      away();
    }
  };

  watch(() => allowed.value?.seconds, stay);
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
