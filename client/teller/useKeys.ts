import { onMounted, onUnmounted } from 'vue';
import { keyOf } from './duties.js';
import type { Duty } from './duties.js';

const dutyOf = new Map<string, Duty>(Object.entries(keyOf).map(([duty, key]) => [key, duty as Duty]));

/**
 * The desk's keys. The browser's own meaning of them is always stopped, so that F3 never opens a search; a key held
 * down acts once; while a dialog is open the keys are silent, because the person's mind is in the dialog.
 */
export function useKeys(onDuty: (duty: Duty) => void): void {
  const listen = (event: KeyboardEvent): void => {
    const duty = dutyOf.get(event.key);
    if (duty === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (event.repeat || document.querySelector('[role="dialog"]') !== null) return;
    onDuty(duty);
  };
  onMounted(() => {
    window.addEventListener('keydown', listen);
  });
  onUnmounted(() => {
    window.removeEventListener('keydown', listen);
  });
}
