import { supportNeeds, type SupportNeed } from '../../../src/protocol/vocabulary.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import { hasView } from '../../../src/views/view.js';
import { LobbyDay, kiosk, manager, MIDNIGHT, system, tellerAt } from '../../support/lobby.js';
import { branchWithRoom, Seen } from './seen.js';

const MINUTE = 60_000;

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(branchWithRoom()).signOn(...counters));
}

describe('The board', () => {
  it('shows public calls newest first, one row per visit, and announces a recall by its round', () => {
    const seen = morning('w1', 'w2');
    const [first, second] = [seen.day.issue(), seen.day.issue('personal')];
    seen.day.callNext('w1');
    seen.day.seconds(30);
    seen.day.callNext('w2');
    seen.day.do({ type: 'Recall', ...seen.day.on(first) }, tellerAt('w1'));
    const { calls } = seen.view('board');
    expect(calls.map(({ ticket, counter, zone, round }) => [ticket, counter.en, zone, round])).toEqual([
      [second.ticket, 'Window 2', 'personal', 1],
      [first.ticket, 'Window 1', 'cash', 2],
    ]);
    expect(calls[0]?.at).toBeGreaterThan(calls[1]?.at ?? 0);
  });

  it('never shows more than eight calls', () => {
    const all = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'];
    const seen = morning(...all);
    for (const id of all) {
      seen.day.issue('personal');
      seen.day.callNext(id);
    }
    expect(seen.view('board').calls).toHaveLength(8);
  });

  it('counts a normal visit until it is called, by the zone of its service', () => {
    const seen = morning('w1');
    seen.day.issue();
    seen.day.issue();
    seen.day.issue('corporate');
    expect(seen.view('board').zones).toMatchObject({ cash: { waiting: 2 }, corporate: { waiting: 1 } });
    seen.day.callNext('w1');
    expect(seen.view('board').zones['cash']?.waiting).toBe(1);
  });

  it('[L14] keeps a reserved and quietly called visit in the count until its service starts, and calls nobody', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    const before = JSON.stringify(seen.view('board'));
    expect(seen.view('board').zones['cash']?.waiting).toBe(1);
    seen.day.callNext('w4');
    expect(JSON.stringify(seen.view('board'))).toBe(before);
    seen.day.start('w4');
    expect(seen.view('board')).toMatchObject({ calls: [], zones: { cash: { waiting: 0 } } });
  });

  it('shows a counter in its public state: held, closing and waiting for its pause look open', () => {
    const seen = morning('w1', 'w2', 'w4');
    const status = (id: string) => seen.view('board').counters[id]?.status;
    expect([status('w1'), status('w3')]).toEqual(['open', 'closed']);
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    expect(status('w4')).toBe('open');
    seen.day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w4'));
    expect([seen.day.counter('w4').pauseAfter, status('w4')]).toEqual(['break', 'open']);
    seen.day.do({ type: 'DeclinePriority', ...seen.day.on(elder) });
    expect(status('w4')).toBe('paused');
    seen.day.callNext('w1');
    seen.day.do({ type: 'CloseCounter' }, tellerAt('w1'));
    expect([seen.day.counter('w1').closing, status('w1')]).toEqual([true, 'open']);
    seen.day.start('w1');
    seen.day.finish('w1');
    expect(status('w1')).toBe('closed');
    seen.day.do({ type: 'ManageCounter', counterId: 'w2', to: 'faulty' });
    expect(status('w2')).toBe('paused');
  });

  it("shows a room's line, counter and calls on a screen inside that room only", () => {
    const seen = morning('w1', 'w5');
    seen.day.issue('wealth', 3);
    const guest = seen.day.issue('wealth', 3);
    seen.day.callNext('w5');
    const hall = seen.view('board');
    expect(Object.keys(hall.zones)).not.toContain('vip');
    expect(Object.keys(hall.counters)).not.toContain('w5');
    expect(hall.calls).toEqual([]);
    const room = seen.view('board', 'vip');
    expect(room.zones['vip']?.waiting).toBe(1);
    expect(room.counters['w5']?.status).toBe('open');
    expect(room.calls).toMatchObject([{ zone: 'vip' }]);
    expect(JSON.stringify(hall)).not.toContain(guest.ticket);
  });

  it('gives minutes and the neutral notice on its own beat, and keeps them until the next', () => {
    const seen = morning('w1', 'w2', 'w4');
    for (const id of ['w1', 'w2', 'w4']) {
      seen.day.issue();
      seen.day.serveNext(id);
    }
    const elder = seen.day.issue();
    expect(seen.view('board').zones['cash']?.minutes).toBeUndefined();
    const minutes = seen.beat().view('board').zones['cash']?.minutes;
    expect(minutes?.low).toBeGreaterThanOrEqual(1);
    seen.day.flag(elder).confirm(elder);
    seen.day.issue();
    expect(seen.view('board').priorityNotice).toBeUndefined();
    expect(seen.view('board').zones['cash']?.minutes).toEqual(minutes);
    expect(seen.beat().view('board').priorityNotice).toBe(true);
    seen.day.do({ type: 'DeclinePriority', ...seen.day.on(elder) });
    expect(seen.view('board').priorityNotice).toBe(true);
    expect(seen.beat().view('board').priorityNotice).toBeUndefined();
  });

  it('says on the beat, and not before, that tickets have ended', () => {
    const seen = morning('w1').beat();
    seen.day.minutes(17 * 60 + 45 - 9 * 60);
    expect(seen.view('board').phase).toBe('open');
    expect(seen.beat().view('board').phase).toBe('ticketsEnded');
    seen.day.do({ type: 'CloseDay', endRemaining: true });
    expect(seen.view('board')).toMatchObject({ phase: 'closed', calls: [] });
  });

  it('is blank but whole before the first day', () => {
    const board = new Seen(new LobbyDay()).view('board');
    expect(board).toEqual({
      branch: { zh: 'main', en: 'main' },
      timeZone: 'UTC',
      phase: 'closed',
      calls: [],
      zones: {},
      counters: {},
    });
  });
});

