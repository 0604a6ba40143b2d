import type { BranchSetup, DaySettings, Service } from '../protocol/settings.js';
import type { NoticeKind, ServiceClass, Text } from '../protocol/vocabulary.js';
import type { PublicCounterStatus } from '../protocol/views.js';
import { capabilitiesOf } from '../lobby/capability.js';
import { presentService, presentVisits, publiclyWaiting, serviceOf } from '../lobby/lookup.js';
import { expectedTime } from '../lobby/service-time.js';
import { compareTickets } from '../lobby/ticket.js';
import type { Counter, LobbyState, Notice, PublicCallMade } from '../lobby/state.js';
import type { LocalDay } from '../lobby/wall-clock.js';

/**
 * Everything the public may learn of a lobby, and nothing else [L14]. Board, kiosk and phone are built
 * from this type, so a flag, a need, a hold or a tier cannot reach them: there is no field it could come
 * through. No field depends on the clock.
 */
export interface PublicFacts extends LocalDay {
  branch: Text;
  timeZone: string;
  /** Business date; absent before the first day. */
  day?: string;
  open: boolean;
  /** Minute of the local day. */
  lastTicket: number;
  zones: readonly PublicZone[];
  services: readonly PublicService[];
  counters: readonly PublicCounter[];
  /** Latest calls aloud, newest first, one per visit. */
  calls: readonly PublicCallFact[];
  /** In public order: arrival or appointment time, and where a named staff act put a visit. */
  waiting: readonly PublicWaiting[];
  /** In the order of posting; without who posted them and until when. */
  notices: readonly PublicNoticeFact[];
}

export interface PublicZone {
  id: string;
  name: Text;
  room: boolean;
}

export interface PublicService {
  id: string;
  name: Text;
  zone: string;
  class: ServiceClass;
  documents: Text;
  hours: { from: number; to: number };
  /** The day's tickets for it are all given. */
  full: boolean;
  /** Expected mean minutes and coefficient of variation [P-23]; absent without a basis. */
  time?: { mean: number; cv: number };
  /** Mean minutes as they are set, which calling goes by. */
  setMean?: number;
}

export interface PublicCounter {
  id: string;
  label: Text;
  zone: string;
  status: PublicCounterStatus;
  /** Services it takes in its present staffing. */
  services: readonly string[];
  /** Who was called aloud and is there, with the first call's instant; a love-window visit is not seen. */
  call?: { visitId: string; service: string; at: number };
}

export interface PublicCallFact {
  ticket: string;
  counter: Text;
  /** Zone of the service called for. */
  zone: string;
  /** First call, UTC ms. */
  at: number;
  round: number;
  /**
   * The visit still stands called there [SPEC W-50], somebody came, or nobody did and the visit is absent since. What
   * ended otherwise without anybody coming is a fact no more [SPEC W-90].
   */
  now: 'calling' | 'came' | 'missed';
}

export interface PublicWaiting {
  visitId: string;
  ticket: string;
  service: string;
  zone: string;
  place: number;
}

export interface PublicNoticeFact {
  id: string;
  kind: NoticeKind;
  title?: Text;
  text: Text;
}

/** What a branch that has no setup yet calls itself. */
export const unnamed = (branchId: string): Pick<BranchSetup, 'name' | 'timeZone'> => ({
  name: { zh: branchId, en: branchId },
  timeZone: 'UTC',
});

/** A held or closing counter looks open; a pause or closing that waits for a release is not seen yet. */
function publicStatus(counter: Counter): PublicCounterStatus {
  if (!counter.teller) return 'closed';
  return counter.pause || counter.faulty ? 'paused' : 'open';
}

const byPublicPlace = (a: PublicWaiting, b: PublicWaiting): number =>
  a.place - b.place || compareTickets(a.ticket, b.ticket);

function publicCalls(state: LobbyState, setup: BranchSetup | undefined): PublicCallFact[] {
  const labels = new Map(setup?.counters.map((counter) => [counter.id, counter.label]));
  return state.calls.flatMap((call) => {
    const { ticket, counterId, zone, at, round } = call;
    const counter = labels.get(counterId);
    const now = howItStands(state, call);
    return counter && now ? [{ ticket, counter, zone, at, round, now }] : [];
  });
}

