import type { Subject, Watch } from '../doors/watch.js';
import type { Audience } from '../protocol/views.js';
import { BEAT_MS, PUBLIC_BEATS } from '../protocol/live.js';
import { Channel } from './channel.js';
import type { Broadcast, Screen } from './screen.js';

/** A screen with more frames unsent gets no more until it has drained [G8]. */
export const MOST_UNSENT = 256;
/** A screen that has not drained by then is cut. */
export const SLOW_MS = 30_000;
/** A channel that nobody watches is kept so long, so that a screen that reconnects gets only what it missed. */
const KEPT_MS = 120_000;
/** Slots before a public beat at which its estimates are begun: a second. */
const LEAD = 4;
/** Branches beat one after the other within the beat, each at a place that depends on its id alone. */
const SLOTS = 20;
/** Their public beats too, or all their estimates would be asked for in one of three beats [P-30]. */
const ROUND = SLOTS * PUBLIC_BEATS;

/** Calls `tick` every `ms` until the returned function is called. Tests give one that they ring by hand. */
export type Every = (ms: number, tick: () => void) => () => void;

interface Watched {
  channel: Channel;
  subject: Subject;
  room: string;
  screens: Set<Screen>;
  /** Steady ms since which nobody watches. */
  idleSince: number;
}

interface Publishing {
  watch: Watch;
  broadcast: Broadcast;
  every: Every;
  /** A clock in ms that never steps. */
  steady: () => number;
  /** Told when a view can't be made; nothing of it may reach a screen. */
  onFault: (error: unknown, subject: Subject) => void;
}

/** Sends each view's changes to the screens that watch it, and beats while the branch lives. */
export class Publisher {
  readonly #branches = new Map<string, Map<string, Watched>>();
  readonly #slow = new Map<Screen, { watched: Watched; since: number }>();
  readonly #stops: (() => void)[] = [];
  #tick = 0;

  constructor(private readonly with_: Publishing) {}

