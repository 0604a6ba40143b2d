import type { ManagerEpisode, ManagerView, ManagerVisit, TaskCard } from '../protocol/views.js';
import type { BranchClock } from './branchClock.js';
import type { Chance } from '../model/chance.js';
import type { Floor } from './floor.js';
import type { Plan } from './kiosk.js';
import { localDay } from './localDay.js';
import { sends } from './player.js';
import type { Part, Send } from './player.js';
import type { Wish } from './wishes.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Minutes after midnight. */
const OPENS = 7 * 60 + 50;
const LAST_OPENING = 17 * 60;
const CLOSES = 18 * 60;
const LATE = 19 * 60;
const BEFORE_OPENING = OPENS - 5;
const A_DAY = 24 * 60;
/** The closed branch is shown so long before the next morning comes. */
const EVENING_MS = 5 * MINUTE_MS;
/** A stranger's call for help is left to a person for so long, real ms. */
const LEFT_TO_PEOPLE_MS = 45_000;

/** Task kinds that one round through the lobby covers. */
const rounds: readonly TaskCard['kind'][] = ['care', 'noCounter', 'longPause', 'vipWait', 'waitLimit'];

/** The lobby manager: opens the day, meets who needs support, arranges love windows, goes round, closes the day. */
export class ManagerPart implements Part<'manager'> {
  readonly audience = 'manager';
  #booked = '';

  constructor(
    private readonly plan: Plan,
    private readonly floor: Floor,
    private readonly clock: BranchClock,
    private readonly chance: Chance,
    /** Puts branch time forward by so many ms; absent: the night passes by itself. */
    private readonly skip?: (ms: number) => Promise<boolean>,
  ) {}

  wishes(view: ManagerView, send: Send): Wish[] {
    const { midnight, minute } = localDay(this.clock.now(), view.timeZone);
    this.floor.reception = send;
    if (view.phase === 'closed') return this.#open(minute, midnight, send);
    if (!view.onDuty)
      return [{ key: 'on duty', after: 5 * SECOND_MS, act: sends(send, { type: 'StartDuty' }) }];
    return [
      ...this.#book(view, midnight, minute, send),
      ...this.#flags(view, midnight, send),
      ...Object.values(view.episodes).flatMap((episode) => this.#escort(episode, send)),
      ...this.#goRound(view, send),
      ...this.#close(view, midnight, send),
    ];
  }

  /** Flags, escorts and duty are managers' acts only: what of them changes by another hand is a person's. */
  trace({ phase, onDuty, episodes, visits }: ManagerView): string | undefined {
    if (phase === 'closed') return undefined;
    const escorts = Object.values(episodes).map(({ visitId, escort }) => `${visitId} ${escort}`);
    const acts = escorts.filter((act) => !this.#seen.has(act) && !act.endsWith(' none'));
    const flags = Object.values(visits).flatMap(({ visitId, flag }) => (flag ? [`${visitId} flag`] : []));
    for (const act of [...acts, ...flags]) this.#seen.add(act);
    return `${onDuty ?? false} ${this.#seen.size}`;
  }
  readonly #seen = new Set<string>();

  #open(minute: number, midnight: number, send: Send): Wish[] {
    this.#seen.clear();
    if (minute >= LAST_OPENING) return this.#goHome(minute);
    return [
      { key: `open ${midnight}`, at: midnight + OPENS * MINUTE_MS, act: sends(send, { type: 'OpenDay' }) },
    ];
  }

  /** Nobody wants to watch an empty branch all night. */
  #goHome(minute: number): Wish[] {
    const { skip } = this;
    const night = (A_DAY + BEFORE_OPENING - minute) * MINUTE_MS;
    return skip ? [{ key: 'night', after: EVENING_MS, act: () => skip(night - EVENING_MS) }] : [];
  }

  /** The day's appointments, as the bank's app would bring them. */
  #book(view: ManagerView, midnight: number, minute: number, send: Send): Wish[] {
    const { day } = view;
    if (day === undefined || this.#booked === day) return [];
    const book = async (): Promise<boolean> => {
      this.#booked = day;
      for (const [index, { booked, at, serviceId }] of this.plan.customersOf(day).entries()) {
        const code = this.plan.codeOf(index);
        if (booked === undefined || at < minute || view.appointments[code]) continue;
        const time = Math.round(midnight + booked * MINUTE_MS);
        await send({ type: 'BookAppointment', code, at: time, serviceIds: [serviceId] });
      }
      return true;
    };
    return [{ key: `book ${day}`, act: book }];
  }

  #flags(view: ManagerView, midnight: number, send: Send): Wish[] {
    const wishes: Wish[] = [];
    for (const [visitId, { at, special }] of this.floor.inNeed()) {
      const visit = view.visits[visitId];
      if (visit === undefined || !['waiting', 'parked', 'absent', 'called'].includes(visit.status)) continue;
      const on = { visitId, version: visit.version };
      const { needs, seenAfter } = special;
      const flag = sends(send, { type: 'FlagPriority', ...on, needs, consent: true });
      if (!visit.flag)
        wishes.push({ key: `flag ${visitId}`, at: midnight + (at + seenAfter) * MINUTE_MS, act: flag });
    }
    for (const visit of Object.values(view.visits)) wishes.push(...this.#arrange(visit, send));
    return wishes;
  }

