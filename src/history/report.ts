import { otherwiseActs, visitClasses } from '../protocol/lookingBack.js';
import type { ClassFigures, Count, DayReport, VisitClass, Withheld } from '../protocol/lookingBack.js';
import type { ClassSums, Figures } from './figures.js';
import { waitsOf } from './waits.js';

/** Fewer than so many are not told of customers with priority [H-6]. */
const FEWEST = 5;
const isFew = (count: number): boolean => count > 0 && count < FEWEST;
const guarded = (count: number): Count => (isFew(count) ? 'few' : count);

/**
 * Parts of a whole that is told, zeros left out. One withheld alone would be the whole less the others: the next
 * smallest is then withheld with it.
 */
function parts<K extends string>(counts: Partial<Record<K, number>>): Partial<Record<K, Count>> {
  const there = (Object.entries(counts) as [K, number][]).filter(([, count]) => count > 0);
  const withheld = new Set(there.filter(([, count]) => isFew(count)).map(([key]) => key));
  if (withheld.size === 1) {
    const [next] = there.filter(([key]) => !withheld.has(key)).sort(([, a], [, b]) => a - b);
    if (next) withheld.add(next[0]);
  }
  return Object.fromEntries(there.map(([key, count]) => [key, withheld.has(key) ? 'few' : count])) as Partial<
    Record<K, Count>
  >;
}

function classFigures(name: VisitClass, sums: ClassSums): ClassFigures | Withheld {
  const flagged = name === 'special';
  if (flagged && isFew(sums.waits.length + sums.unserved)) return 'few';
  // Too few of them were served: their waits would be one person's. The others of the class stay untold with them.
  if (flagged && isFew(sums.waits.length)) return 'few';
  const told = (count: number): Count => (flagged ? guarded(count) : count);
  return {
    waits: waitsOf(sums.waits),
    unserved: told(sums.unserved),
    overtaken: { ...sums.overtaken, protected: told(sums.overtaken.protected) },
    overtook: sums.overtook,
  };
}

function loveWindow(sums: Figures['loveWindow']): DayReport['loveWindow'] {
  if (isFew(sums.episodes)) return 'few';
  return {
    ...sums,
    swaps: guarded(sums.swaps),
    unanswered: guarded(sums.unanswered),
    begunBy: parts(sums.begunBy),
    endedBy: parts(sums.endedBy),
    ended: parts(sums.ended),
  };
}

/** The figures as they may be shown: nothing of single visits, and nothing that is one person's [H-6]. */
export function reportOf(figures: Figures): DayReport {
  const { classes, otherwise, loveWindow: window, ...rest } = figures;
  return {
    ...rest,
    classes: Object.fromEntries(
      visitClasses.map((name) => [name, classFigures(name, classes[name])]),
    ) as DayReport['classes'],
    otherwise: Object.fromEntries(
      otherwiseActs.flatMap((act) => {
        const byRole = Object.entries(otherwise[act] ?? {}).filter(([, count]) => count > 0);
        return byRole.length > 0 ? [[act, Object.fromEntries(byRole)]] : [];
      }),
    ),
    loveWindow: loveWindow(window),
  };
}
