import fc from 'fast-check';
import {
  overrideReasons,
  pauseReasons,
  supportNeeds,
  type SupportNeed,
} from '../../src/protocol/vocabulary.js';
import type { CoreCommand } from '../../src/lobby/input.js';
import type { Visit } from '../../src/lobby/state.js';
import { kiosk, manager, tellerAt, type LobbyDay } from './lobby.js';

/** One random act: which, and three numbers to pick its objects with. */
export interface Step {
  act: number;
  a: number;
  b: number;
  c: number;
}

export const steps: fc.Arbitrary<Step> = fc.record({
  act: fc.nat(999),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
});

const serviceIds = ['cash', 'cash', 'cash', 'personal', 'personalComplex', 'corporate', 'foreignExchange'];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const NOBODY = { id: 'nobody', version: 1 };

/** The visit that the step's number picks among those in one of the statuses, or one that does not exist. */
function visitIn(
  day: LobbyDay,
  n: number,
  ...statuses: Visit['stage']['status'][]
): { visitId: string; version: number } {
  const found = Object.values(day.state.visits).filter((visit) => statuses.includes(visit.stage.status));
  const visit = found.length > 0 ? pick(found, n) : NOBODY;
  return { visitId: visit.id, version: visit.version };
}

const counterIds = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'];

function needsFrom(n: number): SupportNeed[] {
  return supportNeeds.filter((_, i) => (n >> i) % 5 === 0 && i !== 3);
}

function atCounter(day: LobbyDay, counterId: string): { visitId: string; version: number } {
  const id = day.counter(counterId).visitId;
  return id === undefined
    ? { visitId: NOBODY.id, version: 1 }
    : { visitId: id, version: day.visit(id).version };
}

/** Mostly a counter where something can happen, so that days go deep; sometimes any. */
function counterFor(day: LobbyDay, act: number, a: number, c: number): string {
  const busy = counterIds.filter((id) => day.counter(id).visitId !== undefined);
  const free = counterIds.filter((id) => day.counter(id).teller && day.counter(id).visitId === undefined);
  const likely = (act + c) % 2 === 0 ? busy : free;
  return likely.length > 0 && c % 7 !== 0 ? pick(likely, a) : pick(counterIds, a);
}