  start(): void {
    const { watch, every } = this.with_;
    for (const branchId of watch.branchIds()) watch.publicBeat(branchId);
    this.#stops.push(
      watch.onShown((branchId) => this.publish(branchId)),
      every(BEAT_MS / SLOTS, () => this.#slot()),
    );
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Adds a screen and brings it up to date: what it missed if that is known, else the whole view. */
  subscribe(screen: Screen, subject: Subject, seen?: { epoch: string; version: number }): () => void {
    const watched = this.#watched(subject);
    // Those already watching are brought to the same point first, so that versions mean the same to all.
    this.#advance(watched);
    if (!watched.channel.filled) {
      screen.cut();
      return () => undefined;
    }
    const missed = watched.channel.missed(seen);
    if (missed === undefined)
      screen.send('view', watched.channel.whole(this.with_.watch.now(subject.branchId)));
    else for (const frame of missed) screen.send('patch', frame);
    this.#enter(screen, watched);
    const beat = this.with_.watch.beat(subject.branchId);
    // A page takes any frame as the sign that it misses nothing; one that missed nothing gets this one.
    if (beat !== undefined) screen.send('beat', beat);
    return () => this.#unsubscribe(screen, watched);
  }

  /** Sends what changed for each view of the branch that somebody watches. Runs before the acks of those commands. */
  publish(branchId: string): void {
    for (const watched of this.#branches.get(branchId)?.values() ?? [])
      if (watched.screens.size > 0) this.#advance(watched);
  }

  /** Tells every screen that the server goes down in order. @param retryMs when to come back */
  bye(retryMs: number): void {
    for (const [branchId] of this.#branches) this.with_.broadcast(beatRoom(branchId), 'bye', { retryMs });
  }

  /** Screens that were set aside because they don't read. */
  slowScreens(): number {
    return this.#slow.size;
  }

  /** One beat of one branch. Every third is the public beat, on which public estimates may change [L14]. */
  beat(branchId: string, isPublic: boolean): void {
    const { watch, broadcast } = this.with_;
    const beat = watch.beat(branchId);
    // Any frame would say that a dead branch lives, new estimates of its old lobby too.
    if (beat === undefined) return;
    if (isPublic) {
      watch.publicBeat(branchId);
      this.publish(branchId);
    }
    if (this.#branches.has(branchId)) broadcast(beatRoom(branchId), 'beat', beat);
  }

  #slot(): void {
    const slot = this.#tick % ROUND;
    this.#tick += 1;
    for (const branchId of this.with_.watch.branchIds()) {
      const own = slotOf(branchId);
      if (own % SLOTS === slot % SLOTS) this.beat(branchId, own === slot);
    }
    for (const [branchId, channels] of this.#branches)
      if (slotOf(branchId) === (slot + LEAD) % ROUND) this.#prepare(branchId, channels);
    this.#tendSlow();
    if (slot % SLOTS === 0) this.#forgetIdle();
  }

  #prepare(branchId: string, channels: ReadonlyMap<string, Watched>): void {
    const looking = { public: false, staff: false };
    for (const { subject, screens } of channels.values()) {
      if (screens.size === 0) continue;
      if (subject.audience === 'manager') looking.staff = true;
      else if (isPublic(subject.audience)) looking.public = true;
    }
    if (!looking.public && !looking.staff) return;
    const { watch, onFault } = this.with_;
    try {
      if (watch.beat(branchId) !== undefined) watch.prepare(branchId, looking);
    } catch (error) {
      onFault(error, { branchId, audience: 'board', key: '' });
    }
  }

  #watched(subject: Subject): Watched {
    const channels = this.#branches.get(subject.branchId) ?? new Map<string, Watched>();
    this.#branches.set(subject.branchId, channels);
    const key = `${subject.audience}/${subject.key}`;
    const kept = channels.get(key);
    if (kept !== undefined) return kept;
    const room = `${subject.branchId}/${key}`;
    const made = {
      channel: new Channel(subject.audience),
      subject,
      room,
      screens: new Set<Screen>(),
      idleSince: 0,
    };
    channels.set(key, made);
    return made;
  }

  #advance(watched: Watched): void {
    const { watch, broadcast, onFault } = this.with_;
    const { channel, subject, room } = watched;
    let view: unknown;
    try {
      view = watch.view(subject);
    } catch (error) {
      onFault(error, subject);
      return;
    }
    // A ticket of a past day: its phone is cut when its token is next looked at.
    if (view === undefined) return;
    const change = channel.advance(view, watch.epoch(subject.branchId));
    if (change === undefined || watched.screens.size === 0) return;
    for (const screen of watched.screens) if (screen.unsent() > MOST_UNSENT) this.#setAside(screen, watched);
    if (change === 'reset') broadcast(room, 'view', channel.whole(watch.now(subject.branchId)));
    else broadcast(room, 'patch', change);
  }

  #enter(screen: Screen, watched: Watched): void {
    watched.screens.add(screen);
    screen.join(watched.room);
    screen.join(beatRoom(watched.subject.branchId));
  }

  #leave(screen: Screen, watched: Watched): void {
    watched.screens.delete(screen);
    watched.idleSince = this.with_.steady();
    screen.leave(watched.room);
    screen.leave(beatRoom(watched.subject.branchId));
  }

  #unsubscribe(screen: Screen, watched: Watched): void {
    this.#slow.delete(screen);
    this.#leave(screen, watched);
  }

  #setAside(screen: Screen, watched: Watched): void {
    this.#leave(screen, watched);
    this.#slow.set(screen, { watched, since: this.with_.steady() });
  }

  #tendSlow(): void {
    for (const [screen, { watched, since }] of this.#slow) {
      if (screen.unsent() === 0) {
        this.#slow.delete(screen);
        this.#advance(watched);
        screen.send('view', watched.channel.whole(this.with_.watch.now(watched.subject.branchId)));
        this.#enter(screen, watched);
      } else if (this.with_.steady() - since >= SLOW_MS) {
        this.#slow.delete(screen);
        screen.cut();
      }
    }
  }

  #forgetIdle(): void {
    const now = this.with_.steady();
    for (const [branchId, channels] of this.#branches) {
      for (const [key, { screens, idleSince }] of channels)
        if (screens.size === 0 && now - idleSince > KEPT_MS) channels.delete(key);
      if (channels.size === 0) this.#branches.delete(branchId);
    }
  }
}

const isPublic = (audience: Audience): boolean =>
  audience === 'board' || audience === 'kiosk' || audience === 'ticket';

const beatRoom = (branchId: string): string => `${branchId}/*`;

/** FNV-1a, so that a branch's beats fall at times that depend on nothing but its id. */
function slotOf(branchId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < branchId.length; i += 1) hash = Math.imul(hash ^ branchId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % ROUND;
}
