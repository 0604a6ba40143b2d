import type { PauseReason } from '../protocol/vocabulary.js';
import type { TellerView } from '../protocol/views.js';
import type { BranchClock } from './branchClock.js';
import type { Chance } from '../model/chance.js';
import type { Floor } from './floor.js';
import { localDay } from './localDay.js';
import { sends } from './player.js';
import type { Part, Send } from './player.js';
import { STAND_BACK_MS } from './standBack.js';
import type { Wish } from './wishes.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** When a teller is at the counter; minutes after midnight. */
export interface Shift {
  counterId: string;
  /** An elastic counter's teller comes when so many wait in the branch; absent: there all day. */
  opensAt?: number;
  breaks: readonly { from: number; minutes: number; reason: PauseReason }[];
}

/** An elastic counter closes again when so few wait, but not before it has been open for a while. */
const FEW = 2;
const OPEN_FOR_MS = 30 * MINUTE_MS;
/** A break that could not begin by then is not taken. */
const LATEST_BREAK = 60;

/** A teller who calls, serves, takes breaks and helps with love windows. */
export class TellerPart implements Part<'teller'> {
  readonly audience = 'teller';
  #taken = '';
  #told = '';
  #cameAt = 0;
  /** The present pause is the player's own. */
  #onBreak = false;

  constructor(
    private readonly shift: Shift,
    private readonly floor: Floor,
    private readonly clock: BranchClock,
    private readonly chance: Chance,
  ) {}