/** What a step means on this day; half of the acts are the ones a lobby does most. */
function commandOf(day: LobbyDay, { act, a, b, c }: Step): { command: CoreCommand; as: string } {
  const counterId = counterFor(day, act, a, c);
  const episodes = Object.keys(day.state.running);
  const episodeId = episodes.length > 0 ? pick(episodes, b) : 'none';
  const here = atCounter(day, counterId);
  const waiting = visitIn(day, b, 'waiting');
  const placement = pick(['place', 'front', 'end'] as const, c);
  const teller = (command: CoreCommand): { command: CoreCommand; as: string } => ({ command, as: counterId });
  const boss = (command: CoreCommand): { command: CoreCommand; as: string } => ({ command, as: 'manager' });
  const acts: (() => { command: CoreCommand; as: string })[] = [
    () => ({
      command: {
        type: 'IssueTicket',
        serviceIds: [pick(serviceIds, b), pick(serviceIds, c)],
        tier: pick([0, 0, 0, 0, 1, 2] as const, a),
      },
      as: 'kiosk',
    }),
    () => ({ command: { type: 'IssueTicket', serviceIds: [pick(serviceIds, b)] }, as: 'kiosk' }),
    () => ({
      command: { type: 'IssueTicket', serviceIds: [pick(serviceIds, c)], tier: pick([0, 1, 2] as const, a) },
      as: 'kiosk',
    }),
    () => teller({ type: 'CallNext' }),
    () => teller({ type: 'CallNext' }),
    () => teller({ type: 'CallNext' }),
    () => teller({ type: 'StartService', ...here }),
    () => teller({ type: 'StartService', ...here }),
    () => teller({ type: 'FinishService', ...here, placement }),
    () => teller({ type: 'FinishService', ...here }),
    () => teller({ type: 'SignOn', counterId, takeOver: c % 2 === 0 }),
    () => teller({ type: 'SignOn', counterId }),
    () => boss({ type: 'FlagPriority', ...waiting, needs: needsFrom(c), consent: true }),
    () =>
      boss({
        type: 'FlagPriority',
        ...visitIn(day, b, 'waiting', 'parked', 'absent', 'called'),
        needs: needsFrom(c),
        consent: true,
      }),
    () => boss({ type: 'ConfirmLoveWindow', ...visitIn(day, b, 'waiting') }),
    () => boss({ type: 'ConfirmLoveWindow', ...(flagged(day, b) ?? waiting) }),
    () => boss({ type: 'ConfirmLoveWindow', ...(flagged(day, b) ?? waiting) }),
    () => teller({ type: 'AcknowledgeAlert', episodeId }),
    () => boss({ type: 'MarkOnTheWay', episodeId }),
    () => boss({ type: 'MarkArrived', episodeId }),
    () => boss({ type: 'RefuseSwap', episodeId }),
    () => boss({ type: 'DeclinePriority', ...(flagged(day, b) ?? waiting) }),
    () => boss({ type: 'MarkHereAgain', ...(flagged(day, b) ?? waiting) }),
    () => boss({ type: 'AmendNeeds', ...(flagged(day, b) ?? waiting), needs: needsFrom(a), consent: true }),
    () => teller({ type: 'Recall', ...here }),
    () => teller({ type: 'MarkNoShow', ...here }),
    () => teller({ type: 'ParkVisit', ...here }),
    () => teller({ type: 'ResumeParked', ...visitIn(day, b, 'parked') }),
    () => teller({ type: 'TransferVisit', ...here, serviceId: pick(serviceIds, b), placement }),
    () => teller({ type: 'MarkLongService', ...here, minutes: 1 + (c % 30) }),
    () => teller({ type: 'CallVisit', ...waiting, reason: pick(overrideReasons, c) }),
    () => boss({ type: 'ReturnVisit', ...visitIn(day, b, 'absent') }),
    () => boss({ type: 'LeaveVisit', ...visitIn(day, b, 'waiting', 'reserved', 'called', 'parked') }),
    () => boss({ type: 'CancelVisit', ...visitIn(day, b, 'waiting', 'reserved', 'called', 'parked') }),
    () => boss({ type: 'MoveVisit', ...waiting, placement: c % 2 === 0 ? 'front' : 'end', reason: 'other' }),
    () =>
      boss({
        type: 'MergeVisits',
        ...waiting,
        otherId: visitIn(day, c, 'waiting').visitId,
        otherVersion: visitIn(day, c, 'waiting').version,
      }),
    () => boss({ type: 'AddService', ...waiting, serviceId: pick(serviceIds, c) }),
    () => boss({ type: 'CallSpecialist', ...waiting, capability: 'signLanguage' }),
    () => teller({ type: 'PauseCounter', reason: pick(pauseReasons, c) }),
    () => teller({ type: 'ResumeCounter' }),
    () => teller({ type: 'CloseCounter' }),
    () => teller({ type: 'SignOff' }),
    () =>
      boss({
        type: 'ManageCounter',
        counterId,
        to: pick(['paused', 'resumed', 'closing', 'reopened', 'faulty', 'repaired'] as const, c),
        ...(b % 3 === 0 && { override: 'other' as const }),
      }),
    () => boss({ type: 'SetCounterServices', counterId, serviceIds: serviceIds.slice(b % 4, 4 + (c % 4)) }),
    () => ({
      command: { type: 'RequestHelp', place: 'kiosk', ...(b % 2 === 0 && { visitId: waiting.visitId }) },
      as: 'kiosk',
    }),
    () => boss({ type: 'AcknowledgeTasks', taskIds: Object.keys(day.state.tasks).slice(0, 5) }),
    () => boss({ type: 'CompleteTask', taskId: pick([...Object.keys(day.state.tasks), 'none'], b) }),
    () => boss({ type: 'RevealNeeds', ...waiting }),
    () =>
      boss({
        type: 'BookAppointment',
        code: `K${String(b)}`,
        at: day.now + (c - 500) * 3_000,
        serviceIds: [pick(serviceIds, a)],
      }),
    () => ({
      command: { type: 'CheckIn', code: pick([...Object.keys(day.state.appointments), 'none'], b) },
      as: 'kiosk',
    }),
    () => teller({ type: 'Undo', commandId: day.state.undo[tellerAt(counterId).id]?.commandId ?? 'none' }),
    () => boss({ type: 'Undo', commandId: day.state.undo[manager.id]?.commandId ?? 'none' }),
    () =>
      boss({
        type: 'PostNotice',
        kind: pick(['incident', 'weather'] as const, b),
        // Now and then the same words again.
        text: {
          zh: `雨天路滑，请走 ${String(c % 7)} 号门`,
          en: `Wet floor: please use door ${String(c % 7)}`,
        },
        minutes: 5 + (c % 60),
      }),
    () => boss({ type: 'WithdrawNotice', noticeId: pick([...Object.keys(day.state.notices), 'none'], b) }),
    () => boss({ type: 'RecordOutage', from: day.now - 60_000, to: day.now }),
    () => boss({ type: 'ChangeSettings', settings: { vipCap: 1 + (c % 4) } }),
  ];
  return pick(acts, act)();
}

