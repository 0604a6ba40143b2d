import { evolve } from '../lobby/evolve.js';
import type { EventType, LobbyEvent } from '../lobby/events.js';
import { MINUTE } from '../lobby/elapsed.js';
import { settingsOf, setupOf, visitOf } from '../lobby/lookup.js';
import { emptyState, type LobbyState, type Visit } from '../lobby/state.js';
import { visitClasses } from '../protocol/lookingBack.js';
import type { DayReport, OtherwiseAct, Overtakes, VisitClass } from '../protocol/lookingBack.js';
import type { DaySettings } from '../protocol/settings.js';
import type { Role } from '../protocol/vocabulary.js';
import type { Entry } from './entry.js';
import { CounterMinutes } from './minutes.js';
import { classOf } from './waits.js';

type ByRole = Partial<Record<Role, number>>;

export interface ClassSums {
  /** Minutes of each wait that ended with a service. */
  waits: number[];
  /** Customers whose waits these are; one with several services has several. */
  served: number;
  unserved: number;
  overtakes: Overtakes;
}

/** A day in figures, none of them withheld: not to be shown to anybody as it is. */
export interface Figures {
  day: string;
  over: boolean;
  from: number;
  until: number;
  classes: Record<VisitClass, ClassSums>;
  settings: DayReport['settings'];
  zones: DayReport['zones'];
  services: DayReport['services'];
  counters: DayReport['counters'];
  vips: { longestRun: number; cap: number; beyondCap: number };
  otherwise: Partial<Record<OtherwiseAct, ByRole>>;
  loveWindow: {
    episodes: number;
    /** Holds whose minutes these are. */
    holds: number;
    heldMinutes: number;
    idleMinutes: number;
    servingMinutes: number;
    served: number;
    notServed: number;
    swaps: number;
    swapsRefused: number;
    unanswered: number;
  };
  staffMinutes: number;
}

type EventOf<T extends EventType> = Extract<LobbyEvent, { type: T }>;

/** Acts of a person where the policy would have done another thing, or nothing. */
const otherwiseActs: { [T in EventType]?: (event: EventOf<T>, role: Role) => OtherwiseAct | undefined } = {
  VisitCalled: ({ reason: { rule } }) =>
    rule === 'named' ? 'calledByNumber' : rule === 'resumed' ? 'calledBack' : undefined,
  VisitMoved: () => 'moved',
  VisitTransferred: () => 'transferred',
  VisitParked: () => 'parked',
  VisitAbsent: () => 'notHere',
  CounterPaused: ({ override }) => (override === undefined ? undefined : 'lastWindow'),
  CounterServicesChanged: () => 'servicesChanged',
  SettingsChanged: () => 'settingsChanged',
};

function otherwiseOf(event: LobbyEvent, role: Role): OtherwiseAct | undefined {
  const asked = otherwiseActs[event.type] as
    ((event: LobbyEvent, role: Role) => OtherwiseAct | undefined) | undefined;
  return role === 'system' ? undefined : asked?.(event, role);
}

const add = <K extends string>(counts: Partial<Record<K, number>>, key: K, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by;
};

/** Reckons a day's figures event by event, by the production fold and nothing else [H-1]. */
export class Ledger {
  readonly state: LobbyState = emptyState('');
  readonly classes = Object.fromEntries(
    visitClasses.map((each) => [
      each,
      {
        waits: [],
        served: 0,
        unserved: 0,
        overtakes: { times: 0, most: 0, protected: 0, overtook: 0 },
      },
    ]),
  ) as unknown as Record<VisitClass, ClassSums>;
  readonly vips = { longestRun: 0, beyondCap: 0 };
  readonly otherwise: Figures['otherwise'] = {};
  readonly loveWindow = {
    episodes: 0,
    served: 0,
    notServed: 0,
    swaps: 0,
    swapsRefused: 0,
    unanswered: 0,
  };
  readonly minutes = new CounterMinutes();
  /** Waits that are counted, as visit and begin. */
  readonly #counted = new Set<string>();
  /** How often in each of them somebody was overtaken. */
  readonly #overtaken = new Map<string, number>();
  readonly #people = Object.fromEntries(visitClasses.map((each) => [each, new Set()])) as Record<
    VisitClass,
    Set<string>
  >;
  /** What an undo takes back, by who did it and the command. */
  readonly #undoable = new Map<string, (() => void)[]>();

  /** UTC ms of the first event. */
  #from = 0;

  /** @param closing the command with which the night closed the day, if it did */
  constructor(readonly closing: string | undefined) {}

  see(entry: Entry): void {
    const { at } = entry;
    this.#from ||= at;
    this.minutes.pass(this.state, at);
    this.#before(entry);
    evolve(this.state, entry);
  }