  wishes(view: TellerView, send: Send): Wish[] {
    if (view.phase === 'closed' || view.day === undefined) return [];
    const { counter, current } = view;
    if (counter === undefined) return this.#comeOn(view, send);
    const alert = this.#heed(view, send);
    if (current !== undefined) return [...alert, ...this.#serve(current, send)];
    if (counter.paused) return [...alert, ...this.#comeBack(counter.paused, send)];
    if (counter.pauseAfter === undefined) this.#onBreak = false;
    return [...alert, ...(this.#leave(view, send) ?? this.#callNext(view, send))];
  }

  /** What somebody at this console can have done; being signed off after a closing is nobody's act. */
  trace({ phase, counter, current }: TellerView): string | undefined {
    if (phase === 'closed' || counter?.closing === true || counter?.closeAfter === true) return undefined;
    if (counter?.pauseAfter !== undefined) return undefined;
    const at = current && `${current.visitId} ${current.status} ${current.calls}`;
    return `${counter?.counterId ?? 'off'} ${counter?.paused?.reason ?? ''} ${at ?? ''}`;
  }

  #comeOn(view: TellerView, send: Send): Wish[] {
    const { counterId } = this.shift;
    const place = view.counters[counterId];
    // Somebody else sits there: a person who took the counter over keeps it.
    if (place === undefined || place.teller !== undefined || place.faulty) return [];
    if (view.phase === 'ticketsEnded' || !this.#wanted(view)) return [];
    const after = this.chance.between(20, 150) * SECOND_MS;
    const signOn = async (): Promise<boolean> => {
      this.#cameAt = this.clock.now();
      return (await send({ type: 'SignOn', counterId }))?.ok === true;
    };
    return [{ key: 'sign on', after, act: signOn }];
  }

  #heed({ alert }: TellerView, send: Send): Wish[] {
    if (alert === undefined) return [];
    const { episodeId, visitId, version } = alert;
    if (!alert.acknowledged) {
      const after = this.chance.between(3, 14) * SECOND_MS;
      return [
        { key: `acknowledge ${episodeId}`, after, act: sends(send, { type: 'AcknowledgeAlert', episodeId }) },
      ];
    }
    if (!alert.prepare || this.#told === episodeId) return [];
    const look = async (): Promise<boolean> => {
      this.#told = episodeId;
      return (await send({ type: 'RevealNeeds', visitId, version }))?.ok === true;
    };
    return [{ key: `prepare ${episodeId}`, after: 5 * SECOND_MS, act: look }];
  }

  #serve(current: NonNullable<TellerView['current']>, send: Send): Wish[] {
    const { visitId, version, calls, noShowFrom, recallFrom } = current;
    const on = { visitId, version };
    if (current.startedAt !== undefined) {
      const minutes = this.floor.serviceMinutes(visitId, current.service.id);
      const at = current.startedAt + minutes * MINUTE_MS;
      return [
        {
          key: `finish ${visitId} ${current.service.id}`,
          at,
          act: sends(send, { type: 'FinishService', ...on }),
        },
      ];
    }
    if (this.floor.who(visitId)?.leaves !== true) {
      const walk = this.floor.isThere(visitId) ? 0.1 : this.floor.walkMinutes(visitId);
      return [
        {
          key: `start ${visitId} ${calls}`,
          after: walk * MINUTE_MS,
          act: sends(send, { type: 'StartService', ...on }),
        },
      ];
    }
    const after = this.chance.between(21, 35) * SECOND_MS;
    if (noShowFrom !== undefined)
      return [{ key: `absent ${visitId}`, after, act: sends(send, { type: 'MarkNoShow', ...on }) }];
    if (recallFrom === undefined) return [];
    return [{ key: `recall ${visitId} ${calls}`, after, act: sends(send, { type: 'Recall', ...on }) }];
  }

  #comeBack({ reason, since }: { reason: PauseReason; since: number }, send: Send): Wish[] {
    const planned = this.shift.breaks.find((each) => each.reason === reason)?.minutes ?? 0;
    // A pause that a person began is the person's to end, unless it was forgotten.
    const pause = this.#onBreak
      ? planned * MINUTE_MS
      : Math.max(10 * MINUTE_MS, STAND_BACK_MS * this.clock.rate());
    return [
      {
        key: `resume ${since} ${this.#onBreak}`,
        at: since + pause,
        act: sends(send, { type: 'ResumeCounter' }),
      },
    ];
  }

  /** A break that is due, or the end of the shift; undefined when neither is. */
  #leave(view: TellerView, send: Send): Wish[] | undefined {
    if (view.counter?.held === true || view.counter?.closing === true) return undefined;
    const minute = this.#minute(view);
    const ended = view.phase === 'ticketsEnded' && waitingIn(view) === 0;
    if (ended || (view.phase === 'open' && !this.#wanted(view)))
      return [
        { key: 'close', after: 2 * MINUTE_MS, act: sends(send, { type: 'CloseCounter' }) },
        ...this.#callNext(view, send),
      ];
    const due = this.shift.breaks.find(({ from }) => minute >= from && minute < from + LATEST_BREAK);
    const name = due && `${view.day ?? ''} ${String(due.from).padStart(4, '0')}`;
    if (due === undefined || name === undefined || this.#taken >= name) return undefined;
    const pause = async (): Promise<boolean> => {
      const answer = await send({ type: 'PauseCounter', reason: due.reason });
      if (answer?.ok !== true) return false;
      this.#taken = name;
      this.#onBreak = true;
      return true;
    };
    // A refusal (the last counter for somebody who waits) leaves the teller calling until it is possible.
    return [{ key: `break ${name}`, after: SECOND_MS, act: pause }, ...this.#callNext(view, send)];
  }

  /** A reserved customer is fetched when brought to the window; one nobody brings within two minutes is fetched too. */
  #callNext({ next, alert }: TellerView, send: Send): Wish[] {
    if (next === undefined) return [];
    const act = sends(send, { type: 'CallNext' });
    if (next.reason.rule !== 'reserved' || alert === undefined)
      return [{ key: 'call', after: this.chance.between(4, 18) * SECOND_MS, act }];
    switch (alert.escort) {
      case 'arrived':
        return [{ key: 'fetch', after: 3 * SECOND_MS, act }];
      case 'onTheWay':
        return [{ key: 'fetch slow', after: 4 * MINUTE_MS, act }];
      case 'none':
        return [];
    }
  }

  #wanted(view: TellerView): boolean {
    const { opensAt } = this.shift;
    if (opensAt === undefined) return true;
    if (view.counter === undefined) return waitingIn(view) >= opensAt;
    return waitingIn(view) > FEW || this.clock.now() < this.#cameAt + OPEN_FOR_MS;
  }

  #minute({ timeZone }: TellerView): number {
    return localDay(this.clock.now(), timeZone).minute;
  }
}

const waitingIn = ({ waiting }: TellerView): number =>
  Object.values(waiting).reduce((sum, { count }) => sum + count, 0);
