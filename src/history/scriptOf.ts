import { nextAt } from '../lobby/choice/next.js';
import { MINUTE, SECOND } from '../lobby/elapsed.js';
import type { EventType, LobbyEvent } from '../lobby/events.js';
import { evolve } from '../lobby/evolve.js';
import { floorOf } from '../lobby/floor-of.js';
import { counterOf, settingsOf, visitOf } from '../lobby/lookup.js';
import { expectedTime } from '../lobby/service-time.js';
import { emptyState, type LobbyState } from '../lobby/state.js';
import type { Entry } from './entry.js';
import { nightOf } from './figures.js';
import type { Act, Guest, GuestFlag, Script, Stay } from './script.js';
import type { Placement } from '../protocol/vocabulary.js';

type EventOf<T extends EventType> = Extract<LobbyEvent, { type: T }>;

/** Somebody at a counter. */
interface Attended {
  counterId: string;
  serviceId: string;
  quiet: boolean;
  reaction: number;
  calledAt: number;
  startedAt?: number;
}

/** A guest while the day is read. */
interface Reading {
  guest: Guest;
  /** UTC ms at which the present wait began. */
  waitsSince: number;
  attended?: Attended;
  /** Of the present love window; UTC ms. */
  heldAt?: number;
  setOutAt?: number;
  arrivedAt?: number;
  lostAt?: number;
  seenAgainAt?: number;
}

const LONGEST_REACTION = 5 * MINUTE;
const AT_ONCE = 10 * SECOND;
const middle = (spans: readonly number[]): number | undefined =>
  [...spans].sort((a, b) => a - b)[Math.floor(spans.length / 2)];

class Reader {
  readonly state: LobbyState = emptyState('');
  readonly acts: Script['acts'] = [];
  readonly readings = new Map<string, Reading>();
  opening: { event: EventOf<'DayOpened'>; at: number } | undefined;
  readonly booked: Script['appointments'] = [];
  closedAt: number | undefined;
  needsKnown = true;
  #command = '';
  /** Since when (UTC ms) a free counter could have called somebody, and after whose stay if that was from its end on. */
  readonly #couldCall = new Map<string, { since: number; after: Stay | undefined }>();
  /** Stays that ended in the present command, by counter. */
  readonly #freed = new Map<string, Stay>();
  /** Readings as they were before an act that can be undone, by who did it and the command. */
  readonly #before = new Map<string, Reading>();

  /** @param night the command with which the day closed itself, if it did */
  constructor(readonly night: string | undefined) {}

