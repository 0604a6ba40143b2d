import type { CalibrationMemory } from '../ahead/calibration.js';
import type { AdviserMemory } from './adviser.js';

/** What has been learnt and advised on a branch's day, as plain data. */
export interface DayMemory {
  /** YYYY-MM-DD */
  day: string;
  public: CalibrationMemory;
  staff: CalibrationMemory;
  adviser: AdviserMemory;
}

/** Grows when any of it changes its form; what an older release kept is then left aside. */
const VERSION = 1;

export const textOf = (memory: DayMemory): string => JSON.stringify({ version: VERSION, ...memory });

/** Undefined where it is not whole: the day then goes on as if nothing had been known of it. */
export function memoryFrom(text: string): DayMemory | undefined {
  try {
    const { version, ...memory } = JSON.parse(text) as DayMemory & { version: unknown };
    const learnt = [memory.public, memory.staff].flatMap(({ seen, predicted, low, high }) => [
      seen,
      predicted,
      low,
      high,
    ]);
    const figures = [...learnt, memory.adviser.openThen];
    return version === VERSION && figures.every(Number.isFinite) ? memory : undefined;
  } catch {
    return undefined;
  }
}
