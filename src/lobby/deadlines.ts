import { closeDay } from './acts/day.js';
import type { Draft } from './draft.js';
import { dueAfter, MINUTE, SECOND } from './elapsed.js';
import { endEpisode, hold, notFoundAt, release } from './episode.js';
import { closesItselfAt, counters, presentVisits, runningEpisodes, settingsOf, visitOf } from './lookup.js';
import { planFor } from './plan.js';
import type { Counter, Episode, LobbyState, Notice, Task, Visit } from './state.js';

/** Something that happens by itself at `at` (UTC ms); acting takes it off the list. */
interface Deadline {
  at: number;
  act: (draft: Draft) => void;
}

/** 30 s without an answer: planned again without those who did not answer; nobody left: it recurs. */
function alertUnanswered(draft: Draft, episode: Episode): void {
  const { counterId } = episode;
  if (counterId === undefined) return;
  const without = [...episode.unanswered, counterId];
  const plan = planFor(draft.state, visitOf(draft.state, episode.visitId), draft.at, without, true);
  const recurs = !('counterId' in plan);
  draft.emit({ type: 'AlertUnanswered', episodeId: episode.id, counterId, recurs });
  if ('counterId' in plan) {
    release(draft, episode, 'unanswered');
    hold(draft, episode, plan.counterId);
    return;
  }
  const told = Object.values(draft.state.tasks).find(
    (task) => task.kind === 'unanswered' && task.episodeId === episode.id,
  );
  if (told) draft.emit({ type: 'TaskReminded', taskId: told.id });
  else
    draft.emit({
      type: 'TaskRaised',
      taskId: draft.newId('t'),
      kind: 'unanswered',
      counterId,
      visitId: episode.visitId,
      episodeId: episode.id,
    });
}

function* episodeDeadlines(state: LobbyState, episode: Episode): Generator<Deadline> {
  if (visitOf(state, episode.visitId).stage.status !== 'reserved') return;
  if (episode.acknowledgedBy === undefined)
    yield {
      at: episode.alertAt + settingsOf(state).acknowledgeWithin * SECOND,
      act: (draft) => {
        alertUnanswered(draft, episode);
      },
    };
  const lost = notFoundAt(state, episode);
  if (lost !== undefined)
    yield {
      at: lost,
      act: (draft) => {
        endEpisode(draft, episode, 'notFound');
      },
    };
}

function* visitDeadlines(state: LobbyState, visit: Visit): Generator<Deadline> {
  const settings = settingsOf(state);
  const { stage } = visit;
  if (stage.status === 'absent')
    yield {
      at: dueAfter(state, stage.at, settings.absentReturn),
      act: (draft) => {
        draft.emit({ type: 'VisitEnded', visitId: visit.id, how: 'absent' });
      },
    };
  if (stage.status !== 'waiting' && stage.status !== 'reserved') return;
  const raise =
    (kind: 'care' | 'vipWait') =>
    (draft: Draft): void => {
      draft.emit({ type: 'TaskRaised', taskId: draft.newId('t'), kind, visitId: visit.id });
    };
  if (!visit.told.includes('care'))
    yield { at: dueAfter(state, visit.since, settings.careAfter), act: raise('care') };
  if (visit.tier > 0 && !visit.told.includes('vipWait'))
    yield { at: dueAfter(state, visit.since, settings.vipResponse), act: raise('vipWait') };
}

function* counterDeadlines(state: LobbyState, counter: Counter): Generator<Deadline> {
  if (counter.pause && !counter.longPauseTold)
    yield {
      at: dueAfter(state, counter.pause.since, settingsOf(state).pauseLimit),
      act: (draft) => {
        draft.emit({
          type: 'TaskRaised',
          taskId: draft.newId('t'),
          kind: 'longPause',
          counterId: counter.id,
        });
      },
    };
}

function* taskDeadlines(state: LobbyState, task: Task): Generator<Deadline> {
  if (task.kind === 'care' && task.acknowledgedBy === undefined)
    yield {
      at: dueAfter(state, task.remindedAt, settingsOf(state).careReminder),
      act: (draft) => {
        draft.emit({ type: 'TaskReminded', taskId: task.id });
      },
    };
}

/** A notice promises a time of day: an outage does not prolong it [W-54]. */
function* noticeDeadlines(notice: Notice): Generator<Deadline> {
  yield {
    at: notice.until,
    act: (draft) => {
      draft.emit({ type: 'NoticeExpired', noticeId: notice.id });
    },
  };
}

function* deadlines(state: LobbyState): Generator<Deadline> {
  yield {
    at: closesItselfAt(state),
    act: (draft) => {
      closeDay(draft, true);
    },
  };
  for (const episode of runningEpisodes(state)) yield* episodeDeadlines(state, episode);
  for (const visit of presentVisits(state)) yield* visitDeadlines(state, visit);
  for (const counter of counters(state)) yield* counterDeadlines(state, counter);
  for (const task of Object.values(state.tasks)) yield* taskDeadlines(state, task);
  for (const notice of Object.values(state.notices)) yield* noticeDeadlines(notice);
}

/**
 * Instants at which only the follow-ups have something new to weigh: a booked time comes, an escort's
 * walk is nearly over, a wait passes the limit, becomes protected or calls for help [L9, P-27]. They change nothing themselves, so only later ones count.
 */
function* moments(state: LobbyState): Generator<number> {
  const settings = settingsOf(state);
  for (const visit of presentVisits(state)) {
    if (visit.stage.status !== 'waiting') continue;
    if (visit.place > state.at) yield visit.place;
    yield dueAfter(state, visit.since, settings.waitLimit);
    if (!settings.autoCall) continue;
    yield visit.since + settings.minutesToProtect * MINUTE;
    for (const { serviceId, seconds } of settings.overflows ?? [])
      if (serviceId === visit.services[0]) yield visit.since + seconds * SECOND;
  }
  for (const episode of runningEpisodes(state))
    if (episode.onTheWayAt !== undefined && episode.arrivedAt === undefined && !episode.swap)
      yield episode.onTheWayAt + Math.max(0, settings.walkMinutes - settings.swapWalk) * MINUTE;
}

/** The next instant (UTC ms) at which PassTime should be run; at or before `now` when it is overdue. */
export function nextDeadline(state: LobbyState, now: number): number | null {
  if (state.phase !== 'open') return null;
  let next = Infinity;
  for (const { at } of deadlines(state)) next = Math.min(next, at);
  for (const at of moments(state)) if (at > now) next = Math.min(next, at);
  return next === Infinity ? null : next;
}

const LIMIT = 10_000;

/** Runs everything that is due, in the order in which it fell due. */
export function passTime(draft: Draft): void {
  const { state } = draft;
  for (let runs = 0; state.phase === 'open'; runs += 1) {
    if (runs > LIMIT) throw new Error('deadlines do not come to rest');
    let first: Deadline | undefined;
    for (const deadline of deadlines(state))
      if (deadline.at <= draft.at && (!first || deadline.at < first.at)) first = deadline;
    if (!first) return;
    first.act(draft);
  }
}
