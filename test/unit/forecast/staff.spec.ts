import { costToOthers } from '../../../src/forecast/cost.js';
import { visitsForecast } from '../../../src/forecast/staff.js';
import { preview } from '../../../src/lobby/plan.js';
import type { LoveWindowPlan } from '../../../src/protocol/commands.js';
import type { BranchSetup } from '../../../src/protocol/settings.js';
import { LobbyDay, setupWith } from '../../support/lobby.js';

/** Services that take exactly their mean, so that figures can be worked out by hand. */
function exact(setup: BranchSetup = setupWith()): BranchSetup {
  return {
    ...setup,
    services: setup.services.map((service) => ({ ...service, time: { mean: 10, cv: 0 } })),
  };
}

const unknown = (setup: BranchSetup, id: string): BranchSetup => ({
  ...setup,
  services: setup.services.map((service) => {
    if (service.id !== id) return service;
    const rest = { ...service };
    delete rest.time;
    return rest;
  }),
});

const waits = (day: LobbyDay) => visitsForecast(day.state, day.now);

function planOf(day: LobbyDay, visitId: string): LoveWindowPlan {
  const answer = preview(day.state, visitId, day.now);
  if (!answer.ok) throw new Error(answer.code);
  return answer.result;
}

describe('The wait that staff are told', () => {
  it('comes from the counters, each from when it is free, and the work ahead', () => {
    const day = new LobbyDay().open(exact()).signOn('w1', 'w2');
    for (const id of ['w1', 'w2']) {
      day.issue();
      day.serveNext(id);
      day.minutes(2);
    }
    const line = [day.issue(), day.issue(), day.issue()];
    // free in 6 and 8 min; then each visit ahead takes 10 of both
    const found = waits(day);
    expect(line.map(({ id }) => found[id]?.low)).toEqual([6, 12, 17]);
  });

  it('follows the order in which the policy calls', () => {
    const day = new LobbyDay().open(exact()).signOn('w1');
    day.issue();
    day.serveNext('w1');
    const normal = day.issue();
    const vip = day.issue('cash', 3);
    day.minutes(1);
    const found = waits(day);
    expect([found[vip.id]?.low, found[normal.id]?.low]).toEqual([9, 19]);
  });

  it('of a reserved visit is that of its counter or the walk; the others wait for the hold to end', () => {
    const day = new LobbyDay().open(exact()).signOn('w1', 'w4');
    for (const id of ['w1', 'w4']) {
      day.issue();
      day.serveNext(id);
    }
    const elder = day.issue();
    const other = day.issue();
    day.minutes(4);
    day.flag(elder, ['lowCounter']).confirm(elder);
    const found = waits(day);
    expect(found[elder.id]).toEqual({ low: 6, high: 7 });
    // w1 in 6 min, w4 in 16
    expect(found[other.id]?.low).toBe(6);
  });

  it('is not told without an open counter, without a basis, or on a closed day', () => {
    const day = new LobbyDay().open(unknown(exact(), 'personal')).signOn('w1');
    const stranded = day.issue('corporate');
    const noModel = day.issue('personal');
    const behind = day.issue();
    expect(waits(day)[stranded.id]).toBeUndefined();
    expect(waits(day)[noModel.id]).toBeDefined();
    expect(waits(day)[behind.id]).toBeUndefined();
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(waits(day)).toEqual({});
  });

  it('answers for three hundred at once', () => {
    const day = new LobbyDay().open().signOn('w1', 'w2', 'w3', 'w4', 'w5', 'w6');
    for (let i = 0; i < 300; i += 1) day.issue(['cash', 'personal', 'corporate'][i % 3]);
    day.minutes(5);
    expect(Object.keys(waits(day))).toHaveLength(300);
  });
});

describe('What a love window costs the others', () => {
  it('is the walk and the service, shared by the counters that serve them', () => {
    const day = new LobbyDay().open(exact(setupWith({ walkMinutes: 2 }))).signOn('w1', 'w2', 'w3', 'w4');
    for (const id of ['w1', 'w2', 'w3', 'w4']) {
      day.issue();
      day.serveNext(id);
    }
    const elder = day.issue();
    for (let i = 0; i < 5; i += 1) day.issue();
    day.minutes(9);
    day.flag(elder, ['lowCounter']);
    // w4 is free in 1 min, the walk takes 2: 1 min idle and 10 of service, over four counters
    expect(costToOthers(day.state, planOf(day, elder.id), day.now)).toEqual({
      others: 5,
      minutes: 2.8,
    });
  });

  it('is nothing where nobody waits for that counter', () => {
    const day = new LobbyDay().open(exact()).signOn('w1', 'w4');
    const elder = day.issue();
    day.issue('corporate');
    day.flag(elder, ['lowCounter']);
    expect(costToOthers(day.state, planOf(day, elder.id), day.now)).toEqual({
      others: 0,
      minutes: 0,
    });
  });

  it('is not told without a counter in the plan or a basis', () => {
    const day = new LobbyDay().open(unknown(exact(), 'personal')).signOn('w1', 'w4');
    const elder = day.issue('personal');
    day.issue();
    day.flag(elder);
    const plan = planOf(day, elder.id);
    expect(plan.counterId).toBeDefined();
    expect(costToOthers(day.state, plan, day.now)).toBeUndefined();
    expect(costToOthers(day.state, { visitId: elder.id, obstacle: 'noneFits' }, day.now)).toBeUndefined();
  });
});