  see(entry: Entry): void {
    if (entry.commandId !== this.#command) this.#lookAround();
    this.#command = entry.commandId;
    const { event } = entry;
    const note = this.#notes[event.type] as ((event: LobbyEvent, entry: Entry) => void) | undefined;
    note?.(event, entry);
    evolve(this.state, entry);
  }

  /** Between two commands: which counters could call somebody and have not yet. */
  #lookAround(): void {
    if (this.state.phase !== 'open') return;
    const floor = floorOf(this.state);
    for (const post of floor.counters) {
      const could = post.open && !post.held && !post.busy && nextAt(floor, post, this.state.at).picked;
      if (!could) this.#couldCall.delete(post.id);
      else if (!this.#couldCall.has(post.id))
        this.#couldCall.set(post.id, { since: this.state.at, after: this.#freed.get(post.id) });
    }
    this.#freed.clear();
  }

  readonly #notes: { [T in EventType]?: (event: EventOf<T>, entry: Entry) => void } = {
    DayOpened: (event, { at }) => {
      this.opening = { event, at };
    },
    AppointmentBooked: ({ appointment }) => this.booked.push(appointment),
    DayClosed: ({ bySystem }, { at }) => {
      if (!bySystem) this.closedAt = at;
    },
    SettingsChanged: ({ settings }, { at }) => {
      this.#act(at, { type: 'settings', settings });
    },
    TellerSignedOn: ({ counterId, staffId, skills }, { at }) => {
      this.#act(at, { type: 'staff', counterId, teller: { id: staffId, skills } });
      if (this.state.counters[counterId]?.teller === undefined)
        this.#act(at, { type: 'pause', counterId, reason: undefined });
    },
    TellerSignedOff: ({ counterId }, { at, commandId }) => {
      // Whom only the night signs off is signed off by a replay's own night.
      if (commandId !== this.night) this.#leaves(counterId, at);
    },
    CounterClosing: ({ counterId }, { at }) => {
      this.#leaves(counterId, at);
    },
    CounterCloseQueued: ({ counterId }, { at }) => {
      this.#leaves(counterId, at);
    },
    CounterReopened: ({ counterId }, { at }) => {
      const { teller } = counterOf(this.state, counterId);
      this.#act(at, {
        type: 'staff',
        counterId,
        teller: teller && { id: teller.id, skills: teller.skills },
      });
    },
    CounterPaused: ({ counterId, reason }, { at }) => {
      this.#act(at, { type: 'pause', counterId, reason });
    },
    CounterPauseQueued: ({ counterId, reason }, { at }) => {
      this.#act(at, { type: 'pause', counterId, reason });
    },
    CounterResumed: ({ counterId }, { at }) => {
      this.#act(at, { type: 'pause', counterId, reason: undefined });
    },
    CounterFaultReported: ({ counterId }, { at }) => {
      this.#act(at, { type: 'fault', counterId, faulty: true });
    },
    CounterRepaired: ({ counterId }, { at }) => {
      this.#act(at, { type: 'fault', counterId, faulty: false });
    },
    CounterServicesChanged: ({ counterId, serviceIds }, { at }) => {
      this.#act(at, { type: 'services', counterId, serviceIds });
    },
    VisitIssued: ({ visitId, serviceIds, tier, appointmentCode }, { at }) => {
      const guest: Guest = {
        visitId,
        at,
        serviceIds,
        tier,
        ...(appointmentCode !== undefined && { code: appointmentCode }),
        flags: [],
        stays: [],
      };
      this.readings.set(visitId, { guest, waitsSince: at });
    },
    PriorityFlagged: ({ visitId, needs }, entry) => {
      const { guest } = this.#remember(visitId, entry);
      if (needs === 'erased') this.needsKnown = false;
      guest.flags.push({
        at: entry.at,
        needs: needs === 'erased' ? [] : needs,
        atDoor: entry.at === guest.at,
        windows: [{}],
      });
      this.#nextWindow(this.#of(visitId));
    },
    NeedsAmended: ({ visitId, needs }) => {
      const flag = this.#flagOf(visitId);
      if (flag && needs !== 'erased') flag.needs = needs;
    },
    PriorityDeclined: ({ visitId }, { at }) => {
      const flag = this.#flagOf(visitId);
      if (flag) flag.declinedAfter ??= at - flag.at;
    },
    LoveWindowConfirmed: ({ visitId }, { at }) => {
      const flag = this.#flagOf(visitId);
      const window = flag?.windows.at(-1);
      if (flag && window) window.confirmedAfter ??= at - (this.#of(visitId).seenAgainAt ?? flag.at);
    },
    LoveWindowEnded: ({ visitId, how }, { at }) => {
      if (how !== 'notFound') return;
      const reading = this.#of(visitId);
      reading.lostAt = at;
      const window = this.#flagOf(visitId)?.windows.at(-1);
      if (window && !reading.attended) window.lost = true;
    },
    VisitHereAgain: ({ visitId }, { at }) => {
      const reading = this.#of(visitId);
      const windows = this.#flagOf(visitId)?.windows;
      const lost = windows?.at(-1);
      if (!lost || reading.lostAt === undefined) return;
      lost.seenAgainAfter = at - reading.lostAt;
      windows?.push({});
      this.#nextWindow(reading);
      reading.seenAgainAt = at;
    },
    CounterHeld: ({ visitId }, { at }) => {
      this.#of(visitId).heldAt ??= at;
    },
    EscortOnTheWay: ({ episodeId }, { at }) => {
      const reading = this.#ofEpisode(episodeId);
      reading.setOutAt ??= at;
      const window = reading.guest.flags.at(-1)?.windows.at(-1);
      if (window && reading.heldAt !== undefined) window.setOutAfter ??= at - reading.heldAt;
    },
    EscortArrived: ({ episodeId }, { at }) => {
      this.#ofEpisode(episodeId).arrivedAt ??= at;
    },
    VisitCalled: ({ visitId, counterId, quiet }, { at }) => {
      const serviceId = visitOf(this.state, visitId).services[0] ?? '';
      const could = this.#couldCall.get(counterId);
      const delay = Math.min(LONGEST_REACTION, at - (could?.since ?? at));
      // Between two customers the choice comes after it, for somebody who comes to a free counter before.
      if (could?.after) could.after.turn = delay;
      const reaction = could?.after ? 0 : delay;
      this.#of(visitId).attended = { counterId, serviceId, quiet, reaction, calledAt: at };
      this.#couldCall.delete(counterId);
    },
    ServiceStarted: ({ visitId }, { at }) => {
      const reading = this.#of(visitId);
      if (reading.attended) reading.attended.startedAt = at;
    },
    ServiceFinished: ({ visitId, next }, entry) => {
      this.#remember(visitId, entry);
      const placement = next ? this.#placement(visitId, next.place, entry.at) : 'place';
      this.#stays(visitId, { how: 'finish', placement }, entry.at);
    },
    VisitTransferred: ({ visitId, serviceId, place }, { at }) => {
      this.#stays(
        visitId,
        { how: 'transfer', serviceId, placement: this.#placement(visitId, place, at) },
        at,
      );
    },
    VisitParked: ({ visitId }, entry) => {
      this.#remember(visitId, entry);
      this.#stays(visitId, { how: 'park', back: 0 }, entry.at);
    },
    VisitAbsent: ({ visitId }, entry) => {
      this.#remember(visitId, entry);
      this.#stays(visitId, { how: 'absent', back: 0 }, entry.at);
    },
    VisitResumed: ({ visitId }, { at }) => {
      this.#back(visitId, at);
    },
    VisitReturned: ({ visitId }, { at }) => {
      this.#back(visitId, at);
    },
    VisitEnded: ({ visitId, how }, entry) => {
      const reading = this.#remember(visitId, entry);
      if (how === 'served') this.#stays(visitId, { how: 'finish', placement: 'place' }, entry.at);
      else this.#gone(reading, entry.at);
    },
    VisitsMerged: ({ otherId }, { at }) => {
      this.#gone(this.#of(otherId), at);
    },
    Undone: ({ commandId, visitId }, { actorId }) => {
      const before = this.#before.get(`${actorId} ${commandId}`);
      if (before) this.readings.set(visitId, before);
    },
  };

  #flagOf(visitId: string): GuestFlag | undefined {
    return this.#of(visitId).guest.flags.at(-1);
  }

  /** Nothing of an earlier love window counts for the next. */
  #nextWindow(reading: Reading): void {
    for (const key of ['heldAt', 'setOutAt', 'arrivedAt', 'lostAt', 'seenAgainAt'] as const)
      delete reading[key];
  }

  /** Where a place time puts a visit for its next service. */
  #placement(visitId: string, place: number, at: number): Placement {
    const visit = visitOf(this.state, visitId);
    if (place === (visit.appointmentAt ?? visit.arrivedAt)) return 'place';
    return place >= at ? 'end' : 'front';
  }

  #act(at: number, act: Act): void {
    this.acts.push({ at, act });
  }

  #leaves(counterId: string, at: number): void {
    this.#act(at, { type: 'staff', counterId, teller: undefined });
  }

  /** Ended without a service: while standing called, being away, or waiting. */
  #gone(reading: Reading, at: number): void {
    const { guest, attended } = reading;
    if (attended) {
      this.#stays(guest.visitId, { how: 'leave' }, at);
      return;
    }
    const { status } = visitOf(this.state, guest.visitId).stage;
    const last = guest.stays.at(-1);
    // Who never came back has left then and there.
    if ((status === 'parked' || status === 'absent') && last) last.then = { how: 'leave' };
    else guest.patience = at - reading.waitsSince;
  }

  #back(visitId: string, at: number): void {
    const reading = this.#of(visitId);
    const last = reading.guest.stays.at(-1);
    if (last?.then.how === 'park' || last?.then.how === 'absent') last.then.back = at - reading.waitsSince;
    reading.waitsSince = at;
  }

  #stays(visitId: string, then: Stay['then'], at: number): void {
    const reading = this.#of(visitId);
    const { attended, guest } = reading;
    if (!attended) return;
    const { counterId, serviceId, reaction, calledAt, startedAt } = attended;
    const stay: Stay = {
      serviceId,
      reaction,
      ...(startedAt !== undefined && { walk: this.#walk(reading, attended, startedAt) }),
      lasts: at - (startedAt ?? calledAt),
      then,
      turn: 0,
    };
    guest.stays.push(stay);
    this.#freed.set(counterId, stay);
    delete reading.attended;
    reading.waitsSince = at;
  }

  /** The walk after the call; who was walked along has an own one, that began before. */
  #walk({ guest, setOutAt, arrivedAt }: Reading, attended: Attended, startedAt: number): number {
    const { calledAt, quiet } = attended;
    const window = guest.flags.at(-1)?.windows.at(-1);
    if (!window || !quiet || setOutAt === undefined || window.walk !== undefined) return startedAt - calledAt;
    const learnt = settingsOf(this.state).walkMinutes * MINUTE;
    // Without a tap on arrival: there at the start, or, served at once after a late call, after a usual walk.
    const wasThere = startedAt - calledAt < AT_ONCE && calledAt - setOutAt > learnt;
    const there = arrivedAt ?? (wasThere ? setOutAt + learnt : startedAt);
    // Who is called before anybody has set out begins to walk then.
    window.walk = there - Math.min(setOutAt, calledAt);
    return startedAt - Math.max(calledAt, there);
  }

  #of(visitId: string): Reading {
    const reading = this.readings.get(visitId);
    if (!reading) throw new Error(`broken reference: visit ${visitId}`);
    return reading;
  }

  #ofEpisode(episodeId: string): Reading {
    return this.#of(this.state.episodes[episodeId]?.visitId ?? '');
  }

  #remember(visitId: string, { actorId, commandId }: Entry): Reading {
    const reading = this.#of(visitId);
    this.#before.set(`${actorId} ${commandId}`, structuredClone(reading));
    return reading;
  }
}

