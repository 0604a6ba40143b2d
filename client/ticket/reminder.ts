/**
 * Tells the owner of the phone that the number is called: vibration, where the phone can, and a title that
 * a background tab shows. Browsers vibrate only for a page that was touched once, hence the offer.
 */
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { TicketView } from '../../src/protocol/views.js';
import { lang, say } from '../shared/i18n.js';
import { tabMemory } from '../shared/memory.js';
import { t } from './texts.js';

const CALL: number[] = [400, 200, 400, 200, 800];
const SAMPLE: number[] = [200];

export function useReminder(view: ShallowRef<TicketView | undefined>) {
  const possible = typeof navigator.vibrate === 'function';
  const on = ref(false);
  let awake: WakeLockSentinel | undefined;

  const stayAwake = async (): Promise<void> => {
    try {
      awake = await navigator.wakeLock.request('screen');
    } catch {
      // Not offered, or refused on a low battery: the reminder then works while the screen is lit.
    }
  };
  const onVisible = (): void => {
    if (on.value && document.visibilityState === 'visible') void stayAwake();
  };
  document.addEventListener('visibilitychange', onVisible);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisible);
    void awake?.release();
  });

  /** Which call is shown, so that a reload does not vibrate for one that was told already. */
  const call = computed(() => {
    const shown = view.value;
    return shown?.status === 'called'
      ? `${shown.visitId}/${String(shown.calledAt ?? 0)}/${String(shown.round ?? 1)}`
      : undefined;
  });
  watch(call, (now) => {
    if (now === undefined || tabMemory.get('told-call') === now) return;
    tabMemory.set('told-call', now);
    // An untouched page may not vibrate, and a browser that knows complains of the attempt.
    const untouched = 'userActivation' in navigator && !navigator.userActivation.hasBeenActive;
    if (possible && !untouched) navigator.vibrate(CALL);
  });

  watch(
    [view, lang],
    () => {
      const shown = view.value;
      const name = shown === undefined ? t('ticket.title') : `${shown.ticket} · ${t('ticket.title')}`;
      document.title =
        shown?.status === 'called' && shown.counter ? `${t('ticket.goTo')} ${say(shown.counter)}` : name;
    },
    { immediate: true },
  );

  return {
    possible,
    on,
    /** Called from a tap; a short vibration shows what to expect. */
    turnOn(): void {
      on.value = true;
      if (possible) navigator.vibrate(SAMPLE);
      void stayAwake();
    },
  };
}