describe('The kiosk', () => {
  it('shows each service with its line, what to bring and the wait', () => {
    const seen = morning('w1');
    seen.day.issue('cash');
    seen.day.issue('cash');
    const { services, issuing } = seen.beat().view('kiosk');
    expect(issuing).toBe(true);
    expect(services['cash']).toMatchObject({
      waiting: 2,
      order: 0,
      class: 'immediate',
      documents: { en: /identity/ },
    });
    expect(services['cash']?.minutes).toBeDefined();
    expect(services['corporate']?.minutes).toBeUndefined();
    expect(services['wealth']).toBeUndefined();
    expect(seen.view('kiosk', 'vip').services['wealth']).toBeDefined();
  });

  it('tells why a service is closed: its hours, its cap, or that tickets have ended', () => {
    const setup = branchWithRoom();
    const services = setup.services.map((service) =>
      service.id === 'cash'
        ? { ...service, cap: 1 }
        : service.id === 'personal'
          ? { ...service, hours: { from: 600, to: 660 } }
          : service,
    );
    const seen = new Seen(new LobbyDay().open({ ...setup, services }).signOn('w1'));
    const closed = (id: string) => seen.view('kiosk').services[id]?.closed;
    expect(closed('cash')).toBeUndefined();
    seen.day.issue('cash');
    expect(closed('cash')).toBe('cap');
    expect(closed('personal')).toBeUndefined();
    seen.beat();
    expect(closed('personal')).toBe('hours');
    seen.day.minutes(61);
    seen.beat();
    expect(closed('personal')).toBeUndefined();
    seen.day.minutes(8 * 60);
    seen.beat();
    expect(closed('corporate')).toBe('tickets');
    expect(seen.view('kiosk').issuing).toBe(false);
  });
});

