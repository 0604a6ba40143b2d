import * as fc from 'fast-check';
import { publishedBranch } from '../../../src/forecast/ahead/published.js';
import { LiveForecast, type Ask, type Basis } from '../../../src/forecast/live/liveForecast.js';
import { Learner } from '../../../src/forecast/live/learner.js';
import { answerTo, type AheadRequest } from '../../../src/forecast/live/request.js';
import { linesForecast } from '../../../src/forecast/lines.js';
import type { Scene, Waits } from '../../../src/forecast/port.js';
import { preview } from '../../../src/lobby/plan.js';
import type { BranchSetup } from '../../../src/protocol/settings.js';
import type { MinutesRange } from '../../../src/protocol/views.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import { LobbyDay, MIDNIGHT, setupWith, tellerAt } from '../../support/lobby.js';
import { randomCommand, steps } from '../../support/randomDay.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const MINUTE = 60_000;

/** A day at 09:00 with three cash windows at work and `line` people waiting for cash. */
function fullLobby(line = 12, setup = setupWith({ autoCall: false })): LobbyDay {
  const day = new LobbyDay().open(setup).signOn('w1', 'w2', 'w4');
  for (const id of ['w1', 'w2', 'w4']) {
    day.issue();
    day.serveNext(id);
  }
  for (let i = 0; i < line; i += 1) day.issue();
  return day.minutes(3);
}

const sceneOf = (day: LobbyDay): Scene => ({
  branchId: 'main',
  lines: publicFacts(day.state),
  state: day.state,
  at: day.now,
});

/** A forecast whose thread is this one: it answers before the beat, or not, as the test says. */
class Told {
  readonly asked: AheadRequest[] = [];
  late = false;
  readonly #ask: Ask = (request) => {
    this.asked.push(request);
    return Promise.resolve(this.late ? undefined : answerTo(request));
  };
  readonly forecast = new LiveForecast({ public: this.#ask, staff: this.#ask });

  async at(day: LobbyDay): Promise<{ public: Waits; staff: Record<string, MinutesRange> }> {
    const scene = sceneOf(day);
    this.forecast.prepare(scene, { public: true, staff: true });
    await Promise.resolve();
    return { public: this.forecast.lines(scene), staff: this.forecast.visits(scene) };
  }
}

const waitingIn = (day: LobbyDay): string[] =>
  Object.values(day.state.visits).flatMap(({ id, stage }) => (stage.status === 'waiting' ? [id] : []));
const last = (day: LobbyDay): string => waitingIn(day).at(-1) ?? '';
const lowOf = (ranges: Record<string, MinutesRange>, id: string): number => ranges[id]?.low ?? Number.NaN;

const without = (setup: BranchSetup, serviceId: string): BranchSetup => ({
  ...setup,
  services: setup.services.map(({ time, ...service }) => ({
    ...service,
    ...(time && service.id !== serviceId && { time }),
  })),
});

/** As a server that starts again has it; by what was kept of it then, or now. */
function restarted(told: Told, kept = told.forecast.memories()): Told {
  const next = new Told();
  for (const { branchId, memory } of kept) next.forecast.recall(branchId, memory);
  return next;
}

describe('A forecast after a restart', () => {
  it('[P-21] counts an opening as followed that a crash kept from being written down', () => {
    const day = fullLobby(20);
    const told = new Told();
    const look = (by: Told) => by.forecast.staffing(sceneOf(day));
    const expected = look(told).advice?.work;
    const kept = told.forecast.memories();
    day.do({ type: 'SignOn', counterId: 'w7' }, tellerAt('w7'));
    look(told);
    const next = restarted(told, kept);
    look(next);
    day.minutes(25);
    expect(look(next).outcome).toMatchObject({ to: 'open', counterId: 'w7', expected });
    expect(look(next).outcome).toEqual({ ...look(told).outcome, at: expect.any(Number) as number });
  });

  it('[P-21] lets advice stand as long as it has stood', () => {
    const day = fullLobby(20);
    const told = new Told();
    const look = (by: Told) => by.forecast.staffing(sceneOf(day));
    const since = look(told).advice?.since;
    day.minutes(2);
    expect(look(restarted(told)).advice?.since).toBe(since);
    expect(look(new Told()).advice?.since).toBe(day.now);
  });

  it('[P-17] tells the ranges that it would have told without one, and not those of another day', async () => {
    const day = fullLobby(16);
    const told = new Told();
    // Each of these waits takes far longer than was told.
    for (let n = 0; n < 12; n += 1) {
      await told.at(day);
      day.minutes(12);
      const [counterId] = ['w1', 'w2', 'w4'].filter((id) => n % 3 === ['w1', 'w2', 'w4'].indexOf(id));
      day.finish(counterId ?? '');
      day.serveNext(counterId ?? '');
    }
    const went = await told.at(day);
    const next = restarted(told);
    expect(await next.at(day)).toEqual(went);
    expect((await new Told().at(day)).public).not.toEqual(went.public);
    const [kept] = told.forecast.memories();
    for (const memory of [
      kept?.memory.replace('2026-03-02', '2026-03-01') ?? '',
      kept?.memory.replace(/"high":[^,}]*/, '"high":null') ?? '',
      '{"version":0}',
      'x',
    ])
      expect(await restarted(told, [{ branchId: 'main', memory }]).at(day)).toEqual(await new Told().at(day));
  });
});

