import { decide } from '../../../src/lobby/decide.js';
import type { CommandOf } from '../../../src/protocol/commands.js';
import { Branch, boss, lobbyCore, NINE, settled } from '../../support/branch.js';
import { frozenClock } from '../../support/clocks.js';
import { kiosk, manager, tellerAt } from '../../support/lobby.js';

const ticket: CommandOf<'IssueTicket'> = { type: 'IssueTicket', serviceIds: ['cash'] };

/** Notes in which order answers come. */
function inOrder() {
  const order: string[] = [];
  const note = (name: string) => (ack: { ok: boolean; code?: string }) => {
    order.push(`${name} ${ack.ok ? 'ok' : (ack.code ?? '')}`);
  };
  return { order, note };
}

describe('Persist, then tell', () => {
  it('[S-3] neither answers nor shows a command before it is on disk', async () => {
    const branch = await Branch.open();
    const { order, note } = inOrder();
    branch.log.hold();
    void branch.send(ticket, kiosk).then(note('issue'));
    await settled();
    expect(order).toEqual([]);
    expect(branch.waiting).toBe(0);
    branch.log.release();
    await settled();
    expect(order).toEqual(['issue ok']);
    expect(branch.waiting).toBe(1);
  });

  it('[S-3] nor after a restart, when what was loaded is what is decided on and what is shown', async () => {
    const branch = await (await Branch.open()).restarted();
    branch.log.hold();
    const issued = branch.issue();
    await settled();
    expect(branch.waiting).toBe(0);
    branch.log.release();
    await issued;
    expect(branch.waiting).toBe(1);
  });

  it('[S-3] shows before it answers', async () => {
    const branch = await Branch.open();
    const { order, note } = inOrder();
    branch.lobbies.onShown(() => order.push(`shown ${String(branch.waiting)}`));
    await branch.send(ticket, kiosk).then(note('issue'));
    expect(order).toEqual(['shown 1', 'issue ok']);
  });

  it('[S-3] gives refusals, repeats and queries their turn behind what is being written', async () => {
    const branch = await Branch.open();
    const { order, note } = inOrder();
    branch.log.hold();
    const answers = [
      branch.send(ticket, kiosk, 'a').then(note('issue')),
      branch.send({ type: 'CallNext' }, tellerAt('w1')).then(note('call')),
      branch.send(ticket, kiosk, 'a').then(note('repeat')),
      branch.send({ type: 'PreviewLoveWindow', visitId: 'none' }).then(note('preview')),
    ];
    await settled();
    expect(order).toEqual([]);
    branch.log.release();
    await Promise.all(answers);
    expect(order).toHaveLength(4);
    expect(order[0]).toBe('issue ok');
    expect(order[1]).toMatch(/^call (?!ok)/);
    expect(order.slice(2)).toEqual(['repeat ok', 'preview unknown-visit']);
  });

  it('decides on the head while the disk is busy, and writes what has come with one commit', async () => {
    const branch = await Branch.open();
    branch.log.hold();
    const tickets = Array.from({ length: 50 }, () => branch.issue());
    await settled();
    branch.log.release();
    const numbers = (await Promise.all(tickets)).map((result) => result.ticket);
    expect(new Set(numbers).size).toBe(50);
    // The day, the first tickets of the same turn of the event loop, then the rest: at most three commits.
    expect(branch.log.batches.length).toBeLessThanOrEqual(3);
  });

  it('never writes more than 512 events at a time', async () => {
    const branch = await Branch.open();
    await Promise.all(
      Array.from({ length: 700 }, (_, i) => branch.ok({ type: i % 2 ? 'EndDuty' : 'StartDuty' })),
    );
    const sizes = branch.log.batches.map(({ groups }) =>
      groups.reduce((sum, { events }) => sum + events.length, 0),
    );
    expect(Math.max(...sizes)).toBe(512);
  });

  it('names the last event of the command in its answer', async () => {
    const branch = await Branch.open();
    const acks = await Promise.all([branch.send(ticket, kiosk), branch.send(ticket, kiosk)]);
    const tail = await branch.log.tail('main');
    expect(acks.map((ack) => (ack.ok ? ack.seq : 0))).toEqual([(tail?.seq ?? 0) - 1, tail?.seq]);
  });

  it('stamps strictly increasing times, though the clock stands still', async () => {
    const branch = await Branch.open();
    await Promise.all([branch.issue(), branch.issue(), branch.issue()]);
    const tail = await branch.log.tail('main');
    const rows = tail ? await branch.log.read(tail, 1, 100) : [];
    const times = [...new Map(rows.map(({ commandId, at }) => [commandId, at])).values()];
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times).toHaveLength(4);
  });
});

