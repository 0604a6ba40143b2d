import { kiosk, LobbyDay, setupWith, tellerAt } from '../../support/lobby.js';
import { Seen } from './seen.js';

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

  it('[E-13 W-30] goes on with the number it serves and says 爱心窗口 from the hold on, never with the reserved number', () => {
    const seen = morning('w1', 'w2', 'w4');
    const sign = () => seen.view('counter', 'w4');
    const normals = [seen.day.issue(), seen.day.issue(), seen.day.issue()];
    for (const id of ['w1', 'w2', 'w4']) seen.day.serveNext(id);
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    expect(sign()).toMatchObject({
      status: 'serving',
      ticket: normals[2]?.ticket,
      loveWindow: true,
      standing: true,
    });
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

  it('[E-13] says it for nobody who declined on the way', () => {
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    seen.day.callNext('w4');
    expect(seen.view('counter', 'w4')).toMatchObject({ status: 'loveWindow' });
    seen.day.do({ type: 'DeclinePriority', ...seen.day.on(elder) }, tellerAt('w4'));
    expect(seen.view('counter', 'w4')).toMatchObject({ status: 'called', ticket: elder.ticket });
  });
});

describe('The rating pad', () => {
  it('[R-1] asks at every finish, of every service of a visit, with nobody pressing anything', () => {
    const seen = morning('w1');
    const asked = () => seen.view('rating', 'w1').ask?.ratingId;
    const visit = seen.day.issue();
    const ids: (string | undefined)[] = [];
    seen.day.serveNext('w1');
    const [, another = ''] = seen.day.counter('w1').services;
    seen.day.do({ type: 'AddService', ...seen.day.on(visit), serviceId: another }, tellerAt('w1'));
    for (const more of [true, false]) {
      // Not before the finish; the pad itself lets the last question go after its time.
      expect(asked()).toBe(ids.at(-1));
      seen.day.finish('w1');
      ids.push(asked());
      seen.day.seconds(21);
      if (more) seen.day.serveNext('w1');
    }
    expect(ids.filter((id) => id !== undefined)).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
    expect(seen.day.visit(visit.id).stage).toMatchObject({ status: 'ended', how: 'served' });
  });

  it('[R-1] cannot be cut short by the teller: not by the next call, a pause, or leaving the window', () => {
    for (const act of ['CallNext', 'PauseCounter', 'SignOff'] as const) {
      const seen = morning('w1', 'w2');
      seen.day.issue();
      seen.day.issue();
      seen.day.serveNext('w1');
      seen.day.finish('w1');
      const before = seen.view('rating', 'w1').ask;
      expect(before).toBeDefined();
      seen.day.do(act === 'PauseCounter' ? { type: act, reason: 'break' } : { type: act }, tellerAt('w1'));
      expect(seen.view('rating', 'w1').ask).toEqual(before);
    }
  });

  it('[R-1] is answered once: neither a second tap nor undoing the finish asks again', () => {
    const seen = morning('w1');
    seen.day.issue();
    seen.day.serveNext('w1');
    const ratingId = (): string => seen.view('rating', 'w1').ask?.ratingId ?? '';
    seen.day.finish('w1');
    const id = ratingId();
    const commandId = seen.view('teller', 't1').undo?.commandId ?? '';
    expect(commandId).not.toBe('');
    seen.day.do({ type: 'RateService', ratingId: id, stars: 2 }, kiosk);
    expect(seen.day.refusal({ type: 'RateService', ratingId: id, stars: 5 }, kiosk)).toBe('no-rating-asked');
    // A teller who likes another answer better cannot take the finish back to have it asked again.
    expect(seen.day.refusal({ type: 'Undo', commandId }, tellerAt('w1'))).toBe('nothing-to-undo');
    expect(seen.day.counter('w1').rating).toMatchObject({ id, stars: 2 });
  });

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
    // [L14] Whatever makes a frame in between must not be told by the pad's.
    seen.day.seconds(21);
    expect(seen.view('rating', 'w1').thanked).toBeDefined();
    expect(seen.beat().view('rating', 'w1').thanked).toBeUndefined();
  });
});
