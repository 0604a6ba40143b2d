import { decide } from '../lobby/decide.js';
import { nextDeadline } from '../lobby/deadlines.js';
import { MINUTE } from '../lobby/elapsed.js';
import type { LobbyEvent } from '../lobby/events.js';
import type { Actor, CoreCommand } from '../lobby/input.js';
import { counters, visitOf } from '../lobby/lookup.js';
import { emptyState, type LobbyState, type Visit } from '../lobby/state.js';
import type { ReplayRequest } from '../protocol/lookingBack.js';
import type { DaySettings } from '../protocol/settings.js';
import { Agenda } from '../simulator/agenda.js';
import { undisturbed } from '../simulator/branch.js';
import { actor, kiosk, manager, system } from './actors.js';
import type { Entry } from './entry.js';
import { ReplayStaff } from './replayStaff.js';
import type { FlagWindow, Guest, GuestFlag, Script, Stay } from './script.js';

/** A guest on the way through the day. */
interface Going {
  guest: Guest;
  /** In this replay. */
  visitId: string;
  /** Stays that have begun. */
  begun: number;
  /** The flag that stands, and which of its love windows is the present one. */
  flag?: GuestFlag;
  window: number;
  setOut: boolean;
  /** UTC ms at which who is walked along stands at the window. */
  thereAt?: number;
}

/**
 * A day once more: the same people come, at the same times, with the same business, walks and patience, and the same
 * tellers come, pause and go; whom a counter calls, and which one is held, is decided by the core under the settings
 * given. A person's acts against the policy are left out [H-8].
 */
export class Replay {
  readonly log: Entry[] = [];
  readonly #state: LobbyState = emptyState('replay');
  readonly #agenda = new Agenda();
  readonly #going = new Map<string, Going>();
  readonly #staff: ReplayStaff;
  readonly #forced: Partial<DaySettings>;
  #now: number;
  #commands = 0;
  #closing = false;

