import * as fc from 'fast-check';
import { decide } from '../../../src/lobby/decide.js';
import { supportNeeds } from '../../../src/protocol/vocabulary.js';
import { emptyState } from '../../../src/lobby/state.js';
import { viewFor } from '../../../src/views/view.js';
import { LobbyDay, DAY, kiosk, manager, MIDNIGHT, setupWith, system, tellerAt } from '../../support/lobby.js';
import { actOf, moves } from './moves.js';
import { branchWithRoom, Seen } from './seen.js';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(setupWith()).signOn(...counters));
}

describe("The counter's sign", () => {
  it('says welcome, the number called, the number in service, and pause', () => {
    const seen = morning('w1', 'w2');
    const sign = () => seen.view('counter', 'w1');
    expect(sign()).toMatchObject({ status: 'free', standing: false, zone: { en: 'Cash' } });
    expect(seen.view('counter', 'w3')).toMatchObject({ status: 'closed' });
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    expect(sign()).toMatchObject({ status: 'called', ticket: visit.ticket });
    seen.day.start('w1');
    seen.day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w1'));
    expect(sign()).toMatchObject({ status: 'serving', ticket: visit.ticket });
    seen.day.finish('w1');
    expect(sign()).toMatchObject({ status: 'paused', servedAt: seen.day.now });
    expect(sign().ticket).toBeUndefined();
  });

  it('says 爱心窗口 from the hold on, with the number it still serves and never with the reserved one', () => {
    const seen = morning('w1', 'w2', 'w4');
    const sign = () => seen.view('counter', 'w4');
    const normals = [seen.day.issue(), seen.day.issue(), seen.day.issue()];
    for (const id of ['w1', 'w2', 'w4']) seen.day.serveNext(id);
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    expect(sign()).toMatchObject({ status: 'loveWindow', ticket: normals[2]?.ticket, standing: true });
    seen.day.finish('w4');
    expect(sign()).toMatchObject({ status: 'loveWindow' });
    seen.day.callNext('w4');
    seen.day.start('w4');
    expect(sign()).toMatchObject({ status: 'loveWindow' });
    expect(JSON.stringify(sign())).not.toContain(elder.ticket);
    seen.day.finish('w4');
    expect(sign().status).toBe('free');
    expect(seen.view('counter', 'w1').status).toBe('serving');
  });
});

describe('The rating pad', () => {
  it('asks at each finish, thanks, and is done after its time', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.serveNext('w1');
    expect(seen.view('rating', 'w1').ask).toBeUndefined();
    seen.day.finish('w1');
    const { ask } = seen.view('rating', 'w1');
    expect(ask).toMatchObject({ ticket: visit.ticket, until: seen.day.now + 20_000 });
    seen.day.do({ type: 'RateService', ratingId: ask?.ratingId ?? '', stars: 5 }, kiosk);
    expect(seen.view('rating', 'w1')).toMatchObject({ thanked: { ratingId: ask?.ratingId } });
    expect(seen.view('rating', 'w1').ask).toBeUndefined();
    seen.day.seconds(21);
    expect(seen.view('rating', 'w1').thanked).toBeUndefined();
  });
});

