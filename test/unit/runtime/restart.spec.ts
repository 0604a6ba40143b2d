import { randomBytes } from 'node:crypto';
import type { Command } from '../../../src/protocol/commands.js';
import { Branch, boss, NINE, settled } from '../../support/branch.js';
import { setupWith } from '../../support/lobby.js';
import { frozenClock, SteppableClock } from '../../support/clocks.js';
import { kiosk, manager, tellerAt } from '../../support/lobby.js';
import { MemoryDayKeys } from '../../support/logs.js';

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** A day with a bit of everything in it, needs included. */
async function morning(branch: Branch): Promise<void> {
  await branch.ok({ type: 'StartDuty' });
  for (const counterId of ['w1', 'w2', 'w3']) await branch.signOn(counterId);
  for (let i = 0; i < 8; i++) await branch.issue();
  await branch.ok({
    type: 'PostNotice',
    kind: 'weather',
    text: { zh: '雨天地面湿滑', en: 'The floor may be wet' },
    minutes: 60,
  });
  const [visitId = ''] = Object.keys(branch.state.present);
  await branch.send({ type: 'CallNext' }, tellerAt('w1'));
  const waiting = Object.values(branch.state.visits).find(({ stage }) => stage.status === 'waiting');
  const visit = waiting ?? { id: visitId, version: 1 };
  await branch.ok({
    type: 'FlagPriority',
    visitId: visit.id,
    version: visit.version,
    needs: ['slowSpeech', 'seat'],
    consent: true,
  });
}

describe('A restart in the middle of the day', () => {
  it('[L13] [W-54] gives the very state that was shown', async () => {
    const branch = await Branch.open();
    await morning(branch);
    const after = await branch.restarted();
    expect(after.state).toEqual(branch.state);
    expect(after.lobbies.shown('main')).toMatchObject({ seq: branch.lobbies.shown('main').seq, alive: true });
  });

  it('[L13] gives the same from a snapshot and from the whole log', async () => {
    const branch = await Branch.open();
    await morning(branch);
    for (let i = 0; i < 60; i++) {
      await branch.ok({ type: 'EndDuty' });
      await branch.ok({ type: 'StartDuty' });
    }
    await branch.issue();
    const stream = { branchId: 'main', day: branch.state.day };
    expect((await branch.log.snapshot(stream))?.seq).toBeGreaterThan(99);
    const fromSnapshot = await branch.restarted();
    branch.log.inner.snapshot = () => Promise.resolve(null);
    const folded = await branch.restarted();
    expect(fromSnapshot.state).toEqual(branch.state);
    expect(folded.state).toEqual(branch.state);
  });

  it('keeps a snapshot when it stops, and reads nothing else from the start', async () => {
    const branch = await Branch.open();
    await morning(branch);
    await branch.lobbies.stop();
    const { inner } = branch.log;
    const read = inner.read.bind(inner);
    const froms: number[] = [];
    inner.read = (stream, fromSeq, limit) => {
      froms.push(fromSeq);
      return read(stream, fromSeq, limit);
    };
    const after = await branch.restarted();
    expect(after.state).toEqual(branch.state);
    expect(Math.min(...froms)).toBe(after.lobbies.shown('main').seq);
  });

  it('[L13] without the key of the day reads needs as erased and everything else alike', async () => {
    const branch = await Branch.open();
    await morning(branch);
    const [flagged] = Object.values(branch.state.visits).filter(({ flag }) => flag);
    expect(flagged?.flag?.needs).toEqual(['slowSpeech', 'seat']);
    const restored = await branch.restarted({ keys: new MemoryDayKeys() });
    const erased = structuredClone(branch.state);
    for (const visit of Object.values(erased.visits)) {
      visit.specialists = restored.state.visits[visit.id]?.specialists ?? [];
      if (visit.flag) visit.flag.needs = 'erased';
    }
    expect(restored.state).toEqual(erased);
    // The day goes on under a new key.
    await restored.issue();
    expect(await restored.log.verify()).toMatchObject({ ok: true });
  });

  it('[S-21] does not start on a damaged log', async () => {
    const branch = await Branch.open();
    await morning(branch);
    const inner = branch.log.inner;
    const read = inner.read.bind(inner);
    inner.read = async (...asked) => {
      const rows = await read(...asked);
      return rows.map((row) => (row.seq === 5 ? { ...row, at: row.at + 1 } : row));
    };
    await expect(branch.restarted()).rejects.toMatchObject({ problem: 'corrupt' });
  });
});

