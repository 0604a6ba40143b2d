import { BEAT_MS, PUBLIC_BEATS } from '../../../src/protocol/live.js';
import { LobbyDay, tellerAt } from '../../support/lobby.js';
import { branchWithRoom, Seen } from './seen.js';

function morning(...counters: string[]): Seen {
  return new Seen(new LobbyDay().open(branchWithRoom()).signOn(...counters));
}

describe('The board', () => {
  it('[W-1] shows public calls newest first, one row per visit, and announces a recall by its round', () => {
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

  it('[W-1] keeps a call and its round when the service starts and ends', () => {
    const seen = morning('w1', 'w2');
    const visit = seen.day.issue();
    seen.day.callNext('w1');
    seen.day.seconds(30);
    seen.day.do({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'));
    const [row] = seen.view('board').calls;
    seen.day.start('w1');
    seen.day.finish('w1');
    expect(seen.view('board').calls).toEqual([{ ...row, round: 2, calling: undefined }]);
  });

  it('[W-50] marks a call until the customer has come to the window or is given up', () => {
    const seen = morning('w1', 'w2');
    const calling = () => seen.view('board').calls.map((row) => row.calling);
    const [first, second] = [seen.day.issue(), seen.day.issue('personal')];
    seen.day.callNext('w1');
    seen.day.callNext('w2');
    expect(calling()).toEqual([true, true]);
    seen.day.start('w2');
    expect(calling()).toEqual([undefined, true]);
    seen.day.seconds(21);
    seen.day.do({ type: 'Recall', ...seen.day.on(first) }, tellerAt('w1'));
    seen.day.seconds(21);
    seen.day.do({ type: 'MarkNoShow', ...seen.day.on(first) }, tellerAt('w1'));
    expect(calling()).toEqual([undefined, undefined]);
    expect(second.ticket).toBe(seen.view('board').calls[0]?.ticket);
  });

  it('[W-90] sends nobody to a window that gave them up, leads them on while absent, and forgets them after', () => {
    const seen = morning('w1', 'w2');
    const rows = () => seen.view('board').calls.map((row) => [row.ticket, row.calling ?? row.missed]);
    const [other, first] = [seen.day.issue(), seen.day.issue('personal')];
    seen.day.callNext('w1');
    seen.day.callNext('w2');
    const giveUp = () => {
      seen.day.seconds(21);
      seen.day.do({ type: 'Recall', ...seen.day.on(first) }, tellerAt('w2'));
      seen.day.seconds(21);
      seen.day.do({ type: 'MarkNoShow', ...seen.day.on(first) }, tellerAt('w2'), 'gone');
    };
    giveUp();
    const missed = seen.view('board').calls[0];
    expect(missed).toMatchObject({ ticket: first.ticket, missed: true, round: 2 });
    expect(rows()[1]).toEqual([other.ticket, true]);
    // Taken back, the call stands as before.
    seen.day.do({ type: 'Undo', commandId: 'gone' }, tellerAt('w2'));
    expect(rows()).toEqual([
      [first.ticket, true],
      [other.ticket, true],
    ]);
    seen.day.do({ type: 'MarkNoShow', ...seen.day.on(first) }, tellerAt('w2'));
    seen.day.do({ type: 'ReturnVisit', ...seen.day.on(first) });
    expect(rows()).toEqual([[other.ticket, true]]);
    seen.day.do({ type: 'LeaveVisit', ...seen.day.on(other) }, tellerAt('w1'));
    expect(rows()).toEqual([]);
  });

  it('[W-90, L14] a quiet call that nobody comes to is on no board, whatever was called aloud before', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    const giveUp = () => {
      seen.day.callNext('w1');
      seen.day.seconds(21);
      seen.day.do({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'));
      seen.day.seconds(21);
      seen.day.do({ type: 'MarkNoShow', ...seen.day.on(visit) }, tellerAt('w1'));
      expect(seen.day.visit(visit.id).stage.status).toBe('absent');
    };
    giveUp();
    expect(seen.view('board').calls).toMatchObject([{ missed: true }]);
    seen.day.do({ type: 'ReturnVisit', ...seen.day.on(visit) });
    seen.day.flag(visit);
    giveUp();
    expect(seen.view('board').calls).toEqual([]);
  });

  it('[W-90, L14] the row of who was met while absent stays away when the flag is taken back', () => {
    const seen = morning('w1');
    const visit = seen.day.issue();
    const rows = () => seen.view('board').calls.map((row) => [row.ticket, row.calling ?? row.missed]);
    const giveUp = () => {
      seen.day.seconds(21);
      seen.day.do({ type: 'Recall', ...seen.day.on(visit) }, tellerAt('w1'));
      seen.day.seconds(21);
      seen.day.do({ type: 'MarkNoShow', ...seen.day.on(visit) }, tellerAt('w1'), 'gone');
      expect(seen.day.visit(visit.id).stage.status).toBe('absent');
    };
    seen.day.callNext('w1');
    giveUp();
    expect(rows()).toEqual([[visit.ticket, true]]);
    for (const commandId of ['flagged', 'flagged again']) {
      seen.day.do(
        { type: 'FlagPriority', ...seen.day.on(visit), needs: ['seat'], consent: true },
        undefined,
        commandId,
      );
      expect(rows()).toEqual([]);
      seen.day.do({ type: 'Undo', commandId });
      expect(seen.day.visit(visit.id).stage.status).toBe('absent');
      expect(rows()).toEqual([]);
    }
    // A call of its own has a row as ever, also when its no-show is taken back.
    seen.day.do({ type: 'ReturnVisit', ...seen.day.on(visit) });
    seen.day.callNext('w1');
    giveUp();
    seen.day.do({ type: 'Undo', commandId: 'gone' }, tellerAt('w1'));
    expect(rows()).toEqual([[visit.ticket, true]]);
    giveUp();
    // Cancelling is nothing discreet: taken back, the row leads the customer on as before.
    seen.day.do({ type: 'CancelVisit', ...seen.day.on(visit) }, undefined, 'cancelled');
    expect(rows()).toEqual([]);
    seen.day.do({ type: 'Undo', commandId: 'cancelled' });
    expect(rows()).toEqual([[visit.ticket, true]]);
  });

  it('[W-51] says of which lines no open window takes the services', () => {
    const seen = morning('w1');
    const unserved = () =>
      Object.entries(seen.view('board').zones).flatMap(([id, zone]) => (zone.unserved === true ? [id] : []));
    expect(unserved()).toContain('corporate');
    expect(unserved()).not.toContain('cash');
    seen.day.do({ type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: 'break', override: 'other' });
    expect(unserved()).toContain('cash');
  });

  it('[W-1] never shows more than eight calls', () => {
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

  it("[V-2] shows a room's line, counter and calls on a screen inside that room only", () => {
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

  it('[E-13] gives minutes and the neutral notice on its own beat, and keeps them until the next', () => {
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

  it('[E-13] gives the notice on the 15 s beat, without number, window or reason', () => {
    expect(BEAT_MS * PUBLIC_BEATS).toBe(15_000);
    const seen = morning('w1', 'w2', 'w4');
    const elder = seen.day.issue();
    const before = seen.beat().view('board');
    seen.day.flag(elder, ['lowCounter']).confirm(elder);
    expect(seen.view('board')).toEqual(before);
    expect(seen.beat().view('board')).toEqual({ ...before, priorityNotice: true });
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
      notices: {},
    });
  });
});