  #before(entry: Entry): void {
    const { event, role } = entry;
    const act = otherwiseOf(event, role);
    if (act) {
      const byRole = (this.otherwise[act] ??= {});
      add(byRole, role);
      this.#takesBack(entry, () => {
        add(byRole, role, -1);
      });
    }
    const note = this.#notes[event.type] as ((event: LobbyEvent, entry: Entry) => void) | undefined;
    note?.(event, entry);
  }

  /** What is noted of an event before it takes effect. */
  readonly #notes: { [T in EventType]?: (event: EventOf<T>, entry: Entry) => void } = {
    ServiceStarted: ({ visitId }, { at }) => {
      this.#served(visitOf(this.state, visitId), at);
    },
    VisitEnded: ({ visitId, how }, entry) => {
      this.#ended(visitOf(this.state, visitId), how, entry);
    },
    VisitCalled: (event) => {
      this.#called(event);
    },
    Undone: ({ commandId }, { actorId }) => {
      const act = `${actorId} ${commandId}`;
      for (const back of this.#undoable.get(act) ?? []) back();
      this.#undoable.delete(act);
    },
    TellerSignedOff: ({ counterId }, entry) => {
      this.minutes.signedOff(counterId, this.#isForgotten(entry));
    },
    CounterReleased: ({ counterId }, entry) => {
      this.minutes.released(counterId, this.#isForgotten(entry));
    },
    LoveWindowConfirmed: () => {
      this.loveWindow.episodes += 1;
    },
    LoveWindowEnded: ({ how }) => {
      this.loveWindow[how === 'served' ? 'served' : 'notServed'] += 1;
    },
    LoveWindowSwapped: () => {
      this.loveWindow.swaps += 1;
    },
    SwapRefused: () => {
      this.loveWindow.swapsRefused += 1;
    },
    AlertUnanswered: () => {
      this.loveWindow.unanswered += 1;
    },
  };

  /** Only the night ended it. */
  #isForgotten({ commandId }: Entry): boolean {
    return commandId === this.closing;
  }

  /** A parked customer who comes back has waited already: one wait is counted once. */
  #served(visit: Visit, at: number): void {
    const wait = `${visit.id} ${String(visit.since)}`;
    if (this.#counted.has(wait)) return;
    this.#counted.add(wait);
    const name = classOf(visit);
    const own = this.classes[name];
    // Who came early and was called before the booked time has not waited.
    own.waits.push(Math.max(0, at - visit.since) / MINUTE);
    own.served = this.#people[name].add(visit.id).size;
  }

  #ended(visit: Visit, how: string, entry: Entry): void {
    const waited = this.#counted.has(`${visit.id} ${String(visit.since)}`);
    if (waited || how === 'merged' || how === 'served') return;
    const own = this.classes[classOf(visit)];
    own.unserved += 1;
    this.#takesBack(entry, () => {
      own.unserved -= 1;
    });
  }

  #called({ visitId, overtook, vipRun }: EventOf<'VisitCalled'>): void {
    this.#overtakes(visitOf(this.state, visitId), overtook);
    if (vipRun > this.vips.longestRun) this.vips.longestRun = vipRun;
    if (vipRun > this.state.vipRun && vipRun > settingsOf(this.state).vipCap) this.vips.beyondCap += 1;
  }

  /** Among those without priority: a sum over all classes would have the withheld ones' as its rest [H-3, H-6]. */
  #overtakes(called: Visit, ids: readonly string[]): void {
    if (called.flag) return;
    for (const visit of ids.map((id) => visitOf(this.state, id)).filter(({ flag }) => !flag)) {
      const wait = `${visit.id} ${String(visit.since)}`;
      const soOften = (this.#overtaken.get(wait) ?? 0) + 1;
      this.#overtaken.set(wait, soOften);
      const { overtakes } = this.classes[classOf(visit)];
      overtakes.times += 1;
      overtakes.most = Math.max(overtakes.most, soOften);
      if (soOften === settingsOf(this.state).overtakesToProtect) overtakes.protected += 1;
      this.classes[classOf(called)].overtakes.overtook += 1;
    }
  }

  #takesBack({ actorId, commandId }: Entry, back: () => void): void {
    const key = `${actorId} ${commandId}`;
    this.#undoable.set(key, [...(this.#undoable.get(key) ?? []), back]);
  }

  /** Of what was seen; to be asked once, at the end. */
  figures(): Figures {
    const { state, minutes, loveWindow, vips, classes, otherwise } = this;
    minutes.stop();
    const settings = settingsOf(state);
    const setup = setupOf(state);
    return {
      day: state.day,
      over: state.phase === 'closed',
      from: this.#from,
      until: state.at,
      classes,
      settings: replayable(settings),
      zones: setup.zones.map(({ id, name }) => ({ id, name })),
      services: setup.services.map(({ id, name }) => ({ id, name })),
      counters: setup.counters.map(({ id, label, services, elastic }) => ({
        id,
        label,
        services,
        ...(elastic && { elastic }),
      })),
      vips: { ...vips, cap: settings.vipCap },
      otherwise,
      loveWindow: {
        ...loveWindow,
        holds: minutes.holds,
        heldMinutes: minutes.held,
        idleMinutes: minutes.idle,
        servingMinutes: minutes.serving,
      },
      staffMinutes: minutes.staff,
    };
  }
}

const replayable = ({
  mode,
  slopes,
  referenceMinutes,
  overtakesToProtect,
  minutesToProtect,
  vipCap,
  walkMinutes,
  swapGain,
  swapWalk,
  earlyAppointments,
  ratio,
  protectedBand,
  waitRules,
  overflows,
  quickCounters,
}: DaySettings): DayReport['settings'] => ({
  mode,
  slopes,
  referenceMinutes,
  overtakesToProtect,
  minutesToProtect,
  vipCap,
  walkMinutes,
  swapGain,
  swapWalk,
  earlyAppointments,
  ...(ratio && { ratio }),
  ...(protectedBand !== undefined && { protectedBand }),
  ...(waitRules && { waitRules }),
  ...(overflows && { overflows }),
  ...(quickCounters && { quickCounters }),
});

/** The command with which the night closed the day, if nobody else did. */
export const nightOf = (entries: readonly Entry[]): string | undefined =>
  entries.findLast(({ event }) => event.type === 'DayClosed' && event.bySystem)?.commandId;

/**
 * A day's figures from its log: whoever has the log gets the same ones, also when the day's key is gone, as no figure
 * looks at a need [L13, H-1].
 * @param entries the whole stream of one day, in order
 */
export function figuresOf(entries: readonly Entry[]): Figures {
  const ledger = new Ledger(nightOf(entries));
  for (const entry of entries) ledger.see(entry);
  return ledger.figures();
}