describe('The ranges of a live branch', () => {
  it('[P-10] grow along the line, for the public as for staff, and a newcomer waits longest', async () => {
    const day = fullLobby();
    const { public: told, staff } = await new Told().at(day);
    for (const ranges of [told.visits, staff]) {
      const lows = waitingIn(day).map((id) => lowOf(ranges, id));
      expect(lows).toEqual([...lows].sort((a, b) => a - b));
      expect(lows.at(-1)).toBeGreaterThan(4 * (lows[0] ?? 0));
    }
    expect(told.services['cash']?.low).toBeGreaterThanOrEqual(lowOf(told.visits, last(day)));
    expect(told.zones['cash']).toBeDefined();
  });

  it('[P-29] say what they rest on, so that whoever measures knows how fresh they are', async () => {
    const told: [string, Basis | undefined][] = [];
    const ask: Ask = (request) => Promise.resolve(answerTo(request));
    const forecast = new LiveForecast({ public: ask, staff: ask }, (about, basis) =>
      told.push([about, basis]),
    );
    const day = fullLobby();
    const scene = sceneOf(day);
    forecast.lines(scene);
    forecast.prepare(scene, { public: true, staff: false });
    await Promise.resolve();
    forecast.lines({ ...scene, at: scene.at + 1_000 });
    forecast.visits(scene);
    expect(told).toEqual([
      ['public', undefined],
      ['public', { runs: 100, age: 1_000 }],
      ['staff', undefined],
    ]);
  });

  it('[P-15] rise when a counter pauses and fall when one opens', async () => {
    const day = fullLobby();
    const told = new Told();
    const before = lowOf((await told.at(day)).public.visits, last(day));
    day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w4'));
    const fewer = await told.at(day);
    expect(lowOf(fewer.public.visits, last(day))).toBeGreaterThan(before);
    expect(lowOf(fewer.staff, last(day))).toBeGreaterThan(before);
    day.do({ type: 'ResumeCounter' }, tellerAt('w4'));
    day.signOn('w3', 'w5');
    expect(lowOf((await told.at(day)).public.visits, last(day))).toBeLessThan(before);
  });

  it('[P-15] a flag and a love window move what managers are told, and nothing that the public is told', async () => {
    const day = fullLobby();
    const elder = day.visit(last(day));
    const before = await new Told().at(day);
    day.flag(elder, ['lowCounter']).confirm(elder);
    const scene = sceneOf(day);
    const after = await new Told().at(day);
    expect(publicFacts(day.state)).toEqual(scene.lines);
    expect(lowOf(after.staff, elder.id)).toBeLessThan(lowOf(before.staff, elder.id) / 2);
    const [first = ''] = waitingIn(day);
    expect(after.staff[first]).not.toEqual(before.staff[first]);
    // Both were asked a few milliseconds apart, which no whole minute shows.
    expect(after.public).toEqual(before.public);
  });

  it('[P-15] the public wait ends with the call, the wait that staff see with the start of service', async () => {
    const day = fullLobby();
    const told = new Told();
    await told.at(day);
    expect(told.asked.map(({ waitEnd }) => waitEnd)).toEqual(['call', 'service']);
    const [request] = told.asked;
    if (!request) throw new Error('nothing asked');
    const waits = (waitEnd: AheadRequest['waitEnd']): number[] =>
      Object.values(answerTo({ ...request, waitEnd })[0]?.visits ?? {}).map(({ mean }) => mean);
    const walks = waits('service').map((wait, i) => wait - (waits('call')[i] ?? NaN));
    expect(walks).toHaveLength(12);
    const { mean, cv } = publishedBranch.walk;
    for (const walk of walks) expect(Math.abs(walk - mean)).toBeLessThan((4 * mean * cv) / 10);
  });

  it('[P-10] a service without a service time has no estimate, nor has anybody behind one', async () => {
    const setup = without(setupWith({ autoCall: false }), 'personal');
    const day = new LobbyDay().open(setup).signOn('w1', 'w6');
    const cash = day.issue('cash');
    day.issue('corporate');
    expect((await new Told().at(day)).public.visits[cash.id]).toBeDefined();
    const personal = day.issue('personal');
    const { public: told, staff } = await new Told().at(day);
    for (const ranges of [told.visits, staff]) {
      expect(ranges[personal.id]).toBeUndefined();
      expect(ranges[cash.id]).toBeUndefined();
    }
    expect(told.services['personal']).toBeUndefined();
  });

  it('[P-10] nobody is told a wait for a window that is not open', async () => {
    const day = new LobbyDay().open().signOn('w1');
    const company = day.issue('corporate');
    const { public: told, staff } = await new Told().at(day);
    expect([told.visits[company.id], staff[company.id], told.services['corporate']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('[P-16] come from counts and means when the thread is late, and from one preparation before at most', async () => {
    const day = fullLobby();
    const told = new Told();
    const fresh = (await told.at(day)).public;
    const simple = linesForecast(sceneOf(day).lines);
    expect(fresh).not.toEqual(simple);
    told.late = true;
    expect((await told.at(day)).public).toEqual(fresh);
    expect((await told.at(day)).public).toEqual(simple);
  });

  it('[P-16] are never those of an hour ago, nor of yesterday, nor of an answer that came too late', async () => {
    const told = new Told();
    const day = fullLobby();
    await told.at(day);
    // Nobody looks any more: beats go by and nothing is begun.
    for (let beat = 0; beat < 3; beat += 1) told.forecast.lines(sceneOf(day));
    expect(told.forecast.lines(sceneOf(day))).toEqual(linesForecast(sceneOf(day).lines));
    expect(Object.keys(told.forecast.visits(sceneOf(day)))).toEqual(waitingIn(day));

    const scene = sceneOf(fullLobby());
    told.forecast.prepare(scene, { public: true, staff: true });
    const tomorrow = new LobbyDay(MIDNIGHT + 33 * 60 * MINUTE);
    tomorrow.do({
      type: 'BeginDay',
      day: '2026-03-03',
      midnight: MIDNIGHT + 24 * 60 * MINUTE,
      setup: setupWith(),
      appointments: [],
    });
    tomorrow.signOn('w1');
    expect(told.forecast.lines(sceneOf(tomorrow))).toEqual(linesForecast(sceneOf(tomorrow).lines));
    await Promise.resolve();
    expect(told.forecast.lines(sceneOf(tomorrow))).toEqual(linesForecast(sceneOf(tomorrow).lines));
    expect(told.forecast.visits(sceneOf(tomorrow))).toEqual({});
  });

  it('[P-17] forget a standstill: what everybody waited then does not colour the rest of the day', () => {
    const learner = new Learner();
    const raw = { p10: 3, p50: 6, p90: 9, mean: 6 };
    const usual = learner.range(raw);
    for (let i = 0; i < 12; i += 1) {
      learner.range(raw, 0, `stood ${String(i)}`);
      learner.ended(`stood ${String(i)}`, 180 * MINUTE);
    }
    expect(learner.range(raw).high).toBeLessThan(4 * usual.high);
    for (let i = 0; i < 20; i += 1) {
      learner.range(raw, 0, `usual ${String(i)}`);
      learner.ended(`usual ${String(i)}`, 6 * MINUTE);
    }
    expect(learner.range(raw).low).toBeLessThan(1.4 * usual.low);
  });

  it('[P-17] learn: where waits last three times as long as expected, the ranges rise', async () => {
    const told = new Told();
    const day = new LobbyDay().open(setupWith({ autoCall: false })).signOn('w1');
    day.issue();
    day.serveNext('w1');
    for (let i = 0; i < 30; i += 1) {
      const next = day.issue();
      day.minutes(3 * lowOf((await told.at(day)).public.visits, next.id));
      day.finish('w1');
      day.serveNext('w1');
      // The public wait ends with the call, which a beat hears of.
      await told.at(day);
    }
    const next = day.issue();
    const low = async (by: Told): Promise<number> => lowOf((await by.at(day)).public.visits, next.id);
    expect(await low(told)).toBeGreaterThan(1.3 * (await low(new Told())));
  });

  it(`[P-10] are always 1 ≤ low < high in whole minutes (SEED=${String(seed)})`, async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 40, maxLength: 80 }), async (script) => {
        const day = new LobbyDay().open().signOn('w1', 'w2', 'w4', 'w6');
        const told = new Told();
        for (const [i, step] of script.entries()) {
          randomCommand(day, step);
          if (i % 40 !== 0) continue;
          const { public: lines, staff } = await told.at(day);
          for (const { low, high } of [lines.zones, lines.services, lines.visits, staff].flatMap((ranges) =>
            Object.values(ranges),
          )) {
            seen += 1;
            expect(Number.isSafeInteger(low) && Number.isSafeInteger(high)).toBe(true);
            expect(low >= 1 && high > low).toBe(true);
          }
        }
      }),
      { seed, numRuns: 8 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});

describe('What a plan costs the others', () => {
  it('[P-18] is what forward runs with and without it differ by', async () => {
    const { forecast } = new Told();
    const day = fullLobby();
    const elder = day.visit(last(day));
    day.flag(elder, ['lowCounter']);
    const plan = preview(day.state, elder.id, day.now);
    if (!plan.ok) throw new Error(plan.code);
    const cost = await forecast.costToOthers(day.state, plan.result, day.now);
    expect(cost?.others).toBeGreaterThan(5);
    expect(cost?.others).toBeLessThanOrEqual(11);
    expect(cost?.minutes).toBeGreaterThan(0.1);
    expect(cost?.minutes).toBeLessThan(6);
    const empty = fullLobby(1);
    const alone = empty.visit(last(empty));
    empty.flag(alone);
    const none = preview(empty.state, alone.id, empty.now);
    if (!none.ok) throw new Error(none.code);
    expect(await forecast.costToOthers(empty.state, none.result, empty.now)).toEqual({
      others: 0,
      minutes: 0,
    });
  });
});

describe('What if', () => {
  it('[P-19] a window opens: everybody waits less; it closes: more; it takes cash: those for cash less', async () => {
    const { forecast } = new Told();
    const day = fullLobby(18);
    day.do({ type: 'SignOn', counterId: 'w6' }, tellerAt('w6'));
    const change = async (to: 'open' | 'closed' | 'services', counterId: string, serviceIds?: string[]) =>
      forecast.compare(day.state, { counterId, to, ...(serviceIds && { serviceIds }) }, day.now);
    const open = await change('open', 'w3');
    expect(open.waiting.people).toBe(18);
    expect(open.waiting.after).toBeLessThan(0.9 * (open.waiting.before ?? 0));
    const closed = await change('closed', 'w4');
    expect(closed.waiting.after).toBeGreaterThan(1.1 * (closed.waiting.before ?? 0));
    expect(closed.waiting.before).toBe(open.waiting.before);
    // Whom nobody could serve any more is no shorter wait.
    day.issue('corporate');
    const stranded = await change('closed', 'w6');
    expect(stranded.waiting.people).toBe(18);
    expect(stranded.waiting.unserved).toEqual({ before: 0, after: 1 });
    expect(Math.abs((stranded.waiting.after ?? 0) - (stranded.waiting.before ?? 0))).toBeLessThan(2);
    const cash = await change('services', 'w4', ['personal']);
    const own = cash.zones.find(({ zone }) => zone === 'cash');
    expect(own?.after?.low).toBeGreaterThan(own?.before?.low ?? Infinity);
  });
});
