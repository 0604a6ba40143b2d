import fc from 'fast-check';
import { learntTime, withLearnt } from '../../../src/history/learnt.js';
import { ServiceTimes, type DayTimes } from '../../../src/history/serviceTimes.js';
import { keptDay, toKeep } from '../../../src/history/keptDay.js';
import { ReadDay } from '../../../src/history/readDay.js';
import { scriptOf } from '../../../src/history/scriptOf.js';
import { Replay } from '../../../src/history/replay.js';
import { chanceOf } from '../../../src/model/chance.js';
import { LobbyDay, setupWith, system, tellerAt } from '../../support/lobby.js';
import { entriesOf } from '../../support/entries.js';

/** As the template has it: 3.6 minutes, cv 0.6. */
const cash = setupWith().services.find(({ id }) => id === 'cash')!;
const SET = cash.time!.mean;

function timesOf(day: LobbyDay): DayTimes {
  const seen = new ServiceTimes();
  for (const entry of entriesOf(day.log)) seen.see(entry);
  return seen.times();
}

/** A day on which one window served cash customers for so many minutes each. */
function dayOf(minutes: readonly number[]): LobbyDay {
  const day = new LobbyDay().open(setupWith({ absentReturn: 480, closesItself: 5 * 60 })).signOn('w1');
  for (const each of minutes) {
    day.issue('cash');
    day.serveNext('w1');
    day.seconds(each * 60).finish('w1');
  }
  return day;
}

/** Minutes of `count` services whose mean is `factor` times the set one, with the set spread. */
function drawn(count: number, factor: number, seed: number): number[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => chance.lognormal(SET * factor, cash.time!.cv));
}

const minutesIn = (times: DayTimes, id = 'cash'): number[] =>
  times[id] ? [times[id].services, Math.round(Math.exp(times[id].sum / times[id].services) * 10) / 10] : [0];

describe('what a day says of service times', () => {
  it('[P-22] is what tellers started and finished, without what was cut, taken back or left to the night', () => {
    const day = dayOf([4, 4]);
    const at = tellerAt('w1');
    const serve = () => {
      const visit = day.issue('cash');
      day.serveNext('w1');
      return visit;
    };
    // Parked in the middle, and finished later: neither part is a service.
    const parked = serve();
    day.minutes(2).do({ type: 'ParkVisit', ...day.on(parked) }, at);
    day.minutes(3).do({ type: 'ResumeParked', ...day.on(parked) }, at);
    day.start('w1');
    day.minutes(1).finish('w1');
    // Wrong window: what was begun as cash goes on as something else, which counts as what it is.
    const transferred = serve();
    day
      .minutes(2)
      .do({ type: 'TransferVisit', ...day.on(transferred), serviceId: 'personal', placement: 'front' }, at);
    day.serveNext('w1');
    day.minutes(5).finish('w1');
    // The server was away in the middle.
    serve();
    day.minutes(1).outage(2).finish('w1');
    // Finished, taken back, finished again: once, and whole.
    const undone = serve();
    day.minutes(3).do({ type: 'FinishService', ...day.on(undone) }, at, 'too-soon');
    day.do({ type: 'Undo', commandId: 'too-soon' }, at);
    day.minutes(5).finish('w1');
    // Nobody finished this one but the night.
    serve();
    day.minutes(21 * 60);
    expect(day.state.phase).toBe('closed');
    const times = timesOf(day);
    expect(minutesIn(times)).toEqual([3, 5]);
    expect(minutesIn(times, 'personal')).toEqual([1, 5]);
    expect(Object.keys(times)).toEqual(['cash', 'personal']);
  });

  it('[P-22] leaves out keys struck to be rid of a number and windows that were forgotten, not what was marked long', () => {
    const day = dayOf([1 / 60, 1 / 60, 0.3, 0.4, 21, 22, 300]);
    expect(timesOf(day)['cash']).toMatchObject({ services: 2 });
    const visit = day.issue('cash');
    day.serveNext('w1');
    day.do({ type: 'MarkLongService', ...day.on(visit), minutes: 60 }, tellerAt('w1'));
    day.minutes(75).finish('w1');
    expect(timesOf(day)['cash']).toMatchObject({ services: 3 });
  });
});