describe('The teller', () => {
  it('sees counters to sign on to, then the own one with the line', () => {
    const seen = morning('w1');
    expect(seen.view('teller', 't9')).toMatchObject({
      counters: { w1: { teller: 't1' }, w2: { order: 1 } },
      mayFlag: true,
    });
    expect(seen.view('teller', 't9').counter).toBeUndefined();
    const first = seen.day.issue();
    seen.day.issue();
    const view = seen.view('teller', 't1');
    expect(view).toMatchObject({
      me: { id: 't1', name: 't1' },
      counter: { counterId: 'w1', label: { en: 'Window 1' }, zone: { en: 'Cash' } },
      waiting: { cash: { count: 2, longestSince: first.since }, corporate: { count: 0 } },
    });
    expect(Object.keys(view.counter?.services ?? {})).toEqual([
      'cash',
      'cashComplex',
      'personal',
      'personalComplex',
      'personalApproval',
    ]);
  });

  it('sees from when to recall and to mark a no-show', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    const current = () => seen.view('teller', 't1').current;
    const called = seen.day.now;
    expect(current()).toMatchObject({ calls: 1, recallFrom: called + 20_000, reason: { rule: 'index' } });
    expect(current()?.noShowFrom).toBeUndefined();
    for (let i = 0; i < 2; i += 1) {
      seen.day.seconds(20);
      seen.day.do({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'));
    }
    expect(current()?.calls).toBe(3);
    expect(current()?.recallFrom).toBeUndefined();
    expect(seen.day.refusal({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'))).toBe('recall-limit');
    expect(current()?.noShowFrom).toBeLessThanOrEqual(seen.day.now);
    seen.day.do({ type: 'MarkNoShow', ...seen.day.on(visit) }, tellerAt('w1'), 'tap');
    const view = seen.view('teller', 't1');
    expect(view.absent[visit.id]).toMatchObject({ ticket: visit.ticket, until: seen.day.now + 30 * 60_000 });
    expect(view.undo).toMatchObject({ act: 'noShow', commandId: 'tap', ticket: visit.ticket });
    seen.day.seconds(11);
    expect(seen.view('teller', 't1').undo).toBeUndefined();
  });

  it('is alerted to prepare, not why; the others learn only that help is given elsewhere', () => {
    const seen = morning('w1', 'w2', 'w4');
    seen.day.issue();
    seen.day.serveNext('w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter', 'seat']);
    const episode = seen.day.confirm(elder);
    const view = seen.view('teller', 't4');
    expect(view.alert).toEqual({
      episodeId: episode.id,
      visitId: elder.id,
      version: seen.day.visit(elder.id).version,
      ticket: elder.ticket,
      since: seen.day.now,
      due: seen.day.now + 30_000,
      draining: true,
      escort: 'none',
      prepare: true,
    });
    expect(view.counter?.held).toBe(true);
    expect(view.othersHelping).toBeUndefined();
    const other = seen.view('teller', 't1');
    expect([other.alert, other.othersHelping]).toEqual([undefined, true]);
    expect(JSON.stringify(other)).not.toContain(elder.ticket);
    seen.day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    seen.day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    seen.day.finish('w4');
    expect(seen.view('teller', 't4')).toMatchObject({
      alert: { acknowledged: true, escort: 'onTheWay' },
      next: { visitId: elder.id, reason: { rule: 'reserved' } },
    });
    seen.day.callNext('w4');
    expect(seen.view('teller', 't4')).toMatchObject({
      current: { visitId: elder.id, quiet: true, priority: true },
    });
    expect(seen.view('teller', 't4').alert).toBeUndefined();
  });

  it('has nothing to prepare where no need was told', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    seen.day.flag(elder);
    const { counterId = '' } = seen.day.confirm(elder);
    expect(seen.view('teller', counterId.replace('w', 't')).alert?.prepare).toBeUndefined();
  });

  it('sees help requests only while no manager is on duty', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.do({ type: 'RequestHelp', place: 'kiosk', visitId: visit.id }, kiosk);
    expect(Object.values(seen.view('teller', 't1').tasks)).toMatchObject([
      { kind: 'help', ticket: visit.ticket, place: 'kiosk' },
    ]);
    seen.day.do({ type: 'StartDuty' });
    expect(seen.view('teller', 't1').tasks).toEqual({});
    expect(seen.view('teller', 't1').mayFlag).toBeUndefined();
    expect(Object.values(seen.view('manager', 'manager').tasks)).toHaveLength(1);
  });

  it('sees who is parked, and which of them here', () => {
    const seen = morning('w1', 'w2');
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    seen.day.do({ type: 'ParkVisit', ...seen.day.on(visit) }, tellerAt('w1'));
    expect(seen.view('teller', 't1').parked[visit.id]).toMatchObject({ ticket: visit.ticket, mine: true });
    expect(seen.view('teller', 't2').parked[visit.id]?.mine).toBeUndefined();
  });

  it(`"next" is what CallNext would return at that moment (SEED=${String(seed)})`, () => {
    let compared = 0;
    fc.assert(
      fc.property(moves(60), (script) => {
        const state = emptyState('main');
        let at = MIDNIGHT + 9 * 60 * 60_000;
        const run = (act: Parameters<typeof decide>[1]['command'], actor = manager) =>
          decide(state, { command: act, actor, at: (at += 1), id: `c${String(at)}`, seed: String(at) });
        run(
          { type: 'BeginDay', day: DAY, midnight: MIDNIGHT, setup: branchWithRoom(), appointments: [] },
          system,
        );
        for (const counterId of ['w1', 'w3', 'w4', 'w5'])
          run({ type: 'SignOn', counterId }, tellerAt(counterId));
        for (const move of script) {
          const act = actOf(state, move);
          if (act) run(act.command, act.actor);
          at += (move.b % 20) * 1000;
        }
        for (const { id, teller } of Object.values(state.counters)) {
          if (!teller) continue;
          const { next } = viewFor('teller', state, { now: at, key: teller.id, demo: false });
          const answer = decide(structuredClone(state), {
            command: { type: 'CallNext' },
            actor: tellerAt(id),
            at,
            id: 'probe',
            seed: 'probe',
          });
          expect(next && { visitId: next.visitId, ticket: next.ticket }).toEqual(
            answer.ok ? answer.result : undefined,
          );
          if (next) compared += 1;
        }
      }),
      { seed, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

describe('The manager', () => {
  it('sees visits, counters and the episode live', () => {
    const seen = morning('w1', 'w2', 'w4');
    for (const id of ['w1', 'w2', 'w4']) {
      seen.day.issue();
      seen.day.serveNext(id);
    }
    const vip = seen.day.issue('personal', 2);
    const elder = seen.day.issue();
    seen.day.do({ type: 'StartDuty' });
    seen.day.flag(elder, ['lowCounter']);
    const episode = seen.day.confirm(elder);
    const view = () => seen.view('manager', 'manager');
    expect(view()).toMatchObject({
      me: { id: 'manager', name: 'manager' },
      onDuty: true,
      visits: {
        [vip.id]: { tier: 2, status: 'waiting', overtaken: 0, order: vip.since },
        [elder.id]: { status: 'reserved', counterId: 'w4', flag: { episodeId: episode.id }, priority: true },
      },
      counters: {
        w4: {
          status: 'open',
          held: true,
          standing: true,
          teller: 't4',
          current: { status: 'serving' },
          freeAt: 4,
        },
        w3: { status: 'closed' },
      },
      episodes: {
        [episode.id]: {
          phase: 'draining',
          counterId: 'w4',
          escort: 'none',
          freeAt: 4,
          due: seen.day.now + 30_000,
        },
      },
      counts: { issued: 5, waiting: 2, served: 0, absent: 0 },
      zones: { personal: { waiting: 1 } },
      limits: { careAfter: 10, waitLimit: 15, vipResponse: 10 },
      mode: 'recommended',
    });
    // one open counter has a low desk; no open one has a foreign language
    expect(view().scarce).toMatchObject({ lowCounter: { counters: 1 }, foreignLanguage: { counters: 0 } });
    seen.day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    seen.day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    const onTheWay = seen.day.now;
    seen.day.finish('w4');
    expect(view().episodes[episode.id]).toMatchObject({
      phase: 'ready',
      acknowledged: true,
      escort: 'onTheWay',
      notFoundAt: onTheWay + 5 * 60_000,
    });
    expect(view().episodes[episode.id]?.due).toBeUndefined();
    seen.day.callNext('w4');
    expect(view().episodes[episode.id]?.phase).toBe('called');
    seen.day.start('w4');
    expect(view().episodes[episode.id]?.phase).toBe('serving');
    expect(view().counters['w4']?.current).toMatchObject({ quiet: true });
    seen.day.finish('w4');
    expect(view().episodes).toEqual({});
  });

  it('sees why an episode has no counter', () => {
    const seen = morning('w1', 'w2');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']);
    const episode = seen.day.confirm(elder);
    expect(seen.view('manager', 'manager').episodes[episode.id]).toMatchObject({
      phase: 'queued',
      obstacle: 'noneFits',
    });
  });

  it('sees an alert that nobody answers', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']);
    const episode = seen.day.confirm(elder);
    seen.day.seconds(31);
    expect(seen.view('manager', 'manager').episodes[episode.id]).toMatchObject({
      unanswered: true,
      counterId: 'w4',
    });
  });

  it('sees a wait in minutes where the caller brings estimates, and protection when it begins', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    const at = (now: number) =>
      viewFor('manager', seen.day.state, {
        now,
        demo: true,
        key: 'manager',
        estimates: { [visit.id]: { low: 2, high: 5 } },
      });
    expect(at(seen.day.now)).toMatchObject({
      demo: true,
      visits: { [visit.id]: { minutes: { low: 2, high: 5 } } },
    });
    expect(at(seen.day.now).visits[visit.id]?.protected).toBeUndefined();
    expect(at(visit.since + 30 * 60_000).visits[visit.id]?.protected).toBe(true);
  });

  it('sees services, bookings and what a counter could do beside what it does', () => {
    const seen = morning('w1');
    seen.day.do({ type: 'SetCounterServices', counterId: 'w1', serviceIds: ['cash'] });
    seen.day.do({ type: 'BookAppointment', code: '4711', at: seen.day.now + 60_000, serviceIds: ['cash'] });
    const { counters, services, appointments } = seen.view('manager', 'manager');
    expect(counters['w1']?.services).toEqual(['cash']);
    expect(counters['w1']?.possible).toEqual([
      'cash',
      'cashComplex',
      'personal',
      'personalComplex',
      'personalApproval',
    ]);
    expect(services['cash']).toMatchObject({ prefix: 'A', capabilities: ['cash'] });
    expect(appointments['4711']).toMatchObject({ code: '4711', service: { en: 'Cash in and out' } });
  });
});

describe('The administrator', () => {
  it('sees settings and counts and no visit, before the first day from the configuration', () => {
    const setup = setupWith();
    const before = viewFor('admin', emptyState('main'), {
      now: 0,
      demo: false,
      setup,
      me: { id: 'a', name: 'Ada' },
    });
    expect(before).toMatchObject({
      branch: setup.name,
      me: { id: 'a', name: 'Ada' },
      phase: 'closed',
      settings: setup.settings,
    });
    expect(before.warnings).toEqual({ signLanguage: { counters: 1 }, foreignLanguage: { counters: 0 } });
    expect(before.counters['w4']).toMatchObject({
      open: false,
      equipment: ['cash', 'nonCash', 'lowCounter', 'signLanguage'],
    });
    const seen = morning('w1');
    const visit = seen.day.issue();
    seen.day.do({ type: 'LeaveVisit', ...seen.day.on(visit) });
    const after = seen.view('admin', 'a');
    expect(after.counts).toEqual({ issued: 1, waiting: 0, served: 0, left: 1, absent: 0 });
    expect(after.counters['w1']?.open).toBe(true);
    expect(JSON.stringify(after)).not.toContain(visit.id);
  });
});

describe('Needs', () => {
  it('are in no view of any audience', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    const told = supportNeeds.filter(
      (need) => need !== 'foreignLanguage' && need !== 'signLanguage' && need !== 'lowCounter',
    );
    seen.day.do({ type: 'FlagPriority', ...seen.day.on(elder), needs: told, consent: true });
    seen.day.confirm(elder);
    const views = JSON.stringify([
      seen.view('board'),
      seen.view('kiosk'),
      seen.view('ticket', elder.id),
      seen.view('counter', 'w4'),
      seen.view('rating', 'w4'),
      seen.view('teller', 't4'),
      { ...seen.view('manager', 'manager'), scarce: {} },
      { ...seen.view('admin', 'a'), warnings: {} },
    ]);
    for (const need of told) expect(views).not.toContain(need);
    expect(views).not.toContain('needs');
  });
});
