import { onScopeDispose } from 'vue';

/** Longer than a touch in passing, shorter than patience. */
const HOLD_MS = 1_200;
/** A hand that rests moves a little, CSS pixels. */
const STILL = 16;
const ADDRESS = '#setup';

/**
 * Opens the set-up for a person at the screen: by the key `s`, by a finger or a mouse button held still, or by
 * `#setup` in the address, which then goes so that a reload does not open it again.
 */
export function onSummoned(open: () => void): void {
  let held: { at: { x: number; y: number }; timer: ReturnType<typeof setTimeout> } | undefined;
  const letGo = (): void => {
    clearTimeout(held?.timer);
    held = undefined;
  };
  const hold = (event: PointerEvent): void => {
    letGo();
    held = { at: { x: event.clientX, y: event.clientY }, timer: setTimeout(open, HOLD_MS) };
  };
  const move = (event: PointerEvent): void => {
    if (held && Math.abs(event.clientX - held.at.x) + Math.abs(event.clientY - held.at.y) > STILL) letGo();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 's' && !event.ctrlKey && !event.metaKey && !event.altKey) open();
  };
  const address = (): void => {
    if (window.location.hash !== ADDRESS) return;
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
    open();
  };

  const ends = ['pointerup', 'pointercancel'] as const;
  document.addEventListener('pointerdown', hold);
  document.addEventListener('pointermove', move);
  for (const end of ends) document.addEventListener(end, letGo);
  document.addEventListener('keydown', key);
  window.addEventListener('hashchange', address);
  onScopeDispose(() => {
    letGo();
    document.removeEventListener('pointerdown', hold);
    document.removeEventListener('pointermove', move);
    for (const end of ends) document.removeEventListener(end, letGo);
    document.removeEventListener('keydown', key);
    window.removeEventListener('hashchange', address);
  });
  address();
}