describe('[S-3] When the disk fails', () => {
  it('refuses everything that was queued, shows nothing, and is well again with the disk', async () => {
    const branch = await Branch.open();
    const { order, note } = inOrder();
    branch.lobbies.onShown(() => order.push('shown'));
    branch.log.hold();
    branch.log.fail();
    const answers = [
      branch.send(ticket, kiosk, 'a').then(note('issue')),
      branch.send({ type: 'CallNext' }, tellerAt('w1')).then(note('call')),
      branch.send(ticket, kiosk, 'a').then(note('repeat')),
    ];
    branch.log.release();
    await Promise.all(answers);
    expect(order).toEqual(['issue', 'call', 'repeat'].map((name) => `${name} storage-unavailable`));
    expect(branch.waiting).toBe(0);

    branch.log.heal();
    const again = await branch.issue('a');
    expect(again.ticket).toMatch(/001$/);
    expect(branch.waiting).toBe(1);
    expect(await branch.log.verify()).toMatchObject({ ok: true });
  });

  it('runs deadlines again by itself once the disk is well', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    branch.log.fail();
    clock.step(10 * 60_000 + 100);
    await settled();
    expect(branch.logger.said).toContain('writes refused');
    const care = () => Object.values(branch.state.tasks).filter(({ kind }) => kind === 'care');
    expect(care()).toHaveLength(0);
    branch.log.heal();
    clock.step(60_000);
    await settled();
    expect(care()).toHaveLength(1);
  });

  it('tries again ever more rarely, and soon again after a later failure', async () => {
    const clock = frozenClock(NINE);
    const branch = await Branch.open({ clock });
    await branch.issue();
    /** Seconds, of so many after a failure, in which the disk was tried. */
    const triedIn = async (seconds: number): Promise<number[]> => {
      branch.log.fail();
      expect(await branch.refusal(ticket, kiosk)).toBe('storage-unavailable');
      const tried: number[] = [];
      for (let second = 1; second <= seconds; second += 1) {
        const before = branch.log.batches.length;
        clock.step(1_000);
        await settled();
        if (branch.log.batches.length > before) tried.push(second);
      }
      return tried;
    };
    // the care task of that visit is due and waits for the disk
    clock.step(10 * 60_000);
    expect(await triedIn(60)).toEqual([2, 6, 14, 30, 60]);
    branch.log.heal();
    await branch.issue();
    // so is its reminder
    clock.step(10 * 60_000);
    expect((await triedIn(10))[0]).toBe(2);
  });

  it('a branch whose rows do not fit does not take its neighbours with it', async () => {
    const branch = await Branch.open({ branchIds: ['main', 'other'] });
    await branch.lobbies.execute('other', { id: 'o', command: { type: 'OpenDay' }, actor: boss });
    // Somebody else wrote to `main`: what its head decides next cannot be kept.
    const intruder = await branch.restarted();
    await intruder.issue();
    branch.log.hold();
    const mine = branch.refusal(ticket, kiosk);
    const theirs = branch.lobbies.execute('other', { id: 't', command: ticket, actor: kiosk });
    branch.log.release();
    expect(await mine).toBe('storage-unavailable');
    expect(await theirs).toMatchObject({ ok: true });
    expect((await branch.issue()).ticket).toMatch(/002$/);
  });
});

