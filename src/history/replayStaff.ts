import { MINUTE } from '../lobby/elapsed.js';
import type { Actor, CoreCommand } from '../lobby/input.js';
import { counters, setupOf } from '../lobby/lookup.js';
import type { Counter, LobbyState } from '../lobby/state.js';
import type { ReplayRequest } from '../protocol/lookingBack.js';
import type { DaySettings } from '../protocol/settings.js';
import { hazardKey, hazardsOf } from '../protocol/starvation.js';
import type { PauseReason } from '../protocol/vocabulary.js';
import type { Agenda } from '../simulator/agenda.js';
import { actor, manager } from './actors.js';
import { ElasticStaff } from './elasticStaff.js';
import type { Act, Script } from './script.js';

/** What staff want of a counter; the core may let them wait for it [L7]. */
interface Wanted {
  teller: { id: string; skills: string[] } | undefined;
  pause: PauseReason | undefined;
  faulty: boolean;
  services: readonly string[];
}

/** What the staff of a replay act by. */
export interface Hands {
  state: LobbyState;
  agenda: Agenda;
  /** True when the core accepted it. */
  do: (command: CoreCommand, by: Actor) => boolean;
}

/**
 * The staff of a replay: tellers come, pause and go as on that day, or all day, or by advice, and settings change as
 * they did.
 */
export class ReplayStaff {
  readonly #wanted = new Map<string, Wanted>();

  /** @param forced settings that no change of that day touches */
  constructor(
    readonly script: Script,
    readonly request: ReplayRequest,
    readonly forced: Partial<DaySettings>,
    readonly hands: Hands,
  ) {
    for (const { id, services } of script.setup.counters)
      this.#wanted.set(id, { teller: undefined, pause: undefined, faulty: false, services });
  }

  /** Puts everything that staff do on the agenda. */
  plan(): void {
    const { script, request, hands } = this;
    const staffed = script.acts.filter(({ act }) => act.type === 'staff');
    const [first, last] = [staffed[0]?.at, staffed.at(-1)];
    const [open, closed] = [new Set(request.open), new Set(request.closed)];
    const elastic = this.#elastic().filter((id) => !open.has(id) && !closed.has(id));
    const other = new Set([...open, ...closed, ...elastic]);
    if (first !== undefined)
      hands.agenda.put(first, () => {
        for (const id of open) this.#want(id).teller = { id: `extra-${id}`, skills: [] };
      });
    for (const { at, act } of script.acts) {
      const given = act.type !== 'settings' && act.type !== 'services' && act.type !== 'fault';
      if (given && other.has(act.counterId)) continue;
      hands.agenda.put(at, () => {
        this.#act(act);
      });
    }
    if (!last || first === undefined) return;
    if (elastic.length > 0) {
      const advised = new ElasticStaff(elastic);
      const look = (at: number): void => {
        for (const { counterId, open: comes, ready } of advised.look(hands.state, at))
          hands.agenda.put(ready, () => {
            this.#want(counterId).teller = comes ? this.#likeThem(counterId) : undefined;
          });
        if (at + MINUTE < last.at) hands.agenda.put(at + MINUTE, look);
      };
      hands.agenda.put(first + MINUTE, look);
    }
    // Those who were added go when the last of that day went.
    if ('teller' in last.act && last.act.teller === undefined)
      hands.agenda.put(last.at, () => {
        for (const id of [...open, ...elastic]) this.#want(id).teller = undefined;
      });
  }

  /** What staff want and may have now; what is refused is tried again after the next act. */
  settle(): void {
    for (const counter of counters(this.hands.state)) this.#settle(counter, this.#want(counter.id));
  }

  /** Counters that are opened by advice, if the replay asks for it. */
  #elastic(): string[] {
    if (this.request.elasticity === undefined) return [];
    return this.script.setup.counters.flatMap(({ id, elastic }) => (elastic ? [id] : []));
  }

  /** With the skills of whoever sat there on that day, who may sit at another window at the time. */
  #likeThem(counterId: string): Wanted['teller'] {
    const id = `extra-${counterId}`;
    for (const { act } of this.script.acts)
      if (act.type === 'staff' && act.counterId === counterId && act.teller)
        return { id, skills: act.teller.skills };
    return { id, skills: [] };
  }

  #act(act: Act): void {
    if (act.type === 'settings') {
      const settings = { ...act.settings, ...this.forced };
      const setup = setupOf(this.hands.state);
      const hazards = hazardsOf({ ...setup, settings: { ...setup.settings, ...settings } });
      // A replay keeps nothing, and what it plays need not be accepted by anybody [P-24].
      const acceptance = hazards.length > 0 && { of: hazards.map(hazardKey), reason: 'replay' };
      this.hands.do(
        { type: 'ChangeSettings', settings: { ...settings, ...(acceptance && { acceptance }) } },
        manager,
      );
      return;
    }
    const wanted = this.#want(act.counterId);
    if (act.type === 'staff') wanted.teller = act.teller;
    else if (act.type === 'pause') wanted.pause = act.reason;
    else if (act.type === 'fault') wanted.faulty = act.faulty;
    else wanted.services = act.serviceIds;
  }

  #settle(counter: Counter, { teller, pause, faulty, services }: Wanted): void {
    const { id: counterId } = counter;
    const manage = (to: 'paused' | 'resumed' | 'closing' | 'reopened' | 'faulty' | 'repaired'): void => {
      this.hands.do({ type: 'ManageCounter', counterId, to, ...(pause && { reason: pause }) }, manager);
    };
    if (services !== counter.services && services.join() !== counter.services.join())
      this.hands.do({ type: 'SetCounterServices', counterId, serviceIds: [...services] }, manager);
    if (faulty !== (counter.faulty === true)) manage(faulty ? 'faulty' : 'repaired');
    if (!teller) {
      if (counter.teller && !counter.closing && !counter.closeAfter) manage('closing');
      return;
    }
    if (counter.teller && (counter.closing || counter.closeAfter)) manage('reopened');
    if (counter.teller?.id !== teller.id)
      this.hands.do(
        { type: 'SignOn', counterId, takeOver: counter.teller !== undefined },
        actor('teller', teller.id, teller.skills),
      );
    const paused = counter.pause !== undefined || counter.pauseAfter !== undefined;
    if (counter.teller && (pause !== undefined) !== paused)
      manage(pause === undefined ? 'resumed' : 'paused');
  }

  #want(counterId: string): Wanted {
    const wanted = this.#wanted.get(counterId);
    if (!wanted) throw new Error(`broken reference: counter ${counterId}`);
    return wanted;
  }
}