  #arrange({ visitId, version, status, flag }: ManagerVisit, send: Send): Wish[] {
    if (flag === undefined || flag.episodeId !== undefined || status !== 'waiting') return [];
    const after = this.chance.between(4, 15) * SECOND_MS;
    if (flag.notFound)
      return [
        {
          key: `again ${visitId}`,
          after: 60 * SECOND_MS,
          act: sends(send, { type: 'MarkHereAgain', visitId, version }),
        },
      ];
    const arrange = async (): Promise<boolean> => {
      const plan = await send({ type: 'PreviewLoveWindow', visitId });
      if (plan?.ok !== true) return false;
      const { counterId } = plan.result;
      const named = counterId === undefined ? {} : { counterId };
      return (
        (
          await send({
            type: 'ConfirmLoveWindow',
            visitId,
            version: plan.result.version ?? version,
            ...named,
          })
        )?.ok === true
      );
    };
    return [{ key: `arrange ${visitId}`, after, act: arrange }];
  }

  #escort(episode: ManagerEpisode, send: Send): Wish[] {
    const { episodeId, visitId, escort, phase, counterId } = episode;
    const wishes: Wish[] = [];
    if (episode.unanswered)
      wishes.push({
        key: `answer ${episodeId}`,
        after: 20 * SECOND_MS,
        act: sends(send, { type: 'AcknowledgeAlert', episodeId }),
      });
    if (episode.obstacle === 'noneFits' && this.floor.who(visitId)?.special?.needs.includes('signLanguage')) {
      const call = sends(send, {
        type: 'CallSpecialist',
        visitId,
        version: episode.version,
        capability: 'signLanguage',
      });
      wishes.push({ key: `specialist ${visitId}`, after: 30 * SECOND_MS, act: call });
    }
    if (counterId === undefined || (phase !== 'draining' && phase !== 'ready')) return wishes;
    if (escort === 'none') {
      const after = this.chance.between(5, 20) * SECOND_MS;
      wishes.push({ key: `go ${episodeId}`, after, act: sends(send, { type: 'MarkOnTheWay', episodeId }) });
    }
    if (escort === 'onTheWay') {
      const arrive = async (): Promise<boolean> => {
        this.floor.bring(visitId);
        return (await send({ type: 'MarkArrived', episodeId }))?.ok === true;
      };
      wishes.push({
        key: `arrive ${episodeId}`,
        after: this.floor.walkMinutes(visitId) * MINUTE_MS,
        act: arrive,
      });
    }
    return wishes;
  }

  #goRound(view: ManagerView, send: Send): Wish[] {
    const tasks = Object.values(view.tasks);
    const open = tasks.filter(
      ({ kind, acknowledgedBy }) => rounds.includes(kind) && acknowledgedBy === undefined,
    );
    const taskIds = open.map(({ taskId }) => taskId);
    const wishes = tasks.flatMap((task) => (task.kind === 'help' ? this.#help(view, task, send) : []));
    const after = this.chance.between(60, 150) * SECOND_MS;
    const round = sends(send, { type: 'AcknowledgeTasks', taskIds });
    return taskIds.length === 0 ? wishes : [...wishes, { key: 'round', after, act: round }];
  }

  /** A known customer's call is answered once the love window is arranged; a stranger's is left to people first. */
  #help(view: ManagerView, { taskId, visitId }: TaskCard, send: Send): Wish[] {
    const done = sends(send, { type: 'CompleteTask', taskId });
    const known = visitId === undefined ? undefined : this.floor.who(visitId)?.special;
    if (visitId !== undefined && known !== undefined) {
      const visit = view.visits[visitId];
      return visit === undefined || visit.flag
        ? [{ key: `helped ${taskId}`, after: 10 * SECOND_MS, act: done }]
        : [];
    }
    const after = Math.max(2 * MINUTE_MS, LEFT_TO_PEOPLE_MS * this.clock.rate());
    return [{ key: `helped ${taskId}`, after, act: done }];
  }

  #close(view: ManagerView, midnight: number, send: Send): Wish[] {
    const here = Object.values(view.visits).some(({ status }) => status !== 'absent' && status !== 'parked');
    if (view.phase !== 'ticketsEnded') return [];
    const act = sends(send, { type: 'CloseDay', endRemaining: true });
    // Whoever still waits long after closing is asked to come back; a service at hand is finished first.
    if (here) return [{ key: 'close late', at: midnight + LATE * MINUTE_MS, act }];
    return [{ key: 'close', at: Math.max(midnight + CLOSES * MINUTE_MS, this.clock.now() + MINUTE_MS), act }];
  }
}