describe('a service that was cut in two', () => {
  const at = tellerAt('w1');

  it('[P-22] is none where its end was another window’s, for the same service or back from another', () => {
    const day = dayOf([4]).signOn('w2');
    const visit = day.issue('cash');
    day.serveNext('w1');
    day
      .minutes(20)
      .do({ type: 'TransferVisit', ...day.on(visit), serviceId: 'cash', placement: 'front' }, at);
    expect(day.serveNext('w2')).toBe(visit.id);
    day.minutes(1).finish('w2');
    const back = day.issue('cash');
    day.serveNext('w1');
    const transfer = (serviceId: string) =>
      day.do({ type: 'TransferVisit', ...day.on(back), serviceId, placement: 'front' }, at);
    day.minutes(20);
    transfer('personal');
    day.serveNext('w1');
    day.minutes(3);
    transfer('cash');
    day.serveNext('w1');
    day.minutes(1).finish('w1');
    expect(minutesIn(timesOf(day))).toEqual([1, 4]);
  });

  it('[P-22] is whole where the parking was taken back, unless it had been parked before', () => {
    const day = dayOf([4]);
    const visit = day.issue('cash');
    day.serveNext('w1');
    day.minutes(2).do({ type: 'ParkVisit', ...day.on(visit) }, at, 'by-mistake');
    day.do({ type: 'Undo', commandId: 'by-mistake' }, at);
    day.minutes(2).finish('w1');
    expect(minutesIn(timesOf(day))).toEqual([2, 4]);
    const other = day.issue('cash');
    day.serveNext('w1');
    day.minutes(2).do({ type: 'ParkVisit', ...day.on(other) }, at);
    day.do({ type: 'ResumeParked', ...day.on(other) }, at);
    day.start('w1');
    day.minutes(2).do({ type: 'ParkVisit', ...day.on(other) }, at, 'again');
    day.do({ type: 'Undo', commandId: 'again' }, at);
    day.minutes(1).finish('w1');
    expect(minutesIn(timesOf(day))).toEqual([2, 4]);
  });
});

