import IconCheck from '~icons/lucide/circle-check';
import IconCoffee from '~icons/lucide/coffee';
import IconDoorClosed from '~icons/lucide/door-closed';
import IconDoor from '~icons/lucide/door-open';
import IconHeart from '~icons/lucide/heart';
import IconWrench from '~icons/lucide/wrench';
import type { ManagerCounter } from '../../src/protocol/views.js';
import { t } from './texts.js';

const looks = {
  held: { tone: 'care', icon: IconHeart },
  open: { tone: 'ok', icon: IconCheck },
  closing: { tone: 'warn', icon: IconDoor },
  paused: { tone: 'warn', icon: IconCoffee },
  faulty: { tone: 'bad', icon: IconWrench },
  closed: { tone: 'muted', icon: IconDoorClosed },
} as const;

/** A window's state as icon, word and colour; a held one is a love window whatever else it is. */
export function counterStatus(counter: Pick<ManagerCounter, 'held' | 'status'>) {
  const status = counter.held === true ? 'held' : counter.status;
  return { status, ...looks[status], words: t(`counter.${status}`) };
}
