import { ref } from 'vue';
import { deviceMemory } from '../../shared/memory.js';
import { INCHES, METRES, type Viewing } from './viewing.js';

const KEY = 'viewing';

const within = (value: unknown, { least, most }: typeof INCHES): value is number =>
  typeof value === 'number' && value >= least && value <= most;

/** What was asked for is possible; undefined for anything else. */
export function sound(asked: { inches?: unknown; metres?: unknown }): Viewing | undefined {
  const { inches, metres } = asked;
  return within(inches, INCHES) && within(metres, METRES) ? { inches, metres } : undefined;
}

function stored(): Viewing | undefined {
  try {
    const kept: unknown = JSON.parse(deviceMemory.get(KEY) ?? 'null');
    return typeof kept === 'object' && kept !== null ? sound(kept) : undefined;
  } catch {
    return undefined;
  }
}

/** Where this one screen hangs, remembered on it; undefined until somebody said so, and after a reset. */
export function placeOfScreen() {
  const place = ref(stored());
  return {
    place,
    keep(viewing: Viewing | undefined): void {
      place.value = viewing;
      if (viewing === undefined) deviceMemory.drop(KEY);
      else deviceMemory.set(KEY, JSON.stringify(viewing));
    },
  };
}
