import { otherwiseActs, visitClasses } from '../protocol/lookingBack.js';
import type {
  ClassFigures,
  DayReport,
  LoveWindowFigures,
  Told,
  VisitClass,
  Withheld,
} from '../protocol/lookingBack.js';
import type { ClassSums, Figures } from './figures.js';
import { isLong, waitsOf } from './waits.js';

/** What is told of customers with priority rests on so many of them, or on none [H-6]. */
const FEWEST = 5;
const fits = (count: number): boolean => count === 0 || count >= FEWEST;
const told = (figure: number, ...restsOn: number[]): Told => (restsOn.every(fits) ? figure : 'withheld');
/** Told exactly, a mean or a sum of minutes would say of how many it is made. */
const tenth = (minutes: number): number => Math.round(minutes * 10) / 10;

const ordinary = ({ waits, unserved, overtakes }: ClassSums): ClassFigures => ({
  waits: waitsOf(waits),
  unserved,
  overtakes,
});

function special({ waits, served, unserved }: ClassSums): ClassFigures | Withheld {
  if (served < FEWEST && served + unserved > 0) return 'withheld';
  const figures = waitsOf(waits);
  const long = waits.filter(isLong).length;
  return {
    // Whoever knows how many had priority has what is left of them when one of the two is told.
    waits: figures && {
      count: told(figures.count, unserved),
      mean: tenth(figures.mean),
      p50: 'withheld',
      p90: 'withheld',
      longest: 'withheld',
      from15: told(figures.from15, unserved, long, waits.length - long),
    },
    unserved: told(unserved, unserved),
    overtakes: null,
  };
}

function loveWindow(sums: Figures['loveWindow']): LoveWindowFigures | Withheld {
  const { episodes, holds, served, notServed, swaps, swapsRefused, unanswered } = sums;
  if (!fits(episodes)) return 'withheld';
  return {
    episodes,
    heldMinutes: told(tenth(sums.heldMinutes), holds),
    idleMinutes: told(tenth(sums.idleMinutes), holds),
    servingMinutes: told(tenth(sums.servingMinutes), holds, served),
    served: told(served, served, notServed),
    notServed: told(notServed, served, notServed),
    swaps: told(swaps, swaps),
    swapsRefused: told(swapsRefused, swapsRefused),
    unanswered: told(unanswered, unanswered),
  };
}

/** The figures as they may be shown: none that could say why one person was helped first [H-6]. */
export function reportOf(figures: Figures): DayReport {
  const { classes, otherwise, ...rest } = figures;
  const classFigures = (name: VisitClass): ClassFigures | Withheld => {
    if (name !== 'special') return ordinary(classes[name]);
    return figures.over ? special(classes.special) : 'withheld';
  };
  return {
    ...rest,
    classes: Object.fromEntries(
      visitClasses.map((name) => [name, classFigures(name)]),
    ) as DayReport['classes'],
    otherwise: Object.fromEntries(
      otherwiseActs.flatMap((act) => {
        const byRole = Object.entries(otherwise[act] ?? {}).filter(([, count]) => count > 0);
        return byRole.length > 0 ? [[act, Object.fromEntries(byRole)]] : [];
      }),
    ),
    loveWindow: figures.over ? loveWindow(figures.loveWindow) : 'withheld',
  };
}
