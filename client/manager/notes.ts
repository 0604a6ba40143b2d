import type { ManagerCounter, ManagerView, ManagerVisit } from '../../src/protocol/views.js';
import type { BindingNeed } from '../../src/protocol/vocabulary.js';
import { say } from '../shared/i18n.js';
import { inOrder } from '../staff/names.js';
import { clockTime } from '../staff/times.js';
import { t as staffText } from '../staff/texts.js';
import type { Sheet } from './floor.js';
import { t } from './texts.js';

/** Something about the lobby that is not as it should be, or that helps somebody who waits [W-35]. */
export interface Note {
  key: string;
  title: string;
  about: string[];
  /** What a tap opens. */
  opens?: Sheet;
}

/** From so many who wait on, one window alone for a service is worth a word. */
const MANY_FOR_ONE = 2;

const isOpen = ({ status }: ManagerCounter): boolean => status === 'open';

/** What is amiss in the lobby beside its tasks and love windows; empty in a quiet one. */
export function notesOf(view: ManagerView): Note[] {
  return [
    ...dutyNote(view),
    ...openNote(view),
    ...careNote(view),
    ...scarceNote(view),
    ...soleNotes(view),
    ...leftOverNotes(view),
    ...staffingNotes(view),
  ];
}

/** What the coming half hour asks for, and what the last advice did [P-21]. */
function staffingNotes({ staffing, counters, timeZone }: ManagerView): Note[] {
  const { advice, outcome } = staffing ?? {};
  const named = (counterId: string): string => {
    const label = counters[counterId]?.label;
    return label ? say(label) : counterId;
  };
  const notes: Note[] = [];
  if (advice) {
    const { to, counterId, work, after } = advice;
    notes.push({
      key: 'advice',
      title: t(to === 'open' ? 'now.adviseOpen' : 'now.adviseClose', { counter: named(counterId) }),
      about: [
        to === 'open'
          ? t('now.adviseOpenAbout', { work, after: after ?? work })
          : t('now.adviseCloseAbout', { work }),
      ],
      opens: { kind: 'counter', counterId },
    });
  }
  if (outcome) {
    const { to, counterId, at, expected, seen } = outcome;
    const what = t(to === 'open' ? 'now.outcomeOpen' : 'now.outcomeClose', { counter: named(counterId) });
    notes.push({
      key: 'outcome',
      title: t('now.outcome', { what, time: clockTime(at, timeZone) }),
      about: [t(to === 'open' ? 'now.outcomeOpenAbout' : 'now.outcomeCloseAbout', { expected, seen })],
    });
  }
  return notes;
}

function dutyNote({ duty, readOnly }: ManagerView): Note[] {
  if (Object.keys(duty).length > 0) return [];
  const about = readOnly === true ? [] : [t('now.nobodyOnDutyAbout')];
  return [{ key: 'duty', title: t('now.nobodyOnDuty'), about }];
}

function openNote({ counters, counts }: ManagerView): Note[] {
  const all = Object.values(counters);
  if (all.some(isOpen)) return [];
  return all.some(({ teller }) => teller !== undefined)
    ? [{ key: 'open', title: t('now.noneCalls'), about: [t('now.noneCallsAbout')] }]
    : [{ key: 'open', title: t('now.noneOpen'), about: [t('now.noneOpenAbout', { n: counts.waiting })] }];
}

function careNote({ tasks }: ManagerView): Note[] {
  const unmet = Object.values(tasks).filter(
    ({ kind, acknowledgedBy }) => kind === 'care' && acknowledgedBy === undefined,
  );
  if (unmet.length === 0) return [];
  const again = unmet.some(({ againAt }) => againAt !== undefined);
  return [
    {
      key: 'care',
      title: t('now.care', { n: unmet.length }),
      about: [t(again ? 'now.careAgain' : 'now.careAbout')],
      opens: { kind: 'care' },
    },
  ];
}

/** Somebody with priority still wants a window. Which needs they have is in no view, so all scarce ones are named [E-11]. */
const wantsWindow = ({ flag, status, counterId }: ManagerVisit): boolean =>
  flag !== undefined && flag.notFound === undefined && status === 'waiting' && counterId === undefined;

function scarceNote({ visits, scarce }: ManagerView): Note[] {
  if (!Object.values(visits).some(wantsWindow)) return [];
  const covered = (by: number): string =>
    (Object.keys(scarce) as BindingNeed[])
      .filter((need) => scarce[need]?.counters === by)
      .map((need) => staffText(`need.${need}`))
      .join(t('now.comma'));
  const [none, one] = [covered(0), covered(1)];
  const about = [
    ...(none === '' ? [] : [t('now.scarceNone', { needs: none })]),
    ...(one === '' ? [] : [t('now.scarceOne', { needs: one })]),
  ];
  return about.length === 0 ? [] : [{ key: 'scarce', title: t('now.scarce'), about }];
}

/** A service that each open window leaves to others by its rules, as one that this page would name might too [P-32]. */
function leftOverNotes({ visits, services, leftOver = [] }: ManagerView): Note[] {
  return leftOver.map((id) => {
    const n = Object.values(visits).filter(
      ({ service, status, flag }) => service.id === id && status === 'waiting' && !flag,
    ).length;
    const name = services[id]?.name;
    return {
      key: `left ${id}`,
      title: t('now.leftOver', { service: name ? say(name) : id, n }),
      about: [t('now.leftOverAbout')],
    };
  });
}

/** A service that hangs on one window while another could take it too. */
function soleNotes({ visits, counters, services, leftOver }: ManagerView): Note[] {
  const open = inOrder(counters).filter(isOpen);
  return inOrder(services).flatMap(({ id, name }) => {
    const waiting = Object.values(visits).filter(
      ({ service, status }) => service.id === id && status === 'waiting',
    ).length;
    const able = open.filter(({ services: taken, possible }) => taken.includes(id) && possible.includes(id));
    const could = open.filter(
      ({ services: taken, possible }) => !taken.includes(id) && possible.includes(id),
    );
    const [only] = able;
    const [first] = could;
    if (waiting < MANY_FOR_ONE || able.length !== 1 || !only || !first || leftOver?.includes(id)) return [];
    return [
      {
        key: `sole ${id}`,
        title: t('now.sole', { counter: say(only.label), service: say(name), n: waiting }),
        about: [t('now.soleAbout', { others: could.map(({ label }) => say(label)).join(t('now.comma')) })],
        opens: { kind: 'counter', counterId: first.id } as const,
      },
    ];
  });
}