  constructor(
    readonly script: Script,
    request: ReplayRequest,
  ) {
    const advice = request.elasticity && { advice: request.elasticity };
    this.#forced = { ...undisturbed, callsBeforeNoShow: 1, ...request.settings, ...advice };
    // The settings of the day hold for the last ticket and the night's closing.
    delete this.#forced.lastTicket;
    delete this.#forced.closesItself;
    this.#now = script.from;
    this.#staff = new ReplayStaff(script, request, this.#forced, {
      state: this.#state,
      agenda: this.#agenda,
      do: (command, by) => this.#do(command, by),
    });
    this.#plan();
  }

  play(): Entry[] {
    const { day, midnight, change, setup, appointments } = this.script;
    const own = {
      ...setup,
      services: setup.services.map((service) => ({
        ...service,
        hours: { from: 0, to: 24 * 60 },
        cap: 0,
      })),
      settings: { ...setup.settings, ...this.#forced },
    };
    const begin: CoreCommand = {
      type: 'BeginDay',
      day,
      midnight,
      ...(change && { change }),
      setup: own,
      appointments: structuredClone(appointments),
    };
    this.#now -= 1;
    this.#do(begin, system);
    this.#do({ type: 'StartDuty' }, manager);
    for (;;) {
      const moment = nextDeadline(this.#state, this.#now) ?? Infinity;
      const passes = moment < this.#agenda.next;
      const next = passes ? moment : this.#agenda.next;
      const goesOn = this.script.untilNight || Object.keys(this.#state.present).length > 0;
      if (next === Infinity || (passes && !goesOn && this.#agenda.next === Infinity)) return this.log;
      // An act takes the instant it is due at, or the next one that is free.
      this.#now = Math.max(this.#now, next - 1);
      if (passes) this.#do({ type: 'PassTime' }, system);
      else this.#agenda.take()(next);
      this.#settle();
    }
  }

  #plan(): void {
    const { guests, closedAt } = this.script;
    this.#staff.plan();
    for (const guest of guests)
      this.#agenda.put(guest.at, () => {
        this.#comes(guest);
      });
    if (closedAt !== undefined)
      this.#agenda.put(closedAt, () => {
        this.#closing = true;
      });
  }

  #settle(): void {
    if (this.#state.phase !== 'open') return;
    this.#staff.settle();
    for (const { id, hold, visitId, teller } of counters(this.#state)) {
      const holder = hold && this.#state.episodes[hold.episodeId];
      if (!holder || visitId !== undefined || !teller) continue;
      if (this.#windowOf(this.#of(holder.visitId)).lost) continue;
      if (visitOf(this.#state, holder.visitId).stage.status === 'reserved')
        this.#do({ type: 'CallNext' }, this.#tellerAt(id));
    }
    if (this.#closing && Object.keys(this.#state.present).length === 0)
      this.#do({ type: 'CloseDay', endRemaining: false }, manager);
  }

  #comes(guest: Guest): void {
    const { serviceIds, tier, code, flags } = guest;
    const atDoor = flags.find((flag) => flag.atDoor);
    const ticket: CoreCommand = atDoor
      ? { type: 'FlagNewVisit', serviceIds, tier, needs: atDoor.needs, consent: true }
      : code === undefined
        ? { type: 'IssueTicket', serviceIds, tier }
        : { type: 'CheckIn', code };
    this.#do(ticket, code === undefined || atDoor ? manager : kiosk, guest);
    const going = [...this.#going.values()].at(-1);
    if (going?.guest !== guest) return;
    this.#waits(going);
    for (const flag of flags)
      if (flag === atDoor) this.#flagged(going, flag);
      else
        this.#agenda.put(flag.at, () => {
          const seen = this.#seen(going);
          if (this.#do({ type: 'FlagPriority', ...seen, needs: flag.needs, consent: true }, manager))
            this.#flagged(going, flag);
        });
  }

  #flagged(going: Going, flag: GuestFlag): void {
    going.flag = flag;
    this.#window(going, 0);
    if (flag.declinedAfter !== undefined)
      this.#agenda.put(this.#now + flag.declinedAfter, () => {
        if (going.flag === flag) this.#do({ type: 'DeclinePriority', ...this.#seen(going) }, manager);
      });
  }

  /** A love window is asked for as long after as on that day. */
  #window(going: Going, window: number): void {
    going.window = window;
    going.setOut = false;
    delete going.thereAt;
    const { flag } = going;
    const after = flag?.windows[window]?.confirmedAfter;
    if (after === undefined) return;
    this.#agenda.put(this.#now + after, () => {
      if (going.flag === flag) this.#do({ type: 'ConfirmLoveWindow', ...this.#seen(going) }, manager);
    });
  }

  /** Nobody was there. Whoever was seen again on that day is, as long after, and has the next window asked for. */
  #lost(visitId: string): void {
    const going = this.#of(visitId);
    const { flag, window } = going;
    const after = flag?.windows[window]?.seenAgainAfter;
    if (after === undefined) return;
    this.#agenda.put(this.#now + after, () => {
      if (going.flag !== flag) return;
      if (this.#do({ type: 'MarkHereAgain', ...this.#seen(going) }, manager)) this.#window(going, window + 1);
    });
  }

  #windowOf({ flag, window }: Going): FlagWindow {
    return flag?.windows[window] ?? {};
  }

  /** A wait begins; whoever had no further call on that day leaves as then. */
  #waits(going: Going): void {
    const { stays, patience } = going.guest;
    const { begun } = going;
    if (begun < stays.length || patience === undefined) return;
    this.#agenda.put(this.#now + patience, () => {
      const { status } = this.#visit(going).stage;
      if (going.begun === begun && (status === 'waiting' || status === 'reserved'))
        this.#do({ type: 'LeaveVisit', ...this.#seen(going) }, manager);
    });
  }

  #held(visitId: string, episodeId: string, counterId: string): void {
    const going = this.#of(visitId);
    this.#agenda.put(this.#now, () => {
      this.#do({ type: 'AcknowledgeAlert', episodeId }, this.#tellerAt(counterId));
    });
    const { setOutAfter, walk = this.script.usualWalk, lost } = this.#windowOf(going);
    if (going.setOut || setOutAfter === undefined) return;
    going.setOut = true;
    this.#agenda.put(this.#now + setOutAfter, () => {
      if (!this.#do({ type: 'MarkOnTheWay', episodeId }, manager) || lost) return;
      going.thereAt = this.#now + walk;
      this.#agenda.put(going.thereAt, () => {
        if (this.#visit(going).stage.status === 'reserved')
          this.#do({ type: 'MarkArrived', episodeId }, manager);
      });
    });
  }

  #called(visitId: string, counterId: string, quiet: boolean): void {
    const going = this.#of(visitId);
    const serviceId = this.#visit(going).services[0] ?? '';
    // Whoever left on that day, and is called in time on this one, takes as long as others.
    const stay: Stay = going.guest.stays[going.begun] ?? {
      serviceId,
      reaction: this.script.usualReaction,
      walk: this.script.usualWalk,
      lasts: this.script.usualService[serviceId] ?? MINUTE,
      then: { how: 'finish', placement: 'place' },
      turn: this.script.usualTurn,
    };
    going.begun += 1;
    const { walk } = stay;
    // The core calls at once; its teller takes as long as then to see that somebody waits.
    const reaction = quiet ? 0 : stay.reaction;
    if (walk === undefined) {
      this.#agenda.put(this.#now + reaction + stay.lasts + stay.turn, () => {
        this.#endStay(going, stay, counterId);
      });
      return;
    }
    const there = quiet ? this.#there(going) : this.#now;
    this.#agenda.put(there + reaction + walk, () => {
      this.#do({ type: 'StartService', ...this.#seen(going) }, this.#tellerAt(counterId));
      this.#agenda.put(this.#now + stay.lasts + stay.turn, () => {
        this.#endStay(going, stay, counterId);
      });
    });
  }

  /** When somebody who was called quietly stands at the window: walked along, on the way, or not set out yet. */
  #there(going: Going): number {
    return Math.max(this.#now, going.thereAt ?? this.#now + (this.#windowOf(going).walk ?? 0));
  }

  #endStay(going: Going, stay: Stay, counterId: string): void {
    const teller = this.#tellerAt(counterId);
    const { then } = stay;
    switch (then.how) {
      case 'finish': {
        const next = going.guest.stays[going.begun];
        if (next && this.#visit(going).services.length === 1)
          this.#do({ type: 'AddService', ...this.#seen(going), serviceId: next.serviceId }, manager);
        this.#do({ type: 'FinishService', ...this.#seen(going), placement: then.placement }, teller);
        break;
      }
      case 'transfer':
        this.#do(
          {
            type: 'TransferVisit',
            ...this.#seen(going),
            serviceId: then.serviceId,
            placement: then.placement,
          },
          teller,
        );
        break;
      case 'leave':
        if (this.#visit(going).stage.status === 'serving')
          this.#do({ type: 'FinishService', ...this.#seen(going) }, teller);
        else this.#do({ type: 'LeaveVisit', ...this.#seen(going) }, manager);
        break;
      case 'park':
      case 'absent':
        this.#do({ type: then.how === 'park' ? 'ParkVisit' : 'MarkNoShow', ...this.#seen(going) }, teller);
        this.#agenda.put(this.#now + then.back, () => {
          const { status } = this.#visit(going).stage;
          if (status === 'parked')
            this.#do({ type: 'ResumeParked', ...this.#seen(going) }, this.#tellerAt(counterId));
          if (status === 'absent') this.#do({ type: 'ReturnVisit', ...this.#seen(going) }, manager);
          if (status === 'parked' || status === 'absent') this.#waits(going);
        });
        return;
    }
    if (this.#visit(going).stage.status === 'waiting') this.#waits(going);
  }

  /** True when it was accepted. A refusal is an act that this day's lobby did not allow, as a live one would not. */
  #do(command: CoreCommand, by: Actor, arriving?: Guest): boolean {
    this.#commands += 1;
    this.#now += 1;
    const at = this.#now;
    const seed = String(this.#commands).padStart(16, '0');
    const decision = decide(this.#state, { command, id: seed, at, actor: by, seed });
    if (!decision.ok) return false;
    for (const event of decision.events) {
      this.log.push({ event, at, actorId: by.id, commandId: seed, role: by.role });
      if (event.type === 'VisitIssued' && arriving)
        this.#going.set(event.visitId, {
          guest: arriving,
          visitId: event.visitId,
          begun: 0,
          window: 0,
          setOut: false,
        });
    }
    for (const event of decision.events) this.#tell(event);
    return true;
  }

  #tell(event: LobbyEvent): void {
    if (event.type === 'VisitCalled') this.#called(event.visitId, event.counterId, event.quiet);
    if (event.type === 'LoveWindowEnded' && event.how === 'notFound') this.#lost(event.visitId);
    if (event.type === 'CounterHeld') this.#held(event.visitId, event.episodeId, event.counterId);
  }

  #of(visitId: string): Going {
    const going = this.#going.get(visitId);
    if (!going) throw new Error(`broken reference: visit ${visitId}`);
    return going;
  }

  #visit({ visitId }: Going): Visit {
    return visitOf(this.#state, visitId);
  }

  #seen(going: Going): { visitId: string; version: number } {
    const { id, version } = this.#visit(going);
    return { visitId: id, version };
  }

  #tellerAt(counterId: string): Actor {
    const teller = this.#state.counters[counterId]?.teller;
    return teller ? actor('teller', teller.id, teller.skills) : actor('teller', 'nobody');
  }
}
