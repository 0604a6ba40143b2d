import { decide } from '../lobby/decide.js';
import { swapTarget } from '../lobby/episode.js';
import type { LobbyEvent } from '../lobby/events.js';
import { sealedFields } from '../lobby/events.js';
import { evolve } from '../lobby/evolve.js';
import type { Input } from '../lobby/input.js';
import { counterOf, episodeOf, visitOf } from '../lobby/lookup.js';
import { effectOfCall, nextFor } from '../lobby/next.js';
import { planFor } from '../lobby/plan.js';
import { emptyState, type LobbyState } from '../lobby/state.js';
import type { BranchSetup } from '../protocol/settings.js';
import { publicFacts } from '../views/public-facts.js';
import { viewFor } from '../views/view.js';

const MINUTE = 60_000;
/** An act takes the instant that a deadline is due at, and the deadline the next one. */
const SOON_MS = 1_000;

const fail = (rule: string, why: string): never => {
  throw new Error(`[${rule}] ${why}`);
};

/** What a day's overseer has seen of each rule. */
export interface Seen {
  commands: number;
  /** [L12] repeats with an old version, and commands of another day. */
  repeats: number;
  strayDays: number;
  /** [L13, L16] calls and holds chosen again. */
  choices: number;
  /** [L14] commands that the public may not notice. */
  unnoticed: number;
  /** [L15] care tasks and reminders. */
  care: number;
}

export const nothingSeen = (): Seen => ({
  commands: 0,
  repeats: 0,
  strayDays: 0,
  choices: 0,
  unnoticed: 0,
  care: 0,
});

/** What the public sees nothing of; a fetch is one of them when it is quiet. */
const unnoticed: readonly LobbyEvent['type'][] = [
  'PriorityFlagged',
  'PriorityDeclined',
  'NeedsAmended',
  'NeedsRevealed',
  'LoveWindowConfirmed',
  'CounterHeld',
  'CounterReleased',
  'AlertAcknowledged',
  'AlertUnanswered',
  'EscortOnTheWay',
  'EscortArrived',
  'LoveWindowSwapped',
  'SwapRefused',
  'LoveWindowEnded',
  'TaskRaised',
  'TaskReminded',
  'TaskAcknowledged',
  'TaskCleared',
];
const isUnnoticed = (event: LobbyEvent): boolean =>
  event.type === 'VisitCalled' ? event.quiet : unnoticed.includes(event.type);

/** Calls that a person named, or that follow from a hold: nothing was chosen. */
const unchosen: readonly string[] = ['named', 'resumed', 'reserved'];

interface Cared {
  since: number;
  /** Absent before the task; when it was raised or reminded last. */
  toldAt?: number;
}

/**
 * Holds a day on the core to what of L12–L16 a day without a server can break, from its log and by folds of its own:
 * one with the needs and one without them.
 */
export class Overseer {
  readonly seen = nothingSeen();
  readonly #whole = emptyState('simulated');
  readonly #erased = emptyState('simulated');
  /** Who waits and has not been called. */
  readonly #cared = new Map<string, Cared>();
  #public = '';
  /** Chosen again for a swap whose new hold is yet to come. */
  #swapTo: string | undefined;

  constructor(readonly setup: BranchSetup) {}

  /** An accepted command, its events, and the state that the core has after it. */
  see(input: Input, events: readonly LobbyEvent[], state: LobbyState): void {
    this.seen.commands += 1;
    for (const event of events) this.#fold(event, input);
    this.#checkPublic(events);
    this.#checkCare(input.at);
    this.#checkRepeat(input, state);
  }

