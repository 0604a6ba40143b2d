import type { TicketIssued } from '../../../src/protocol/commands.js';
import { supportNeeds } from '../../../src/protocol/vocabulary.js';
import type { Role } from '../../../src/protocol/vocabulary.js';
import { commandTypes } from '../../../src/doors/commandDtos.js';
import { staffRoles } from '../../../src/identity/identity.js';
import { permits, watches } from '../../../src/identity/policy.js';
import { leftOverNow } from '../../../src/lobby/left-over.js';
import { lognormalP90 } from '../../../src/lobby/remaining.js';
import { emptyState } from '../../../src/lobby/state.js';
import { viewFor } from '../../../src/views/view.js';
import { actorOf, kiosk, LobbyDay, setupWith, tellerAt } from '../../support/lobby.js';
import { Seen } from './seen.js';

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(setupWith()).signOn(...counters));
}

describe('The manager', () => {
  it('[K-5] reads when a task was said again, and by whom it was taken', () => {
    const seen = morning('w1');
    seen.day.issue();
    seen.day.minutes(10.1);
    const care = () => Object.values(seen.view('manager', 'manager').tasks)[0]!;
    expect(care()).toMatchObject({ kind: 'care' });
    expect(care()).not.toHaveProperty('againAt');
    seen.day.minutes(5);
    expect(care().againAt).toBe(care().at + 5 * 60_000);
    seen.day.do({ type: 'AcknowledgeTasks', taskIds: [care().taskId] });
    expect(care().acknowledgedBy).toBe('manager');
  });

  it('[K-4] of the branch may end the duty of others, and is told so', () => {
    const { day } = morning('w1');
    const may = (role: Role) =>
      viewFor('manager', day.state, { now: day.now, demo: false, me: { id: 'm', name: 'm', role } })
        .mayEndDuty;
    expect([may('branchManager'), may('lobbyManager'), may('auditor')]).toEqual([true, undefined, undefined]);
  });

  it('[W-86] is read only to whom the policy lets do nothing', () => {
    const { day } = morning('w1');
    for (const role of staffRoles.filter((one) => watches(one).includes('manager'))) {
      const { readOnly } = viewFor('manager', day.state, {
        now: day.now,
        demo: false,
        me: { id: 'm', name: 'm', role },
      });
      expect([role, readOnly === true]).toEqual([
        role,
        !commandTypes.some((type) => permits(role, type, 'b', 'b')),
      ]);
    }
  });

  it('[K-2] reads at which window or kiosk help is asked', () => {
    const seen = morning('w1');
    seen.day.do({ type: 'RequestHelp', place: 'teller' }, tellerAt('w1'));
    seen.day.do({ type: 'RequestHelp', place: 'kiosk' }, { ...kiosk, name: 'Kiosk by the door' });
    const tasks = Object.values(seen.view('manager', 'manager').tasks);
    expect(tasks).toMatchObject([
      { place: 'teller', counterId: 'w1', counter: { zh: '1 号窗口' } },
      { place: 'kiosk', screen: 'Kiosk by the door' },
    ]);
  });

  it('[K-2] no longer sees that help is asked once it was given; it can be asked for again', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    const asked = () => seen.view('manager', 'manager').visits[visit.id]?.helpAsked;
    const phone = () => seen.view('ticket', visit.id).helpAsked;
    const ask = () => seen.day.do({ type: 'RequestHelp', place: 'phone', visitId: visit.id });
    const task = () => Object.keys(seen.view('manager', 'manager').tasks)[0] ?? '';
    ask();
    seen.day.do({ type: 'AcknowledgeTasks', taskIds: [task()] });
    expect([asked(), phone()]).toEqual([true, true]);
    seen.day.do({ type: 'CompleteTask', taskId: task() });
    expect([asked(), phone()]).toEqual([undefined, undefined]);
    ask();
    expect([asked(), phone()]).toEqual([true, true]);
    // Called, they stand before somebody; come back from there, nothing is said to be on its way.
    seen.day.callNext('w1');
    seen.day.do({ type: 'ParkVisit', ...seen.day.on(visit) }, tellerAt('w1'));
    expect([asked(), phone()]).toEqual([undefined, undefined]);
  });

  it('[K-2] sees who is on duty', () => {
    const seen = morning('w1');
    const duty = () => Object.values(seen.view('manager', 'manager').duty).map(({ name }) => name);
    expect(duty()).toEqual([]);
    seen.day.do({ type: 'StartDuty' });
    expect(duty()).toEqual(['manager']);
  });

  it('[W-35] sees which need only one open window covers, a fact of the windows and of nobody’s needs', () => {
    const seen = morning('w1', 'w4');
    const only = (id: string) => seen.view('manager', 'manager').counters[id]?.only;
    expect(only('w4')).toEqual(expect.arrayContaining(['lowCounter', 'wheelchair']));
    expect(only('w1')).toBeUndefined();
    expect(only('w3')).toBeUndefined();
    expect(seen.view('manager', 'manager').scarce).toMatchObject({
      lowCounter: { counters: 1 },
      foreignLanguage: { counters: 0 },
    });
  });

  it('[P-32, C-5] sees which service every open window leaves to others, by tellers and services as they are now', () => {
    const settings = {
      autoCall: false,
      overflows: [{ counterId: 'w1', serviceId: 'cash', seconds: 60 }],
      quickCounters: [{ counterId: 'w2', minutes: 3, others: 'ifNoneWaits' as const }],
    };
    const seen = new Seen(new LobbyDay().open(setupWith(settings)).signOn('w1', 'w2', 'w4'));
    const left = () => seen.view('manager', 'manager').leftOver;
    const set = (serviceIds: string[]) =>
      seen.day.do({ type: 'SetCounterServices', counterId: 'w4', serviceIds });
    const elder = seen.day.issue('cash');
    expect(left()).toBeUndefined();
    // Window 4 took it at once, until it was set to other services.
    set(['personal']);
    expect(left()).toEqual(['cash']);
    expect(seen.view('manager', 'manager').tasks).toEqual({});
    set(['personal', 'cash']);
    expect(left()).toBeUndefined();
    seen.day.do({ type: 'SignOff' }, tellerAt('w4'));
    expect(left()).toEqual(['cash']);
    seen.day.flag(elder);
    expect(left()).toBeUndefined();
  });

  it('[P-32] looks at nobody where no counter has such a rule', () => {
    const looked = (settings: object) => {
      const day = new LobbyDay().open(setupWith({ autoCall: false, ...settings })).signOn('w1');
      day.issue('cash');
      let times = 0;
      leftOverNow({
        ...day.state,
        get visits() {
          times += 1;
          return day.state.visits;
        },
      });
      return times;
    };
    expect(looked({ overflows: [{ counterId: 'w1', serviceId: 'cash', seconds: 60 }] })).toBeGreaterThan(0);
    expect(looked({})).toBe(0);
    expect(looked({ overflows: [], quickCounters: [] })).toBe(0);
  });

  it('[P-32] sees that a service is not left over while a teller’s own skill lets a window take it', () => {
    const settings = {
      autoCall: false,
      overflows: [{ counterId: 'w5', serviceId: 'corporate', seconds: 60 }],
    };
    const accepted = { of: ['leftOver.corporate'], reason: 'so we want it' };
    const lived = (skills: string[], more: object = {}) => {
      const day = new LobbyDay().open(setupWith({ ...settings, ...more })).signOn('w5');
      day.do({ type: 'SetCounterServices', counterId: 'w4', serviceIds: ['cash', 'corporate'] });
      day.do({ type: 'SignOn', counterId: 'w4' }, actorOf('teller', 't4', skills));
      day.issue('corporate');
      return new Seen(day).view('manager', 'manager').leftOver;
    };
    expect(lived([])).toEqual(['corporate']);
    expect(lived(['corporate'])).toBeUndefined();
    expect(lived([], { acceptance: accepted })).toBeUndefined();
  });

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

  it('[W-91] sees in whole minutes when a window is free, until its service lasts longer than usual', () => {
    const seen = morning('w1', 'w4');
    const { id } = seen.day.issue();
    seen.day.issue();
    seen.day.serveNext('w1');
    seen.day.serveNext('w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']);
    const { id: episodeId } = seen.day.confirm(elder);
    const free = () => {
      const { counters, episodes } = seen.view('manager', 'manager');
      return [counters['w1'], counters['w4'], episodes[episodeId]].map((one) => one?.freeAt ?? one?.lasting);
    };
    const { mean = 0, cv = 0 } = setupWith().services.find((service) => service.id === 'cash')?.time ?? {};
    expect(free()).toEqual([Math.round(mean), Math.round(mean), Math.round(mean)]);
    seen.day.minutes(lognormalP90(mean, cv) - 0.1);
    expect(free()).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    seen.day.minutes(0.2);
    expect(free()).toEqual([true, true, true]);
    // What the teller says goes before what is usual, for as long as it holds.
    seen.day.do({ type: 'MarkLongService', ...seen.day.on({ id }), minutes: 6 }, tellerAt('w1'));
    expect(free()).toEqual([6, true, true]);
    seen.day.minutes(6);
    expect(free()).toEqual([true, true, true]);
  });

  it('[W-33] knows before a day is opened from when on it would give no ticket', () => {
    const day = new LobbyDay();
    const { settings, ...rest } = setupWith();
    const setup = { ...rest, settings: { ...settings, lastTicket: 960 } };
    const told = () => viewFor('manager', day.state, { now: day.now, demo: false, setup }).lastTicket;
    expect(told()).toBe(960);
    day.open(setupWith());
    expect(told()).toBeUndefined();
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(told()).toBe(960);
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
        estimates: { visits: { [visit.id]: { low: 2, high: 5 } } },
      });
    expect(at(seen.day.now)).toMatchObject({
      demo: true,
      visits: { [visit.id]: { minutes: { low: 2, high: 5 } } },
    });
    expect(at(seen.day.now).visits[visit.id]?.protected).toBeUndefined();
    const long = visit.since + 30 * 60_000;
    expect(at(long).visits[visit.id]?.protected).toBe(true);
    // Strict modes call by their own order: nobody is protected there [P-5].
    seen.day.do({ type: 'ChangeSettings', settings: { mode: 'strictFifo' } });
    expect(at(long).visits[visit.id]?.protected).toBeUndefined();
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

  it('sees a booking as taken up only while its visit is here or was served', () => {
    const seen = morning('w1');
    const { day } = seen;
    day.do({ type: 'BookAppointment', code: 'K7', at: day.now, serviceIds: ['cash'] });
    const takenUpBy = () => seen.view('manager', 'manager').appointments['K7']?.visitId;
    expect(takenUpBy()).toBeUndefined();
    const first = day.do({ type: 'CheckIn', code: 'K7' }) as TicketIssued;
    expect(takenUpBy()).toBe(first.visitId);
    day.do({ type: 'CancelVisit', ...day.on(day.visit(first.visitId)) });
    expect(takenUpBy()).toBeUndefined();
    const second = day.do({ type: 'CheckIn', code: 'K7' }) as TicketIssued;
    expect(takenUpBy()).toBe(second.visitId);
  });
});