describe('The day', () => {
  const closing = { type: 'CloseDay', endRemaining: true } as const;

  it('[V-1] starts a stream under the local date, with its midnight', async () => {
    // 23:30 in UTC is the next day in Shanghai.
    const branch = await Branch.open({ clock: frozenClock(Date.UTC(2026, 2, 2, 23, 30)) });
    expect(branch.state).toMatchObject({ day: '2026-03-03', midnight: Date.UTC(2026, 2, 2, 16) });
  });

  it('[D-13] knows over a restart that its clocks change', async () => {
    const setup = { ...setupWith(), timeZone: 'Europe/Berlin' };
    const branch = await Branch.open({ setup, clock: frozenClock(Date.parse('2026-03-29T09:00+02:00')) });
    const change = { at: Date.parse('2026-03-29T01:00Z'), byMinutes: 60 };
    expect(branch.state).toMatchObject({ day: '2026-03-29', change });
    expect((await branch.restarted()).state).toMatchObject({ day: '2026-03-29', change });
  });

  it('does not open while one is open, nor twice on one date', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    expect(await branch.refusal({ type: 'OpenDay' }, boss)).toBe('day-already-open');
    clock.step(16 * 60 * MINUTE);
    expect(await branch.refusal({ type: 'OpenDay' }, boss)).toBe('day-not-closed');
    await branch.ok(closing, boss);
    expect((await branch.ok({ type: 'OpenDay' }, boss)).day).toBe('2026-03-03');
    await branch.ok(closing, boss);
    expect(await branch.refusal({ type: 'OpenDay' }, boss)).toBe('day-already-open');
  });

  it("[V-1] continues the branch's chain in a new stream, with numbers from the start", async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    const { ticket } = await branch.issue();
    await branch.ok(closing, boss);
    const monday = await branch.log.tail('main');
    clock.step(DAY_MS);
    await branch.ok({ type: 'OpenDay' }, boss);
    expect((await branch.issue()).ticket).toBe(ticket);
    const [first] = await branch.log.read({ branchId: 'main', day: '2026-03-03' }, 1, 1);
    expect(first).toMatchObject({ seq: 1, prev: monday?.hash, type: 'DayOpened' });
    expect((await branch.restarted()).state).toEqual(branch.state);
    expect(await branch.log.verify()).toMatchObject({ ok: true, streams: 2 });
  });

  it('[L12] refuses a command made on another day', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.ok(closing, boss);
    clock.step(DAY_MS);
    await branch.ok({ type: 'OpenDay' }, boss);
    const command: Command = { type: 'IssueTicket', serviceIds: ['cash'] };
    const late = { id: 'x', day: '2026-03-02', command, actor: kiosk };
    expect(await branch.lobbies.execute('main', late)).toMatchObject({ code: 'stale-day' });
  });

  it('closes itself at the set hour though nobody does anything', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    clock.step(18 * 60 * MINUTE - 1);
    await settled();
    expect(branch.state.phase).toBe('open');
    clock.step(2);
    await settled();
    expect(branch.state.phase).toBe('closed');
  });
});

describe('[T-3] Deadlines', () => {
  const care = (branch: Branch) => Object.values(branch.state.tasks).filter(({ kind }) => kind === 'care');

  it('come by themselves, once, also across a restart', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    clock.step(10 * MINUTE + 100);
    await settled();
    expect(care(branch)).toHaveLength(1);
    const before = await branch.events();
    const after = await branch.restarted();
    await settled();
    expect(await after.events()).toEqual(before);
  });

  it('run before a command that comes later', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    // The alarm does not ring: a busy event loop may come to a command first.
    clock.wake = () => () => undefined;
    await branch.issue();
    clock.step(11 * MINUTE);
    await branch.issue();
    const events = await branch.events();
    expect(events.lastIndexOf('VisitIssued')).toBeGreaterThan(events.indexOf('TaskRaised'));
    expect(care(branch)).toHaveLength(2);
  });

  it('are waited for: one alarm at the instant that the core names, and none on the way', async () => {
    const clock = frozenClock(NINE);
    const alarms: number[] = [];
    const wake = clock.wake.bind(clock);
    clock.wake = (at, run) => {
      // Signs of life are given on the full ten seconds.
      if ((at - NINE) % 10_000 !== 0) alarms.push(at);
      return wake(at, run);
    };
    const branch = await Branch.open({ clock });
    const { visitId } = await branch.issue();
    const careAt = (branch.state.visits[visitId]?.since ?? 0) + 10 * MINUTE;
    expect(alarms).toEqual([careAt]);
    clock.step(careAt - NINE - 1);
    await settled();
    expect([alarms, care(branch)]).toEqual([[careAt], []]);
    clock.step(1);
    await settled();
    expect(care(branch)).toHaveLength(1);
  });

  it('carry the same id whenever they are run', async () => {
    const idOf = async () => {
      const clock = frozenClock(NINE);
      const branch = await Branch.open({ clock });
      clock.step(18 * 60 * MINUTE);
      await settled();
      const [row] = (await branch.log.read({ branchId: 'main', day: '2026-03-02' }, 1, 100)).slice(-1);
      return [row?.actorId, row?.commandId];
    };
    const [actorId, commandId] = await idOf();
    expect(actorId).toBe('system');
    expect(await idOf()).toEqual([actorId, commandId]);
  });
});