describe('[L12] A command takes effect once', () => {
  it('gives the repeat of one on its way the first answer', async () => {
    const branch = await Branch.open();
    const [first, repeat] = await Promise.all([
      branch.send(ticket, kiosk, 'a'),
      branch.send(ticket, kiosk, 'a'),
    ]);
    expect(repeat).toEqual(first);
    expect(branch.waiting).toBe(1);
  });

  it('gives the first answer after a restart, too', async () => {
    const branch = await Branch.open();
    const first = await branch.send(ticket, kiosk, 'a');
    await branch.issue('b');
    const after = await branch.restarted();
    expect(await after.send(ticket, kiosk, 'a')).toEqual(first);
    expect(after.waiting).toBe(2);
  });

  it('gives the first answer long after it has left memory', async () => {
    const branch = await Branch.open();
    const first = await branch.send(ticket, kiosk, 'a');
    await Promise.all(
      Array.from({ length: 600 }, (_, i) => branch.ok({ type: i % 2 ? 'EndDuty' : 'StartDuty' })),
    );
    expect(await branch.send(ticket, kiosk, 'a')).toEqual(first);
  });

  it('refuses the same id with another body, on its way, later and after a restart', async () => {
    const branch = await Branch.open();
    const other: CommandOf<'IssueTicket'> = { ...ticket, tier: 1 };
    const first = branch.issue('a');
    expect(await branch.refusal(other, kiosk, 'a')).toBe('command-id-reused');
    await first;
    expect(await branch.refusal(other, kiosk, 'a')).toBe('command-id-reused');
    const after = await branch.restarted();
    expect(await after.refusal(other, kiosk, 'a')).toBe('command-id-reused');
    expect(after.waiting).toBe(1);
  });

  it('keeps the ids of two actors apart', async () => {
    const branch = await Branch.open();
    await branch.issue('a');
    await branch.ok(ticket, manager, 'a');
    expect(branch.waiting).toBe(2);
  });

  it('does not remember a refused command', async () => {
    const branch = await Branch.open();
    await branch.signOn('w1');
    const call = { type: 'CallNext' } as const;
    expect(await branch.refusal(call, tellerAt('w1'), 'a')).toBe('nobody-to-call');
    await branch.issue();
    expect(await branch.refusal(call, tellerAt('w1'), 'a')).not.toBe('nobody-to-call');
  });

  it('opens the day once, however often it is asked', async () => {
    const branch = await Branch.started();
    const open = { type: 'OpenDay' } as const;
    const [first, repeat, second] = await Promise.all([
      branch.send(open, boss, 'a'),
      branch.send(open, boss, 'a'),
      branch.send(open, boss, 'b'),
    ]);
    expect(first).toMatchObject({ ok: true, result: { day: '2026-03-02' } });
    expect(repeat).toEqual(first);
    expect(second).toMatchObject({ ok: false, code: 'day-already-open' });
    expect(await (await branch.restarted()).send(open, boss, 'a')).toEqual(first);
  });
});

describe('A fault of the core', () => {
  it('is answered, changes nothing and stops nobody', async () => {
    let faulty = true;
    let decidedOn = 0;
    const core = {
      ...lobbyCore,
      decide: (...[state, input]: Parameters<typeof decide>) => {
        decidedOn = state.counts.issued;
        if (input.command.type !== 'IssueTicket' || !faulty) return decide(state, input);
        // Half way through: the state is no longer what the log says.
        state.counts.issued += 100;
        throw new Error('a bug');
      },
    };
    const branch = await Branch.open({ core });
    const [bug, next] = await Promise.all([branch.refusal(ticket, kiosk), branch.signOn('w1')]);
    expect(bug).toBe('internal');
    expect(next).toMatchObject({ tookOver: false });
    expect(branch.logger.said).toContain('the core failed a bug');
    faulty = false;
    await branch.issue();
    expect(decidedOn).toBe(0);
    expect(branch.state.counts.issued).toBe(1);
  });

  it('in a deadline does not spin, and commands are still served', async () => {
    const core = {
      ...lobbyCore,
      nextDeadline: () => 0,
      decide: (...[state, input]: Parameters<typeof decide>) => {
        if (input.command.type === 'PassTime') throw new Error('a bug');
        return decide(state, input);
      },
    };
    const branch = await Branch.open({ core });
    await branch.issue();
    expect(branch.waiting).toBe(1);
  });
});

describe('At the doors', () => {
  it('an unknown branch, and a server that stops, are refusals', async () => {
    const branch = await Branch.open();
    const request = { id: 'a', command: ticket, actor: kiosk };
    expect(await branch.lobbies.execute('nowhere', request)).toMatchObject({ code: 'unknown-branch' });
    const last = branch.issue();
    await branch.lobbies.stop();
    const tail = await branch.log.tail('main');
    expect(await branch.log.snapshot({ branchId: 'main', day: tail?.day ?? '' })).toMatchObject({
      seq: tail?.seq,
    });
    expect((await last).ticket).toMatch(/001$/);
    expect(await branch.refusal(ticket, kiosk)).toBe('shutting-down');
  });

  it('a listener that fails costs nobody an answer', async () => {
    const branch = await Branch.open();
    branch.lobbies.onShown(() => {
      throw new Error('a bug');
    });
    await branch.issue();
    expect(branch.waiting).toBe(1);
  });
});