describe("The customer's phone", () => {
  it('counts who is publicly ahead in the same zone and gives a range', () => {
    const seen = morning('w1', 'w2');
    const [, , third] = [
      seen.day.issue(),
      seen.day.issue('cashComplex'),
      seen.day.issue(),
      seen.day.issue('corporate'),
    ];
    const ticket = seen.view('ticket', third.id);
    expect(ticket).toMatchObject({
      ticket: third.ticket,
      status: 'waiting',
      ahead: 2,
      version: 1,
      services: [{ en: 'Cash in and out' }],
    });
    expect(ticket.minutes).toBeUndefined();
    expect(seen.beat().view('ticket', third.id).minutes).toBeDefined();
  });

  it("[L14] is not moved by somebody else's flag, hold and quiet call, only by the start of service", () => {
    const seen = morning('w1', 'w2', 'w4');
    const [elder, other] = [seen.day.issue(), seen.day.issue()];
    const ahead = () => seen.view('ticket', other.id).ahead;
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    expect(ahead()).toBe(1);
    seen.day.callNext('w4');
    expect(ahead()).toBe(1);
    seen.day.start('w4');
    expect(ahead()).toBe(0);
  });

  it('says where to go once called, aloud or quietly', () => {
    const seen = morning('w1', 'w2', 'w4');
    const [elder, other] = [seen.day.issue(), seen.day.issue()];
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    const reserved = seen.view('ticket', elder.id);
    expect(reserved.status).toBe('reserved');
    expect([reserved.ahead, reserved.counter]).toEqual([undefined, undefined]);
    seen.day.callNext('w4');
    seen.day.callNext('w1');
    expect(seen.view('ticket', elder.id)).toMatchObject({
      status: 'called',
      counter: { en: 'Window 4' },
      round: 1,
    });
    expect(seen.view('ticket', other.id)).toMatchObject({ status: 'called', counter: { en: 'Window 1' } });
  });

  it('offers to take back its own cancel', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    const phone = { ...kiosk, id: visit.id, role: 'phone' as const, visitId: visit.id };
    seen.day.do({ type: 'CancelVisit', ...seen.day.on(visit) }, phone, 'tap');
    expect(seen.view('ticket', visit.id)).toMatchObject({
      status: 'ended',
      ending: 'cancelled',
      undo: { commandId: 'tap', until: seen.day.now + 10_000 },
    });
    seen.day.do({ type: 'Undo', commandId: 'tap' }, phone);
    expect(seen.view('ticket', visit.id).undo).toBeUndefined();
  });

  it('has nothing to show once a new day has begun', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    expect(hasView('ticket', seen.day.state, visit.id)).toBe(true);
    seen.day.do({ type: 'CloseDay', endRemaining: true });
    seen.day.do(
      {
        type: 'BeginDay',
        day: '2026-03-03',
        midnight: MIDNIGHT + 24 * 60 * MINUTE,
        setup: branchWithRoom(),
        appointments: [],
      },
      system,
    );
    expect(hasView('ticket', seen.day.state, visit.id)).toBe(false);
    expect(hasView('board', seen.day.state, undefined)).toBe(true);
  });
});

describe('[L14] public pages', () => {
  const forbidden = [
    'needs',
    'priority":',
    'flag',
    'hold',
    'held',
    'episode',
    'tier',
    'quiet',
    'reveal',
    ...supportNeeds,
  ];
  /** Words that may stand in a public view in another sense: the neutral notice, and the phone's own status. */
  const innocent = /"priorityNotice":true/g;

  it('hold no word of needs, flags, holds, episodes or tiers in any state', () => {
    const seen = morning('w1', 'w2', 'w3', 'w4', 'w5');
    const needs: SupportNeed[] = [...supportNeeds].filter(
      (need) => need !== 'signLanguage' && need !== 'foreignLanguage',
    );
    const elder = seen.day.issue();
    const others = [seen.day.issue('cash', 3), seen.day.issue('wealth', 2), seen.day.issue()];
    const texts: string[] = [];
    const look = () => {
      seen.beat();
      for (const room of [undefined, 'vip'])
        texts.push(JSON.stringify([seen.view('board', room), seen.view('kiosk', room)]));
      for (const visit of [elder, ...others]) texts.push(JSON.stringify(seen.view('ticket', visit.id)));
      texts.push(JSON.stringify(publicFacts(seen.day.state)));
    };
    look();
    seen.day.do({ type: 'FlagPriority', ...seen.day.on(elder), needs, consent: true });
    look();
    const episode = seen.day.confirm(elder);
    expect(episode.counterId).toBe('w4');
    look();
    seen.day.do({ type: 'AcknowledgeAlert', episodeId: episode.id }, tellerAt('w4'));
    seen.day.do({ type: 'MarkOnTheWay', episodeId: episode.id });
    seen.day.do({ type: 'RevealNeeds', ...seen.day.on(elder) }, manager);
    look();
    seen.day.callNext('w4');
    seen.day.callNext('w5');
    look();
    seen.day.start('w4');
    look();
    seen.day.finish('w4');
    look();
    for (const text of texts)
      for (const word of forbidden)
        expect(text.replace(innocent, '').toLowerCase()).not.toContain(word.toLowerCase());
  });
});