/** Only what followed on this very call counts: a later quiet one and its end are nobody's business [L14]. */
function howItStands(state: LobbyState, call: PublicCallMade): PublicCallFact['now'] | undefined {
  const stage = state.visits[call.visitId]?.stage;
  if (stage?.status === 'called' && !stage.quiet && stage.counterId === call.counterId) return 'calling';
  if (call.came) return 'came';
  return stage?.status === 'absent' && stage.at === call.missedAt ? 'missed' : undefined;
}

type CallThere = NonNullable<PublicCounter['call']>;

/** By counter: who was called there aloud and is there. */
function callsThere(state: LobbyState): Map<string, CallThere> {
  const calls = new Map<string, CallThere>();
  for (const visit of presentVisits(state)) {
    const { stage } = visit;
    if ((stage.status !== 'called' && stage.status !== 'serving') || stage.quiet) continue;
    const at = stage.status === 'called' ? stage.at : stage.calledAt;
    calls.set(stage.counterId, { visitId: visit.id, service: presentService(state, visit).id, at });
  }
  return calls;
}

/** The public facts of a lobby. `setup` stands in before the first day has brought its own. */
export function publicFacts(state: LobbyState, configured?: BranchSetup): PublicFacts {
  const setup = state.setup ?? configured;
  const named = setup ?? unnamed(state.branchId);
  const waiting: PublicWaiting[] = [];
  for (const visit of presentVisits(state)) {
    if (publiclyWaiting(visit)) {
      const { id, zone } = presentService(state, visit);
      waiting.push({ visitId: visit.id, ticket: visit.ticket, service: id, zone, place: visit.place });
    }
  }
  return {
    branch: named.name,
    timeZone: named.timeZone,
    ...(state.day !== '' && { day: state.day }),
    open: state.phase === 'open',
    midnight: state.midnight,
    ...(state.change && { change: state.change }),
    lastTicket: setup?.settings.lastTicket ?? 0,
    zones: (setup?.zones ?? []).map(({ id, name, room }) => ({ id, name, room })),
    services: (setup?.services ?? []).map((service) => ({
      id: service.id,
      name: service.name,
      zone: service.zone,
      class: service.class,
      documents: service.documents,
      hours: service.hours,
      full: service.cap > 0 && (state.issuedOf[service.id] ?? 0) >= service.cap,
      ...(setup && timesOf(service, setup.settings)),
    })),
    counters: publicCounters(state, setup, callsThere(state)),
    calls: publicCalls(state, setup),
    waiting: waiting.sort(byPublicPlace),
    notices: Object.values(state.notices).map(noticeFact),
  };
}

function timesOf(
  service: Service,
  settings: DaySettings,
): Pick<PublicService, 'time' | 'setMean'> | undefined {
  const time = expectedTime(service, settings);
  return (
    time && { time: { mean: time.mean, cv: time.cv }, ...(service.time && { setMean: service.time.mean }) }
  );
}

const noticeFact = ({ id, kind, title, text }: Notice): PublicNoticeFact => ({
  id,
  kind,
  ...(title && { title }),
  text,
});

/** Services a counter is set to take and is equipped and staffed for; needs have no part in it. */
export function offered(state: LobbyState, counter: Counter): string[] {
  const has = capabilitiesOf(state, counter);
  return counter.services.filter((id) =>
    serviceOf(state, id).capabilities.every((capability) => has.has(capability)),
  );
}

function publicCounters(
  state: LobbyState,
  setup: BranchSetup | undefined,
  calls: ReadonlyMap<string, CallThere>,
): PublicCounter[] {
  return (setup?.counters ?? []).map(({ id, label, zone }) => {
    const counter = state.counters[id];
    const call = calls.get(id);
    return {
      id,
      label,
      zone,
      status: counter ? publicStatus(counter) : 'closed',
      services: counter ? offered(state, counter) : [],
      ...(call && { call }),
    };
  });
}