describe('After an outage', () => {
  it('[T-1] records it before anything else, and only of more than 15 s', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    clock.step(25 * 1000);
    await settled();
    const short = await branch.restarted({ clock: frozenClock(NINE + 35 * 1000) });
    expect(await short.events()).not.toContain('ServiceInterrupted');

    const long = await branch.restarted({ clock: frozenClock(NINE + 20 * MINUTE + 20 * 1000) });
    await settled();
    // The last sign of life was given at 20 s.
    expect(long.state.outages).toEqual([{ from: NINE + 20 * 1000, to: NINE + 20 * MINUTE + 20 * 1000 }]);
    expect(Object.values(long.state.tasks).filter(({ kind }) => kind === 'care')).toHaveLength(0);
  });

  it('[T-1, E-4] leaves an alert its whole time when the server was down for a part of it', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    for (const counterId of ['w1', 'w2', 'w3']) await branch.signOn(counterId);
    const { visitId } = await branch.issue();
    const on = () => ({ visitId, version: branch.state.visits[visitId]?.version ?? 0 });
    await branch.ok({ type: 'FlagPriority', ...on(), needs: [], consent: true });
    await branch.ok({ type: 'ConfirmLoveWindow', ...on() });
    const later = frozenClock(NINE + 45 * 1000);
    const after = await branch.restarted({ clock: later });
    await settled();
    const episode = () => Object.values(after.state.episodes)[0];
    expect(episode()).toMatchObject({ unanswered: [], alertAt: NINE + 45 * 1000 });
    later.step(31 * 1000);
    await settled();
    expect(episode()?.unanswered).toHaveLength(1);
  });

  it('records one of the disk, too', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    branch.log.fail();
    await branch.refusal({ type: 'StartDuty' }, manager);
    clock.step(5 * MINUTE);
    await settled();
    branch.log.heal();
    await branch.issue();
    expect(branch.state.outages).toHaveLength(1);
  });

  it('records none when no day was open', async () => {
    const branch = await Branch.open();
    await branch.ok({ type: 'CloseDay', endRemaining: true }, boss);
    const after = await branch.restarted({ clock: frozenClock(NINE + DAY_MS) });
    expect(await after.events()).not.toContain('ServiceInterrupted');
  });
});

describe('[T-2] When the wall clock is set', () => {
  it('forward: says so, and no timer runs out for it', async () => {
    const clock = new SteppableClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    clock.setWall(3 * 60 * MINUTE);
    await branch.issue();
    const events = await branch.events();
    expect(events.slice(-3)).toEqual(['ServiceInterrupted', 'ClockStepped', 'VisitIssued']);
    expect(Object.values(branch.state.tasks).filter(({ kind }) => kind === 'care')).toHaveLength(0);
  });

  it('forward by seconds: no timer runs out for it either', async () => {
    const clock = new SteppableClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    clock.advance(10 * MINUTE - 20 * 1000);
    clock.setWall(29 * 1000);
    await branch.issue();
    expect((await branch.events()).slice(-2)).toEqual(['ClockStepped', 'VisitIssued']);
    expect(Object.values(branch.state.tasks).filter(({ kind }) => kind === 'care')).toHaveLength(0);
    clock.advance(21 * 1000);
    await settled();
    expect(Object.values(branch.state.tasks).filter(({ kind }) => kind === 'care')).toHaveLength(1);
  });

  it('back: says so, and branch time goes on', async () => {
    const clock = new SteppableClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    clock.setWall(-3 * 60 * MINUTE);
    await branch.issue();
    expect((await branch.events()).slice(-2)).toEqual(['ClockStepped', 'VisitIssued']);
    expect(branch.state.at).toBeGreaterThan(NINE);
  });

  it('back over a restart: time goes on from the last event', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    const earlier = frozenClock(NINE - 60 * MINUTE);
    const after = await branch.restarted({ clock: earlier });
    expect(after.lobbies.shown('main').now()).toBeGreaterThanOrEqual(branch.state.at);
    earlier.step(10 * MINUTE + 10);
    await settled();
    expect(Object.values(after.state.tasks).filter(({ kind }) => kind === 'care')).toHaveLength(1);
  });
});

describe('Several branches', () => {
  it('share one commit', async () => {
    const branchIds = Array.from({ length: 20 }, () => randomBytes(4).toString('hex'));
    const branch = await Branch.started({ branchIds });
    const open = (id: string) =>
      branch.lobbies.execute(id, { id: 'o', command: { type: 'OpenDay' }, actor: boss });
    await Promise.all(branchIds.map(open));
    branch.log.batches = [];
    const issue = (id: string) =>
      branch.lobbies.execute(id, {
        id: 'i',
        command: { type: 'IssueTicket', serviceIds: ['cash'] },
        actor: kiosk,
      });
    const acks = await Promise.all(branchIds.map(issue));
    expect(acks.every(({ ok }) => ok)).toBe(true);
    expect(branch.log.batches).toHaveLength(1);
  });
});
