import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { compare } from '../../../src/history/comparison.js';
import { figuresOf } from '../../../src/history/figures.js';
import { Replay } from '../../../src/history/replay.js';
import { Replays } from '../../../src/history/replays.js';
import { scriptOf } from '../../../src/history/scriptOf.js';
import type { Entry } from '../../../src/history/entry.js';
import type { ReplayRequest } from '../../../src/protocol/lookingBack.js';
import { arrivalsOf } from '../../../src/model/arrivals.js';
import { modelBranch } from '../../../src/simulator/branch.js';
import { CoreHall } from '../../../src/simulator/coreHall.js';
import { fixedHours } from '../../../src/simulator/elasticity.js';
import { Day } from '../../../src/simulator/play.js';
import type { DaySettings } from '../../../src/protocol/settings.js';
import { entriesOf } from '../../support/entries.js';
import { Witness } from '../../support/invariants.js';
import { LobbyDay, MIDNIGHT, setupWith, tellerAt } from '../../support/lobby.js';
import { randomCommand, steps } from '../../support/randomDay.js';

const MINUTE = 60_000;
const asThen: ReplayRequest = { settings: {}, open: [], closed: [] };

/** The log of a simulated day. */
function lived(seed: number, settings: Partial<DaySettings> = {}): Entry[] {
  const customers = arrivalsOf(seed, 1 + (seed % 5), { load: 1, specialShare: 0.08 });
  const bookings = customers.flatMap(({ booked, at, serviceId }, customer) =>
    booked === undefined ? [] : [{ customer, at: MIDNIGHT + Math.round(at * MINUTE), serviceId }],
  );
  let log: CoreHall['log'] = [];
  new Day(
    customers,
    MIDNIGHT,
    (told) => {
      const hall = new CoreHall(modelBranch(settings), told, MIDNIGHT, MIDNIGHT + 6 * 60 * MINUTE, bookings);
      log = hall.log;
      return hall;
    },
    fixedHours(),
  ).play();
  return entriesOf(log);
}

/** By ticket: the counter, and minutes after midnight at which the service began. */
function startsOf(entries: readonly Entry[]): Map<string, [counterId: string, at: number]> {
  const tickets = new Map<string, string>();
  const counterIds = new Map<string, string>();
  const starts = new Map<string, [string, number]>();
  for (const { event, at } of entries) {
    if (event.type === 'VisitIssued') tickets.set(event.visitId, event.ticket);
    if (event.type === 'VisitCalled') counterIds.set(event.visitId, event.counterId);
    if (event.type === 'ServiceStarted')
      starts.set(tickets.get(event.visitId)!, [counterIds.get(event.visitId)!, (at - MIDNIGHT) / MINUTE]);
  }
  return starts;
}

/** The events of one command at a time. */
function* commandsOf(log: readonly Entry[]): Generator<Entry[]> {
  for (let from = 0, to = 0; from < log.length; from = to) {
    while (log[to]?.commandId === log[from]?.commandId && to < log.length) to += 1;
    yield log.slice(from, to);
  }
}

const again = (day: readonly Entry[], request: Partial<ReplayRequest> = {}): Entry[] =>
  new Replay(scriptOf(day), { ...asThen, ...request }).play();
const meanOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;

