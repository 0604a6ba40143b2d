import type { Looking, Subject } from '../../../src/doors/watch.js';
import type { Watch } from '../../../src/doors/watch.js';
import { MOST_UNSENT, Publisher, SLOW_MS } from '../../../src/gateway/publisher.js';
import type { Frame, Screen } from '../../../src/gateway/screen.js';
import { BEAT_MS, PUBLIC_BEATS } from '../../../src/protocol/live.js';

const board: Subject = { branchId: 'main', audience: 'board', key: '' };
const SLOTS = 20;

/** A publisher over a view that the test writes, with clock, beat and screens in its hand. */
function stage() {
  const state = {
    view: { waiting: 0 } as unknown,
    alive: true,
    epoch: 'log',
    now: 0,
    publicBeats: 0,
    prepared: [] as Looking[],
    branchIds: ['main'],
  };
  let shown: (branchId: string) => void = () => undefined;
  let tick: () => void = () => undefined;
  const rooms = new Map<string, Set<FakeScreen>>();
  const encoded: string[] = [];
  const watch: Pick<Watch, keyof Watch> = {
    branchIds: () => state.branchIds,
    onShown: (listener) => {
      shown = listener;
      return () => undefined;
    },
    prepare: (_branchId: string, looking: Looking) => void state.prepared.push(looking),
    publicBeat: () => (state.publicBeats += 1),
    view: () => state.view,
    epoch: () => state.epoch,
    now: () => state.now,
    beat: () => (state.alive ? { at: state.now, rate: 1 } : undefined),
  };
  const publisher = new Publisher({
    watch: watch as Watch,
    broadcast: (room, name, frame) => {
      encoded.push(name);
      for (const screen of rooms.get(room) ?? []) screen.send(name, frame);
    },
    every: (_ms, ring) => {
      tick = ring;
      return () => undefined;
    },
    steady: () => state.now,
    onFault: () => undefined,
  });
  publisher.start();
  class FakeScreen implements Screen {
    readonly got: { name: string; frame: Frame }[] = [];
    waiting = 0;
    wasCut = false;
    constructor(readonly id: string) {}
    send = (name: string, frame: Frame) => void this.got.push({ name, frame });
    join = (room: string) => void rooms.set(room, (rooms.get(room) ?? new Set()).add(this));
    leave = (room: string) => void rooms.get(room)?.delete(this);
    unsent = () => this.waiting;
    cut = () => void (this.wasCut = true);
    names = () => this.got.map(({ name }) => name);
  }
  return {
    state,
    publisher,
    encoded,
    screen: (id: string) => new FakeScreen(id),
    change: (view: unknown) => {
      state.view = view;
      shown('main');
    },
    /** Slots of the schedule, a twentieth of a beat each. */
    slots: (count: number) => {
      for (let i = 0; i < count; i += 1) tick();
    },
    beat: (times = 1) => {
      for (let i = 0; i < times * SLOTS; i += 1) tick();
    },
  };
}

