import { computed, onScopeDispose, ref, watch } from 'vue';

/** Long enough to read both languages twice. */
export const TURN_MS = 12_000;
/** A new call has the eyes of the lobby for so long. */
const CALL_MS = 20_000;

/** One of several after the other; the turn begins anew when there are others than before. */
export function useTurns<T extends { id: string }>(all: () => readonly T[]) {
  const turn = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  watch(
    () =>
      all()
        .map(({ id }) => id)
        .join(),
    () => {
      clearInterval(timer);
      turn.value = 0;
      if (all().length > 1)
        timer = setInterval(() => {
          turn.value += 1;
        }, TURN_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearInterval(timer);
  });
  const shown = computed(() => all()[turn.value % Math.max(1, all().length)]);
  /** It follows another: only then it fades in. */
  const turned = computed(() => turn.value > 0);
  return { shown, turned };
}

/** True for a while after `what` has changed; its first value is no change. */
export function useGivingWay(what: () => string | undefined) {
  const giving = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(what, (now, before) => {
    if (now === undefined || before === undefined) return;
    clearTimeout(timer);
    giving.value = true;
    timer = setTimeout(() => {
      giving.value = false;
    }, CALL_MS);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
  });
  return giving;
}
