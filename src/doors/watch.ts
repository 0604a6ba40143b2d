import type { Identity } from '../identity/identity.js';
import type { BeatFrame } from '../protocol/live.js';
import type { Audience } from '../protocol/views.js';
import type { Lobbies, Shown } from '../runtime/lobbies.js';

/** Whose eyes a view is made for. */
export interface Subject {
  branchId: string;
  audience: Audience;
  /** Staff id, counter id, visit id or a room's zone; '' where all see the same. */
  key: string;
  me?: { id: string; name: string };
}

/** What a view is made with besides the state. */
export interface SightContext {
  /** Branch time, UTC ms; for public views that of the latest public beat [L14]. */
  now: number;
  key?: string;
  me?: { id: string; name: string };
  /** Estimates of the latest public beat; what they hold is between forecast and views. */
  published?: unknown;
  demo: boolean;
}

/** The pure functions that views are made by; the composition root brings them. */
export interface Sight {
  viewFor(audience: Audience, state: Shown['state'], context: SightContext): unknown;
  publicEstimates(state: Shown['state'], now: number): unknown;
}

const publicAudiences: ReadonlySet<Audience> = new Set<Audience>(['board', 'kiosk', 'ticket']);

/** What an identity may see of its branch. Public views change with public facts and on public beats only [L14]. */
export class Watch {
  readonly #published = new Map<string, { at: number; estimates: unknown }>();

  constructor(
    private readonly lobbies: Lobbies,
    private readonly sight: Sight,
    private readonly demo: boolean,
  ) {}

  branchIds(): string[] {
    return this.lobbies.branchIds();
  }

  onShown(listener: (branchId: string) => void): () => void {
    return this.lobbies.onShown(listener);
  }

  /** Takes the public estimates anew. Only the beat calls this, on a schedule that depends on no event. */
  publicBeat(branchId: string): void {
    const shown = this.lobbies.shown(branchId);
    const at = shown.now();
    this.#published.set(branchId, { at, estimates: this.sight.publicEstimates(shown.state, at) });
  }

  view({ branchId, audience, key, me }: Subject): unknown {
    const shown = this.lobbies.shown(branchId);
    const published = this.#published.get(branchId);
    const now = publicAudiences.has(audience) ? (published?.at ?? shown.now()) : shown.now();
    return this.sight.viewFor(audience, shown.state, {
      now,
      demo: this.demo,
      ...(key === '' ? {} : { key }),
      ...(me === undefined ? {} : { me }),
      ...(published === undefined ? {} : { published: published.estimates }),
    });
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
      return { branchId, audience, key: actor.id, me: { id: actor.id, name: actor.name } };
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