describe('The administrator', () => {
  it('sees settings and counts and no visit, before the first day from the configuration', () => {
    const setup = setupWith();
    const before = viewFor('admin', emptyState('main'), {
      now: 0,
      demo: false,
      setup,
      me: { id: 'a', name: 'Ada', role: 'administrator' },
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
    seen.day.do({ type: 'ManageCounter', counterId: 'w1', to: 'paused', override: 'other' });
    expect(seen.view('admin', 'a').counters['w1']).toMatchObject({ open: false, paused: true });
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
    // What only one window has is a fact of the windows, whoever is in the lobby.
    const alone = seen.view('manager', 'manager').counters['w4']?.only;
    seen.day.confirm(elder);
    const tablet = seen.view('manager', 'manager');
    expect(tablet.counters['w4']?.only).toEqual(alone);
    const counters = Object.values(tablet.counters).map((counter) => ({ ...counter, only: [] }));
    const views = JSON.stringify([
      seen.view('board'),
      seen.view('kiosk'),
      seen.view('ticket', elder.id),
      seen.view('counter', 'w4'),
      seen.view('rating', 'w4'),
      seen.view('teller', 't4'),
      { ...tablet, counters, scarce: {} },
      { ...seen.view('admin', 'a'), warnings: {} },
    ]);
    for (const need of told) expect(views).not.toContain(need);
    expect(views).not.toContain('needs');
  });
});