describe('the publisher', () => {
  it('encodes a change once, however many screens watch', () => {
    const { publisher, screen, change, encoded } = stage();
    const screens = ['a', 'b', 'c'].map(screen);
    for (const each of screens) publisher.subscribe(each, board);
    change({ waiting: 1 });
    expect(encoded).toEqual(['patch']);
    for (const each of screens) expect(each.names()).toEqual(['view', 'beat', 'patch']);
  });

  it('[L14] sends nothing for an event that leaves the view as it was, and counts no version for it', () => {
    const { publisher, screen, change, encoded } = stage();
    const watching = screen('a');
    publisher.subscribe(watching, board);
    change({ waiting: 0 });
    change({ waiting: 0 });
    expect(encoded).toEqual([]);
    change({ waiting: 1 });
    expect(watching.got.at(-1)?.frame).toEqual({ version: 2, patch: { waiting: 1 } });
  });

  it('[L14] takes public estimates on every third beat only, whatever happens', () => {
    const { state, publisher, screen, change, beat } = stage();
    publisher.subscribe(screen('a'), board);
    const told = Array.from({ length: 4 * PUBLIC_BEATS }, (_, i) => {
      const before = state.publicBeats;
      change({ waiting: i });
      beat();
      return state.publicBeats - before;
    });
    const first = told.indexOf(1);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(told).toEqual(told.map((_, i) => (i % PUBLIC_BEATS === first % PUBLIC_BEATS ? 1 : 0)));
  });

  it('[P-16] begins estimates a second before the public beat, for whom somebody looks', () => {
    const { state, publisher, screen, slots } = stage();
    const perSecond = SLOTS / (BEAT_MS / 1000);
    publisher.subscribe(screen('a'), board);
    const untilPrepared = (): number => {
      const before = state.prepared.length;
      for (let count = 1; ; count += 1) {
        slots(1);
        if (state.prepared.length > before) return count;
      }
    };
    const round = SLOTS * PUBLIC_BEATS;
    untilPrepared();
    const beats = state.publicBeats;
    slots(perSecond - 1);
    expect(state.publicBeats).toBe(beats);
    slots(1);
    expect(state.publicBeats).toBe(beats + 1);
    expect(untilPrepared()).toBe(round - perSecond);
    expect(state.prepared.at(-1)).toEqual({ public: true, staff: false });
    publisher.subscribe(screen('b'), { ...board, audience: 'manager', key: 'm1' });
    slots(round);
    expect(state.prepared.at(-1)).toEqual({ public: true, staff: true });
  });

  it('[P-30] spreads the public beats of many branches over the time between two of one', () => {
    const { state, slots } = stage();
    state.branchIds = Array.from({ length: 200 }, (_, i) => `b${String(i)}`);
    const beats = Array.from({ length: SLOTS * PUBLIC_BEATS }, () => {
      const before = state.publicBeats;
      slots(1);
      return state.publicBeats - before;
    });
    expect(beats.reduce((sum, count) => sum + count, 0)).toBe(200);
    for (let third = 0; third < 3; third += 1) {
      const own = beats.slice(third * SLOTS, (third + 1) * SLOTS);
      expect(own.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(40);
    }
    expect(Math.max(...beats)).toBeLessThan(12);
  });

  it('[P-16] begins none for a branch that nobody looks at', () => {
    const { state, publisher, screen, beat } = stage();
    publisher.subscribe(screen('a'), board)();
    beat(PUBLIC_BEATS * 2);
    expect(state.prepared).toEqual([]);
  });

  it('[S-5] sends nothing of a dead branch, new estimates neither', () => {
    const { state, publisher, screen, beat } = stage();
    const watching = screen('a');
    publisher.subscribe(watching, board);
    const [heard, beats] = [watching.got.length, state.publicBeats];
    state.alive = false;
    state.view = { waiting: 0, estimate: 12 };
    beat(PUBLIC_BEATS * 3);
    expect(watching.got).toHaveLength(heard);
    expect([state.publicBeats, state.prepared]).toEqual([beats, []]);
  });

  it('beats once a beat, and no more once the runner is dead', () => {
    const { state, publisher, screen, beat } = stage();
    const watching = screen('a');
    publisher.subscribe(watching, board);
    beat(4);
    expect(watching.names().filter((name) => name === 'beat')).toHaveLength(5);
    state.alive = false;
    beat(4);
    expect(watching.names().filter((name) => name === 'beat')).toHaveLength(5);
  });

  it('[S-4] sets a screen aside that does not read, and gives it one whole view when it does', () => {
    const { publisher, screen, change, beat } = stage();
    const [slow, quick] = [screen('slow'), screen('quick')];
    publisher.subscribe(slow, board);
    publisher.subscribe(quick, board);
    slow.waiting = MOST_UNSENT + 1;
    change({ waiting: 1 });
    change({ waiting: 2 });
    beat();
    expect(slow.names()).toEqual(['view', 'beat']);
    expect(quick.names().filter((name) => name === 'patch')).toHaveLength(2);
    slow.waiting = 0;
    beat();
    expect(slow.got.filter(({ name }) => name === 'view').at(-1)?.frame).toMatchObject({
      version: 3,
      view: { waiting: 2 },
    });
    change({ waiting: 3 });
    expect(slow.got.at(-1)?.frame).toEqual({ version: 4, patch: { waiting: 3 } });
  });

  it('[S-4] cuts a screen that has not drained in time', () => {
    const { state, publisher, screen, change, beat } = stage();
    const slow = screen('slow');
    publisher.subscribe(slow, board);
    slow.waiting = MOST_UNSENT + 1;
    change({ waiting: 1 });
    state.now += SLOW_MS - 1;
    beat();
    expect(slow.wasCut).toBe(false);
    state.now += 1;
    beat();
    expect(slow.wasCut).toBe(true);
    expect(publisher.slowScreens()).toBe(0);
  });

  it('[S-4] gives everybody the whole view when the log is another one', () => {
    const { state, publisher, screen, change } = stage();
    const watching = screen('a');
    publisher.subscribe(watching, board);
    const { epoch } = watching.got[0]?.frame as { epoch: string };
    state.epoch = 'restored';
    change({ waiting: 7 });
    expect(watching.got.at(-1)).toMatchObject({ name: 'view', frame: { version: 1, view: { waiting: 7 } } });
    expect((watching.got.at(-1)?.frame as { epoch: string }).epoch).not.toBe(epoch);
  });

  it('cuts a page for which there is no view', () => {
    const { state, publisher, screen } = stage();
    state.view = undefined;
    const lost = screen('a');
    publisher.subscribe(lost, { branchId: 'main', audience: 'ticket', key: 'v1' });
    expect([lost.wasCut, lost.got]).toEqual([true, []]);
  });
});