/** What a replay needs of a day that is over. @param entries its whole log, in order */
export function scriptOf(entries: readonly Entry[]): Script {
  const night = nightOf(entries);
  const reader = new Reader(night);
  for (const entry of entries) reader.see(entry);
  const { opening, closedAt, needsKnown, acts, booked } = reader;
  if (!opening) throw new Error('the log does not begin with its day');
  const { day, midnight, change, setup, appointments } = opening.event;
  const guests = [...reader.readings.values()].map(({ guest }) => guest);
  const stays = guests.flatMap((guest) => guest.stays);
  const usualService = setup.services.map((service): [string, number] => {
    const { id } = service;
    const own = stays.filter(({ serviceId, walk }) => serviceId === id && walk !== undefined);
    const sum = own.reduce((all, { lasts }) => all + lasts, 0);
    const { mean } = expectedTime(service, setup.settings) ?? { mean: setup.settings.referenceMinutes };
    return [id, own.length > 0 ? sum / own.length : mean * MINUTE];
  });
  return {
    day,
    midnight,
    ...(change && { change }),
    from: opening.at,
    setup,
    appointments: [...appointments, ...booked],
    guests,
    acts,
    ...(closedAt !== undefined && { closedAt }),
    untilNight: night !== undefined,
    needsKnown,
    usualService: Object.fromEntries(usualService),
    usualWalk: middle(stays.flatMap(({ walk }) => walk ?? [])) ?? MINUTE / 2,
    usualReaction: middle(stays.map(({ reaction }) => reaction)) ?? 0,
    usualTurn: middle(stays.map(({ turn }) => turn)) ?? 0,
  };
}