  /** [L13] The log's folds give the state that the day was decided on. */
  checkEnd(state: LobbyState): void {
    if (JSON.stringify(this.#whole) !== JSON.stringify(state))
      fail('L13', 'the log folds to another state than the one that was decided on');
    if (withoutNeeds(this.#erased) !== withoutNeeds(state)) fail('L13', 'without the needs the fold differs');
  }

  #fold(event: LobbyEvent, { at, actor, id }: Input): void {
    if (event.type === 'DayOpened' && JSON.stringify(event.setup) !== JSON.stringify(this.setup))
      fail('L16', 'the log opens the day with another setup than the branch has');
    this.#chooseAgain(event, at);
    this.#care(event, at);
    const circumstances = { at, actorId: actor.id, commandId: id };
    evolve(this.#whole, { event: structuredClone(event), ...circumstances });
    const erased = structuredClone(event) as LobbyEvent & Record<string, unknown>;
    const field = sealedFields[event.type];
    if (field !== undefined) erased[field as 'type'] = 'erased' as never;
    evolve(this.#erased, { event: erased, ...circumstances });
  }

  /** [L13, L16] Whoever has the log alone chooses the same, for the same reason. */
  #chooseAgain(event: LobbyEvent, at: number): void {
    const state = this.#whole;
    if (event.type === 'VisitCalled' && !unchosen.includes(event.reason.rule)) {
      const { visitId, reason, overtook, vipRun } = event;
      const counter = counterOf(state, event.counterId);
      const again = {
        next: nextFor(state, counter, at),
        effect: effectOfCall(state, counter, visitOf(state, visitId)),
      };
      const was = { next: { visitId, reason }, effect: { overtook, vipRun } };
      if (JSON.stringify(again) !== JSON.stringify(was))
        fail('L16', `${event.counterId} called ${visitId}, and from its log another`);
      this.seen.choices += 1;
    }
    // A swap is chosen while its first counter is still held.
    if (event.type === 'CounterReleased' && event.because === 'swapped')
      this.#swapTo = swapTarget(state, episodeOf(state, event.episodeId), at)?.id;
    if (event.type === 'CounterHeld') {
      const { unanswered } = episodeOf(state, event.episodeId);
      const plan = planFor(state, visitOf(state, event.visitId), at, unanswered);
      const again = this.#swapTo ?? ('counterId' in plan ? plan.counterId : undefined);
      if (again !== event.counterId) fail('L16', `${event.counterId} was held, and from its log another`);
      this.#swapTo = undefined;
      this.seen.choices += 1;
    }
  }

  /** [L14] What the public may not notice leaves its pages as they were, and needs are not in them. */
  #checkPublic(events: readonly LobbyEvent[]): void {
    const shown = pagesOf(this.#whole);
    if (shown !== pagesOf(this.#erased)) fail('L14', 'a public page depends on needs');
    if (events.length > 0 && events.every(isUnnoticed)) {
      if (shown !== this.#public) fail('L14', `${events.map(({ type }) => type).join(', ')} shows`);
      this.seen.unnoticed += 1;
    }
    this.#public = shown;
  }

  #care(event: LobbyEvent, at: number): void {
    const { careAfter, careReminder } = this.setup.settings;
    if (event.type === 'VisitIssued') this.#cared.set(event.visitId, { since: event.since });
    if (event.type === 'VisitCalled' || event.type === 'VisitEnded') this.#cared.delete(event.visitId);
    const visitId =
      event.type === 'TaskRaised' && event.kind === 'care'
        ? event.visitId
        : event.type === 'TaskReminded'
          ? this.#careTask(event.taskId)
          : undefined;
    if (visitId === undefined) return;
    const cared = this.#cared.get(visitId) ?? fail('L15', `care for ${visitId}, who does not wait`);
    const again = event.type === 'TaskReminded';
    if (again !== (cared.toldAt !== undefined)) fail('L15', `care for ${visitId} was raised twice, or never`);
    if (at < (cared.toldAt ?? cared.since) + (again ? careReminder : careAfter) * MINUTE)
      fail('L15', `care for ${visitId} was told too early`);
    cared.toldAt = at;
    this.seen.care += 1;
  }

  #careTask(taskId: string): string | undefined {
    const task = this.#whole.tasks[taskId];
    return task?.kind === 'care' ? task.visitId : undefined;
  }

  /** [L15] Nobody waits for care longer than their threshold, and no task outlives the call. */
  #checkCare(at: number): void {
    const { careAfter, careReminder } = this.setup.settings;
    for (const [visitId, { since, toldAt }] of this.#cared) {
      const due = toldAt === undefined ? since + careAfter * MINUTE : toldAt + careReminder * MINUTE;
      if (at > due + SOON_MS) fail('L15', `nobody was told to care for ${visitId}`);
    }
    for (const { kind, visitId } of Object.values(this.#whole.tasks))
      if (kind === 'care' && !this.#cared.has(visitId ?? '')) fail('L15', 'a care task outlives the wait');
  }

  /** [L12] The same once more is refused: on a visit by its version, and on another day by its date. */
  #checkRepeat({ command, ...input }: Input, state: LobbyState): void {
    const { day } = state;
    const again = { ...input, command, at: input.at, id: `${input.id}-again`, day };
    if (command.type !== 'BeginDay') {
      const answer = decide(state, { ...again, day: '1999-12-31' });
      if (answer.ok || answer.code !== 'stale-day') fail('L12', `${command.type} of another day counts`);
      this.seen.strayDays += 1;
    }
    if (!('version' in command)) return;
    const answer = decide(state, again);
    // Who has left the window meanwhile is told that first.
    if (answer.ok || !['stale', 'no-counter'].includes(answer.code))
      fail('L12', `${command.type} on what was seen before is no longer known by its version`);
    this.seen.repeats += 1;
  }
}

/** Board and kiosk, as they are sent. */
function pagesOf(state: LobbyState): string {
  const context = { now: 0, demo: false, facts: publicFacts(state) };
  return JSON.stringify([viewFor('board', state, context), viewFor('kiosk', state, context)]);
}

const withoutNeeds = (state: LobbyState): string =>
  JSON.stringify(state, (name, value: unknown) =>
    name === 'needs' || name === 'specialists' ? undefined : value,
  );