describe('a replay', () => {
  it.each([
    [2, {}],
    [3, { mode: 'strictFifo' }],
    [4, { vipCap: 1, overtakesToProtect: 3, minutesToProtect: 10 }],
    [5, { mode: 'strictPriority' }],
    [6, { swapGain: 0, swapWalk: 2, walkMinutes: 3 }],
  ] as [number, Partial<DaySettings>][])(
    '[H-8] under the settings of the day serves everybody at the same window in the same second, seed %i %j',
    (seed, settings) => {
      const day = lived(seed, settings);
      const [then, now] = [startsOf(day), startsOf(again(day))];
      expect(now.size).toBe(then.size);
      for (const [ticket, [counterId, at]] of then) {
        const [otherId, otherAt] = now.get(ticket)!;
        expect([ticket, otherId]).toEqual([ticket, counterId]);
        expect(Math.abs(otherAt - at) * 60).toBeLessThan(1);
      }
    },
  );

  it('[H-8] under other settings has the waits that the same people had when they lived under them', () => {
    const normals = (entries: readonly Entry[]): number => meanOf(figuresOf(entries).classes.normal.waits);
    const vips = (entries: readonly Entry[]): number => meanOf(figuresOf(entries).classes.vip.waits);
    const day = lived(4);
    for (const settings of [{ mode: 'strictFifo' }, { mode: 'strictPriority' }] as const) {
      const [replayed, really] = [again(day, { settings }), lived(4, settings)];
      expect(startsOf(replayed).size).toBe(startsOf(really).size);
      expect(Math.abs(normals(replayed) - normals(really))).toBeLessThan(0.2);
      expect(Math.abs(vips(replayed) - vips(really))).toBeLessThan(0.2);
      // The policy mattered on this day: a replay that ignored it would be seen.
      expect(Math.abs(vips(day) - vips(really))).toBeGreaterThan(1);
    }
  });

  it('[H-8, H-10] with a window more or less has other staff minutes; without the key nobody has a need', () => {
    const day = lived(4);
    const { staffMinutes, classes } = figuresOf(again(day));
    const less = figuresOf(again(day, { closed: ['w1'] }));
    expect(less.staffMinutes).toBeLessThan(staffMinutes - 400);
    expect(meanOf(less.classes.normal.waits)).toBeGreaterThan(meanOf(classes.normal.waits) + 1);
    const more = figuresOf(again(day, { open: ['w8'] }));
    expect(more.staffMinutes).toBeGreaterThan(staffMinutes + 400);
    expect(meanOf(more.classes.normal.waits)).toBeLessThan(meanOf(classes.normal.waits));
    const erased = day.map((entry) =>
      entry.event.type === 'PriorityFlagged'
        ? { ...entry, event: { ...entry.event, needs: 'erased' as const } }
        : entry,
    );
    expect([compare(day, asThen).needsKnown, compare(erased, asThen).needsKnown]).toEqual([true, false]);
  });

  it('[H-10, P-28] asks what if a window had been a quick one on that day', () => {
    const day = lived(4, { mode: 'strictFifo' });
    const means = new Map(modelBranch().services.map(({ id, time }) => [id, time?.mean ?? Infinity]));
    /** Calls at the window for one service that takes long, of customers without priority. */
    const longCalls = (entries: readonly Entry[]): number => {
      const flagged = new Set(
        entries.flatMap(({ event }) => (event.type === 'PriorityFlagged' ? [event.visitId] : [])),
      );
      const long = new Set(
        entries.flatMap(({ event }) =>
          event.type === 'VisitIssued' && event.serviceIds.length === 1
            ? event.serviceIds.filter((id) => means.get(id)! > 5).map(() => event.visitId)
            : [],
        ),
      );
      return entries.filter(
        ({ event }) =>
          event.type === 'VisitCalled' &&
          event.counterId === 'w3' &&
          long.has(event.visitId) &&
          !flagged.has(event.visitId),
      ).length;
    };
    const quickCounters = [{ counterId: 'w3', minutes: 5, others: 'never' as const }];
    expect(longCalls(again(day))).toBeGreaterThan(10);
    expect(longCalls(again(day, { settings: { quickCounters } }))).toBe(0);
  });

  it('[H-14] opens elastic windows by advice, and leaves those alone that are set otherwise', () => {
    const day = lived(4);
    const signOns = (entries: readonly Entry[]): [counterId: string, minutes: number][] =>
      entries.flatMap(({ event, at }) => {
        if (event.type !== 'TellerSignedOn' || !['w7', 'w8'].includes(event.counterId)) return [];
        const until = entries.find(
          (entry) =>
            entry.at > at &&
            entry.event.type === 'TellerSignedOff' &&
            entry.event.counterId === event.counterId,
        );
        return [[event.counterId, ((until?.at ?? at) - at) / MINUTE] as [string, number]];
      });
    const all = (entries: readonly Entry[]): number =>
      signOns(entries).reduce((sum, [, minutes]) => sum + minutes, 0);
    const [lean, early] = [again(day, { elasticity: 'lean' }), again(day, { elasticity: 'early' })];
    for (const [, minutes] of signOns(early)) expect(minutes).toBeGreaterThanOrEqual(30);
    expect(signOns(early).length).toBeGreaterThan(0);
    expect(all(early)).toBeGreaterThan(all(lean));
    expect(signOns(lean)).not.toEqual(signOns(again(day)));
    const set = again(day, { elasticity: 'early', closed: ['w7'] });
    expect(new Set(signOns(set).map(([counterId]) => counterId))).toEqual(new Set(['w8']));
  });

  it('[H-14] opens an elastic window though whoever sat there on that day sits at another now', () => {
    const day = lived(4);
    const of =
      (counterId: string) =>
      ({ event }: Entry) =>
        event.type === 'TellerSignedOn' && event.counterId === counterId;
    const regular = day.find(of('w1'))!.event;
    const both = day.map((entry) =>
      of('w7')(entry)
        ? { ...entry, event: { ...regular, counterId: 'w7', skills: ['signLanguage'] } as Entry['event'] }
        : entry,
    );
    const played = again(both, { elasticity: 'early' });
    const elastic = played.filter(of('w7')).map(({ event }) => event);
    expect(elastic.length).toBeGreaterThan(0);
    expect(elastic[0]).toMatchObject({ skills: ['signLanguage'] });
    expect(played.filter(of('w1')).length).toBe(day.filter(of('w1')).length);
  });

  it('[H-14] follows who was not found and was seen again, a flag after a declined one, and further services', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w4');
    for (const id of ['w1', 'w2', 'w4']) {
      day.issue();
      day.serveNext(id);
    }
    // Waits longest when a window that was kept in vain is given back.
    const vip = day.issue('cash', 3);
    const lost = day.minutes(3).issue();
    const { id: firstId, counterId: first = '' } = day.minutes(1).flag(lost).confirm(lost);
    day.do({ type: 'AcknowledgeAlert', episodeId: firstId }, tellerAt(first));
    day.minutes(1).finish(first);
    const second = day.issue();
    day
      .flag(second)
      .minutes(1)
      .do({ type: 'DeclinePriority', ...day.on(second) });
    expect(day.minutes(3).visit(lost.id).flag?.notFound).toBe(true);
    expect(day.serveNext(first)).toBe(vip.id);
    day.do({ type: 'MarkHereAgain', ...day.on(lost) });
    const { id: secondId, counterId: window = '' } = day.minutes(1).confirm(lost);
    expect(window).not.toBe(first);
    day.do({ type: 'AcknowledgeAlert', episodeId: secondId }, tellerAt(window));
    day.seconds(10).do({ type: 'MarkOnTheWay', episodeId: secondId });
    day.minutes(1).do({ type: 'MarkArrived', episodeId: secondId });
    day.finish(window);
    expect(day.serveNext(window)).toBe(lost.id);
    day.minutes(1).flag(second, ['seat']).minutes(4).finish(window);
    expect(day.serveNext(window)).toBe(second.id);
    const teller = tellerAt(window);
    day.minutes(2).do({ type: 'AddService', ...day.on(second), serviceId: 'cashComplex' }, teller);
    const other = day.issue('cashComplex');
    day.minutes(1).do({ type: 'FinishService', ...day.on(second), placement: 'end' }, teller);
    for (const { id } of [other, second]) {
      expect(day.serveNext(window)).toBe(id);
      day.minutes(3).finish(window);
    }
    for (const { id, visitId } of Object.values(day.state.counters))
      if (visitId !== undefined) day.finish(id);
    day.do({ type: 'CloseDay', endRemaining: true });
    const played = again(entriesOf(day.log));
    const story = (entries: readonly Entry[]): string[] => {
      const tickets = new Map<string, string>();
      return entries.flatMap(({ event }) => {
        if (event.type === 'VisitIssued') tickets.set(event.visitId, event.ticket);
        const told =
          event.type === 'VisitHereAgain' ||
          event.type === 'LoveWindowEnded' ||
          event.type === 'PriorityFlagged' ||
          event.type === 'PriorityDeclined' ||
          event.type === 'ServiceStarted';
        return told ? [`${tickets.get(event.visitId) ?? ''} ${event.type}`] : [];
      });
    };
    expect(story(played)).toEqual(story(entriesOf(day.log)));
    expect(story(played).filter((line) => line.endsWith('VisitHereAgain'))).toHaveLength(1);
    expect(story(played).filter((line) => line.endsWith('PriorityFlagged'))).toHaveLength(3);
  });

  it('[H-9] is one at a time on a server, in a thread of its own, and ends in time', async () => {
    const worker = pathToFileURL(resolve('dist/src/history/replayWorker.js'));
    const task = { entries: lived(1), request: asThen };
    const replays = new Replays(worker);
    const [first, second] = [replays.run(task), replays.run(task)];
    expect(await second).toMatchObject({ ok: false, code: 'replay-busy' });
    let turns = 0;
    const beat = setInterval(() => (turns += 1), 5);
    expect(await first).toEqual(compare(task.entries, asThen));
    clearInterval(beat);
    // The server's own thread went on.
    expect(turns).toBeGreaterThan(5);
    const hasty = new Replays(worker, 1);
    expect(await hasty.run(task)).toMatchObject({ ok: false, code: 'replay-too-long' });
    const ending = new Replays(worker);
    const cut = ending.run(task);
    await ending.close();
    expect(await cut).toMatchObject({ ok: false, code: 'shutting-down' });
    expect(ending.busy).toBe(false);
  });

  it('[H-8, L1–L11] of a day on which everything happens keeps the rules, and everybody comes once', () => {
    fc.assert(
      fc.property(fc.array(steps, { minLength: 60, maxLength: 200 }), (moves) => {
        const day = new LobbyDay().open(setupWith({ autoCall: moves.length % 2 === 0 }));
        day.signOn('w1', 'w2', 'w3', 'w4', 'w5');
        for (const step of moves) randomCommand(day, step);
        day.minutes(20 * 60);
        const entries = entriesOf(day.log);
        const log = again(entries);
        const witness = new Witness();
        for (const command of commandsOf(log)) witness.see(command);
        const count = (list: readonly Entry[]) =>
          list.filter(({ event }) => event.type === 'VisitIssued').length;
        expect(count(log)).toBe(count(entries));
        expect(log.at(-1)?.event.type).toBe('DayClosed');
      }),
      { numRuns: 6 },
    );
  });
});
