import type { Identity } from '../identity/identity.js';
import type { BeatFrame } from '../protocol/live.js';
import type { BranchSetup } from '../protocol/settings.js';
import type { Audience } from '../protocol/views.js';
import type { Role } from '../protocol/vocabulary.js';
import type { Lobbies, Shown } from '../runtime/lobbies.js';

/** Whose eyes a view is made for. */
export interface Subject {
  branchId: string;
  audience: Audience;
  /** Staff id, counter id, visit id or a room's zone; '' where all see the same. */
  key: string;
  me?: { id: string; name: string; role: Role };
}

/** What a view is made with besides the state; public views take no `now` of it [L14]. */
export interface SightContext {
  /** Branch time, UTC ms. */
  now: number;
  key?: string;
  me?: { id: string; name: string; role: Role };
  /** Estimates of the latest public beat, as `Sight.publicEstimates` made them. */
  published?: unknown;
  /** Waits as staff are told them, as `Sight.staffEstimates` made them. */
  estimates?: unknown;
  /** As `Sight.facts` made them. */
  facts: unknown;
  setup?: BranchSetup;
  demo: boolean;
}

/** Whose estimates somebody looks at. */
export interface Looking {
  public: boolean;
  staff: boolean;
}

/** The pure functions that views are made by; the composition root brings them. */
export interface Sight {
  facts(state: Shown['state'], setup: BranchSetup | undefined): unknown;
  /** Begins what the estimates of the coming public beat take; `audience` says who looks. */
  prepare(branchId: string, state: Shown['state'], now: number, audience: Looking): void;
  publicEstimates(branchId: string, state: Shown['state'], now: number): unknown;
  staffEstimates(branchId: string, state: Shown['state'], now: number): unknown;
  viewFor(audience: Audience, state: Shown['state'], context: SightContext): unknown;
  /** False when there is nothing to show, such as a ticket of another day. */
  hasView(audience: Audience, state: Shown['state'], key: string): boolean;
}

interface Facts {
  of: string;
  facts: unknown;
}

/** What an identity may see of its branch. Public views change with public facts and on public beats only [L14]. */
export class Watch {
  readonly #published = new Map<string, unknown>();
  /** Made once a beat, when a manager's page first needs them: figures that moved all the time would be no help. */
  readonly #estimates = new Map<string, unknown>();
  readonly #facts = new Map<string, Facts>();

  constructor(
    private readonly lobbies: Lobbies,
    private readonly sight: Sight,
    private readonly setups: (branchId: string) => BranchSetup | undefined,
    private readonly demo: boolean,
  ) {}

  branchIds(): string[] {
    return this.lobbies.branchIds();
  }

  onShown(listener: (branchId: string) => void): () => void {
    return this.lobbies.onShown(listener);
  }

  /** A public beat is near, on a schedule that depends on no event: whoever looks wants fresh estimates then. */
  prepare(branchId: string, audience: Looking): void {
    const shown = this.lobbies.shown(branchId);
    this.sight.prepare(branchId, shown.state, shown.now(), audience);
  }

  /** Takes the public estimates anew. Only the beat calls this, on a schedule that depends on no event. */
  publicBeat(branchId: string): void {
    const shown = this.lobbies.shown(branchId);
    this.#published.set(branchId, this.sight.publicEstimates(branchId, shown.state, shown.now()));
    this.#estimates.delete(branchId);
  }

  /** The view as it is now; undefined when there is none. */
  view({ branchId, audience, key, me }: Subject): unknown {
    const shown = this.lobbies.shown(branchId);
    if (!this.sight.hasView(audience, shown.state, key)) return undefined;
    const published = this.#published.get(branchId);
    const setup = this.setups(branchId);
    return this.sight.viewFor(audience, shown.state, {
      now: shown.now(),
      facts: this.#factsOf(branchId, shown, setup),
      demo: this.demo,
      ...(key === '' ? {} : { key }),
      ...(me === undefined ? {} : { me }),
      ...(setup === undefined ? {} : { setup }),
      ...(published === undefined ? {} : { published }),
      ...(audience === 'manager' ? { estimates: this.#estimatesOf(branchId, shown) } : {}),
    });
  }

  #estimatesOf(branchId: string, shown: Shown): unknown {
    const kept = this.#estimates.get(branchId);
    if (kept !== undefined) return kept;
    const made = this.sight.staffEstimates(branchId, shown.state, shown.now());
    this.#estimates.set(branchId, made);
    return made;
  }

  /** One set of facts for all public pages of a branch, made again when the log has grown. */
  #factsOf(branchId: string, { state, seq, epoch }: Shown, setup: BranchSetup | undefined): unknown {
    const of = `${epoch}/${state.day}/${seq}`;
    const kept = this.#facts.get(branchId);
    if (kept?.of === of) return kept.facts;
    const facts = this.sight.facts(state, setup);
    this.#facts.set(branchId, { of, facts });
    return facts;
  }

  /** Names the log that views come from. */
  epoch(branchId: string): string {
    return this.lobbies.shown(branchId).epoch;
  }

  now(branchId: string): number {
    return this.lobbies.shown(branchId).now();
  }

  /** Undefined once the branch's runner is dead: its screens must then go stale. */
  beat(branchId: string): BeatFrame | undefined {
    const shown = this.lobbies.shown(branchId);
    return shown.alive ? { at: shown.now(), rate: shown.rate() } : undefined;
  }
}

/** The view that an identity asked for; undefined when it may not watch it. Asking for none means its first. */
export function subjectOf(identity: Identity, asked: Audience | undefined): Subject | undefined {
  const audience = asked ?? identity.audiences[0];
  if (audience === undefined || !identity.audiences.includes(audience)) return undefined;
  const { actor, branchId, room } = identity;
  switch (audience) {
    case 'teller':
    case 'manager':
    case 'admin':
      return { branchId, audience, key: actor.id, me: { id: actor.id, name: actor.name, role: actor.role } };
    case 'counter':
    case 'rating':
      return { branchId, audience, key: actor.counterId ?? '' };
    case 'ticket':
      return { branchId, audience, key: actor.visitId ?? '' };
    case 'board':
      return { branchId, audience, key: room ?? '' };
    case 'kiosk':
      return { branchId, audience, key: '' };
  }
}
