import { supportNeeds, type SupportNeed } from '../../../src/protocol/vocabulary.js';
import { publicFacts } from '../../../src/views/public-facts.js';
import { hasView } from '../../../src/views/view.js';
import { LobbyDay, kiosk, manager, MIDNIGHT, system, tellerAt } from '../../support/lobby.js';
import { branchWithRoom, Seen } from './seen.js';

const MINUTE = 60_000;

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(branchWithRoom()).signOn(...counters));
}

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

  it('[W-23] tells which services no staffed counter takes; a pause is no closing', () => {
    const seen = morning('w1', 'w3');
    const unstaffed = () => {
      const { services } = seen.view('kiosk');
      return Object.keys(services).filter((id) => services[id]?.unstaffed);
    };
    const company = ['corporate', 'corporateComplex', 'corporateApproval'];
    expect(unstaffed()).toEqual(company);
    seen.day.issue('corporate');
    seen.day.do({ type: 'PauseCounter', reason: 'break' }, tellerAt('w3'));
    expect(unstaffed()).toEqual(company);
    seen.day.do({ type: 'SignOff' }, tellerAt('w3'));
    expect(unstaffed()).toEqual(['foreignExchange', ...company]);
    seen.day.signOn('w8');
    expect(unstaffed()).toEqual(['foreignExchange']);
  });
});

describe("The customer's phone", () => {
  it('[W-2] counts who is publicly ahead in the same zone and gives a range', () => {
    const seen = morning('w1', 'w2');
    const [, , , third] = [
      seen.day.issue(),
      seen.day.issue('corporate'),
      seen.day.issue('cashComplex'),
      seen.day.issue(),
      seen.day.issue(),
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

  it("[W-2, L14] is not moved by somebody else's flag, hold and quiet call, only by the start of service", () => {
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

  it('[W-2] counts places, not arrivals: who is put to the end is no longer ahead', () => {
    const seen = morning('w1');
    const [first, second] = [seen.day.issue(), seen.day.issue()];
    const ahead = () => [first, second].map((visit) => seen.view('ticket', visit.id).ahead);
    expect(ahead()).toEqual([0, 1]);
    seen.day.do({ type: 'MoveVisit', ...seen.day.on(first), placement: 'end', reason: 'personal' });
    expect(ahead()).toEqual([1, 0]);
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
    'loveWindow',
    'reveal',
    ...supportNeeds,
  ];
  /** Words that may stand in a public view in another sense: the neutral notice, and the phone's own status. */
  const innocent = /"priorityNotice":true/g;

  it('[E-13] hold no word of needs, flags, holds, episodes or tiers in any state', () => {
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