function flagged(day: LobbyDay, n: number): { visitId: string; version: number } | undefined {
  const found = Object.values(day.state.visits).filter(
    (visit) => visit.flag && visit.stage.status !== 'ended',
  );
  const visit = found.length > 0 ? pick(found, n) : undefined;
  return visit && { visitId: visit.id, version: visit.version };
}

/** Love windows are the heart of the product and need several acts in a row: some steps play them whole. */
function loveWindowStep(day: LobbyDay, { a, b, c }: Step): void {
  const episodeId = pick([...Object.keys(day.state.running), 'none'], a);
  const holder = day.state.episodes[episodeId]?.counterId;
  if (b % 3 === 0) {
    const flag: CoreCommand = {
      type: 'FlagNewVisit',
      serviceIds: [pick(serviceIds, a)],
      needs: needsFrom(c),
      consent: true,
    };
    const visit = day.try(flag).ok ? Object.values(day.state.visits).at(-1) : undefined;
    if (visit) day.try({ type: 'ConfirmLoveWindow', visitId: visit.id, version: visit.version });
    return;
  }
  if (b % 3 === 1) {
    if (holder) day.try({ type: 'AcknowledgeAlert', episodeId }, tellerAt(holder));
    day.try({ type: 'MarkOnTheWay', episodeId });
    return;
  }
  if (!holder) return;
  day.try({ type: 'CallNext' }, tellerAt(holder));
  for (const type of ['StartService', 'FinishService'] as const)
    day.try({ type, ...atCounter(day, holder) }, tellerAt(holder));
}

/** Plays one step, then lets some seconds pass. Refusals are part of a day; they must change nothing. */
export function randomCommand(day: LobbyDay, step: Step): void {
  if (step.act % 6 === 0) loveWindowStep(day, step);
  const { command, as } = commandOf(day, step);
  const before = JSON.stringify(day.state);
  const decision = day.try(command, as === 'manager' ? manager : as === 'kiosk' ? kiosk : tellerAt(as));
  if (!decision.ok && JSON.stringify(day.state) !== before)
    throw new Error(`${command.type} was refused but changed the state`);
  day.seconds([0, 0, 1, 1, 5, 15, 35, 100][step.c % 8] ?? 0);
}
