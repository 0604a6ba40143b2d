import type { LobbyEpisode, LobbyVisit, TellerView } from '../../src/protocol/views.js';
import { say } from '../shared/i18n.js';
import type { FlagTarget } from '../staff/flagTarget.js';
import type { Whereabouts } from '../staff/usePlan.js';
import { t } from './texts.js';

/** A window may be planned for: flagged, waiting, and neither arranged already nor lost from sight. */
export const canPlan = ({ flag, status }: Pick<LobbyVisit, 'flag' | 'status'>): boolean =>
  flag !== undefined && flag.episode === undefined && flag.notFound === undefined && status === 'waiting';

/** A flag is taken anywhere but in service; with the flag there, only a window may still be missing. */
export const canFlag = (visit: LobbyVisit): boolean =>
  visit.flag === undefined ? visit.status !== 'serving' && visit.status !== 'reserved' : canPlan(visit);

export const flagTarget = (visit: LobbyVisit): FlagTarget => ({
  visitId: visit.visitId,
  ticket: visit.ticket,
  about: say(visit.service.name),
  ...(visit.status === 'called' ? { called: true } : {}),
  ...(visit.flag === undefined ? {} : { flagged: true }),
});

/** The flagged ones, in the order of their flags [E-9]. */
export const flaggedOf = ({ lobby = {} }: TellerView): LobbyVisit[] =>
  Object.values(lobby)
    .filter(({ flag }) => flag !== undefined)
    .sort((a, b) => (a.flag?.at ?? 0) - (b.flag?.at ?? 0));

/** Whom the dialog offers: the own customer, those set aside, who asked for help, then the longest waits [W-44]. */
export function peopleOf({ current, parked, absent, lobby = {} }: TellerView): FlagTarget[] {
  const aside = [...Object.values(parked), ...Object.values(absent)].filter(
    ({ priority }) => priority === undefined,
  );
  const waiting = Object.values(lobby)
    .filter((visit) => visit.status === 'waiting' && canFlag(visit))
    .sort((a, b) => Number(b.helpAsked ?? false) - Number(a.helpAsked ?? false) || a.since - b.since);
  return [
    ...(current?.status === 'called' && current.priority === undefined
      ? [
          {
            visitId: current.visitId,
            ticket: current.ticket,
            about: say(current.service.name),
            mark: t('flag.here'),
            called: true,
          },
        ]
      : []),
    ...waiting.filter(({ helpAsked }) => helpAsked).map((visit) => marked(visit, t('flag.askedHelp'))),
    ...aside.map((visit) => ({
      visitId: visit.visitId,
      ticket: visit.ticket,
      about: say(visit.service.name),
      mark: t(visit.status === 'parked' ? 'flag.parked' : 'flag.absent'),
    })),
    ...waiting
      .filter(({ helpAsked }) => !helpAsked)
      .map((visit) => (visit.flag === undefined ? flagTarget(visit) : marked(visit, t('flag.noWindow')))),
  ];
}

const marked = (visit: LobbyVisit, mark: string): FlagTarget => ({ ...flagTarget(visit), mark });

/** At the own counter there is something to change: the flag, or going before the service began [E-12, V-17]. */
export const wishes = (current: TellerView['current']): boolean =>
  current !== undefined && (current.priority === true || current.status === 'called');

/** The love window that somebody may bring the customer to: kept, and the customer not called there yet [W-39]. */
export function escorted({ flag }: LobbyVisit): LobbyEpisode | undefined {
  const phase = flag?.episode?.phase;
  return phase === 'draining' || phase === 'ready' ? flag?.episode : undefined;
}

/** Where a flagged visit stands, in words. */
export function standing({ flag, status, counterId }: LobbyVisit, counters: TellerView['counters']): string {
  if (flag?.notFound === true) return t('flagged.notFound');
  const label = counterId === undefined ? undefined : counters[counterId]?.label;
  const where = { counter: label === undefined ? '' : say(label) };
  const at = flag?.episode?.phase ?? status;
  switch (at) {
    case 'draining':
    case 'ready':
    case 'called':
    case 'serving':
      return t(`flagged.${at}`, where);
    case 'queued':
    case 'parked':
    case 'absent':
      return t(`flagged.${at}`);
    case 'waiting':
    case 'reserved':
    case 'ended':
      return t('flagged.waiting');
  }
}

/** A teller sees the own visit, those set aside and, while no manager is on duty, the lobby; else the server speaks. */
export function whereaboutsIn(view: TellerView, visitId: string): Whereabouts | undefined {
  const { current, counter, counters } = view;
  if (current?.visitId === visitId)
    return {
      version: current.version,
      status: current.status,
      ...(counter ? { counter: counter.label } : {}),
    };
  const listed = view.lobby?.[visitId];
  const found = listed ?? view.parked[visitId] ?? view.absent[visitId];
  if (found === undefined) return undefined;
  const at = listed?.counterId === undefined ? undefined : counters[listed.counterId];
  return {
    version: found.version,
    status: found.status,
    ...(at === undefined ? {} : { counter: at.label }),
    ...(listed?.flag?.episode === undefined ? {} : { arranged: true }),
  };
}