describe('a learnt service time', () => {
  it('[P-22] follows a service that takes half as long again, the sooner the more of it there is', () => {
    const days: DayTimes[] = [];
    const means: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      days.unshift(timesOf(dayOf(drawn(60, 1.5, n + 1))));
      means.push(learntTime(cash, days)!.mean / SET);
    }
    expect(means[0]).toBeGreaterThan(1.25);
    expect(means[5]).toBeGreaterThan(1.4);
    expect(means[5]).toBeLessThan(1.6);
    expect(learntTime(cash, days)!.cv).toBeCloseTo(cash.time!.cv, 1);
    expect(learntTime(cash, days)!.services).toBeGreaterThan(340);
    // What was true fades: after as many days at the set pace the figure is nearer to that.
    for (let n = 0; n < 6; n += 1) days.unshift(timesOf(dayOf(drawn(60, 1, n + 50))));
    expect(learntTime(cash, days)!.mean / SET).toBeLessThan(1.18);
  });

  it('[P-22] is not wrecked by a day of nonsense', () => {
    const good = Array.from({ length: 5 }, (_, n) => timesOf(dayOf(drawn(60, 1.5, n + 1))));
    const before = learntTime(cash, good)!;
    const nonsense = timesOf(dayOf([...Array.from({ length: 80 }, () => 1 / 60), 300]));
    const after = learntTime(cash, [nonsense, ...good])!;
    expect(after.services).toBe(before.services);
    expect(Math.abs(after.mean / before.mean - 1)).toBeLessThan(0.02);
    // Nor by one of whose minutes each could be true.
    const hasty = learntTime(cash, [timesOf(dayOf(Array.from({ length: 80 }, () => 0.4))), ...good])!;
    expect(hasty.mean).toBeGreaterThan(SET / 2);
    // A branch that strikes the keys like that every day is believed up to a bound only.
    const always = Array.from({ length: 30 }, () => timesOf(dayOf([0.37, 0.37, 0.37, 0.37, 0.37, 0.37])));
    expect(learntTime(cash, always)!.mean).toBeCloseTo(SET / 3, 6);
  });

  it('[P-22] lies between what was set and what was seen, moves there with every day more, and is a duration', () => {
    const minutes = fc.double({ min: 0.01, max: 500, noNaN: true });
    const anyTime = fc.record({
      mean: fc.double({ min: 0.1, max: 480, noNaN: true }),
      cv: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(anyTime, fc.array(minutes, { minLength: 1, maxLength: 40 }), (time, seen) => {
        const logs = seen.map(Math.log);
        const sum = logs.reduce((all, each) => all + each, 0);
        const squares = logs.reduce((all, each) => all + each * each, 0);
        const day: DayTimes = { s: { services: seen.length, sum, squares } };
        const mean = sum / seen.length;
        const variance = Math.max(0, squares / seen.length - mean * mean);
        const data = Math.exp(mean + variance / 2);
        const [least, most] = data < time.mean ? [data, time.mean] : [time.mean, data];
        let nearest = Infinity;
        for (let days = 1; days <= 40; days += 3) {
          const learnt = learntTime({ id: 's', time }, Array<DayTimes>(days).fill(day))!;
          expect(Number.isFinite(learnt.mean) && Number.isFinite(learnt.cv)).toBe(true);
          expect(learnt.mean).toBeGreaterThan(0);
          expect(learnt.cv).toBeGreaterThanOrEqual(0);
          expect(learnt.mean).toBeGreaterThanOrEqual(least * (1 - 1e-9));
          expect(learnt.mean).toBeLessThanOrEqual(most * (1 + 1e-9));
          expect(learnt.mean / time.mean).toBeGreaterThanOrEqual(1 / 3 - 1e-9);
          expect(learnt.mean / time.mean).toBeLessThanOrEqual(3 + 1e-9);
          const far = Math.abs(Math.log(learnt.mean / data));
          expect(far).toBeLessThanOrEqual(nearest + 1e-9);
          nearest = far;
        }
      }),
    );
  });

  it('[P-22] is none where nothing is set, and none where nothing was seen', () => {
    const day = timesOf(dayOf([4]));
    expect(learntTime({ id: 'cash' }, [day])).toBeUndefined();
    expect(learntTime(cash, [])).toBeUndefined();
    expect(learntTime(cash, [{}])).toBeUndefined();
    const { services } = withLearnt(setupWith(), [day]);
    expect(services.filter(({ learnt }) => learnt).map(({ id }) => id)).toEqual(['cash']);
  });

  it('[P-22, P-31] is kept as it was reckoned, with who came, and what is not whole is read anew', () => {
    const said = (day: LobbyDay) => {
      const read = new ReadDay();
      for (const entry of entriesOf(day.log)) read.see(entry);
      return read.says();
    };
    const day = said(dayOf([4, 5]));
    expect(day.services).toEqual(timesOf(dayOf([4, 5])));
    expect(day.arrivals).toMatchObject({ customers: 2, services: { cash: 2 } });
    for (const whole of [day, { services: said(dayOf([])).services }])
      expect(keptDay(toKeep(whole))).toEqual(whole);
    expect(said(dayOf([])).arrivals).toBeUndefined();
    for (const broken of [
      '',
      '{',
      'null',
      '[]',
      '{"version":1,"services":{}}',
      toKeep(day).replace('"services":2', '"services":null'),
      toKeep(day).replace('"came":[0,', '"came":['),
      toKeep(day).replace('"customers":2', '"customers":"2"'),
      toKeep(day).replace(/"arrivals":{/, '"arrivals":{},"x":{'),
    ])
      expect(keptDay(broken)).toBeUndefined();
  });
});

it('[P-22, L16] a replay lives its day with the figures of that day', () => {
  const learnt = { mean: 9, cv: 0.5, services: 99 };
  const setup = setupWith();
  const day = new LobbyDay().open({
    ...setup,
    services: setup.services.map((service) => (service.id === 'cash' ? { ...service, learnt } : service)),
  });
  day.signOn('w1').issue('cash');
  day.serveNext('w1');
  day.minutes(4).finish('w1');
  day.do({ type: 'CloseDay', endRemaining: true }, system);
  const script = scriptOf(entriesOf(day.log));
  const replayed = new Replay(script, { settings: {}, open: [], closed: [] }).play();
  const services = replayed.flatMap(({ event }) => (event.type === 'DayOpened' ? event.setup.services : []));
  expect(services.find(({ id }) => id === 'cash')?.learnt).toEqual(learnt);
});
