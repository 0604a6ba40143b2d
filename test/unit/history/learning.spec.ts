import { Learning } from '../../../src/history/learning.js';
import type { KeptDays } from '../../../src/runtime/ports.js';
import { GENESIS } from '../../../src/runtime/record.js';
import { InMemoryEventLog } from '../../../src/store/memory-event-log.js';
import { LobbyDay, setupWith } from '../../support/lobby.js';
import { Scribe, silent } from '../../support/logs.js';

/** A branch's days, the first of a January on, each opened and closed; and how often each was read. */
async function branchOf(count: number) {
  const lived = new LobbyDay().open(setupWith());
  lived.do({ type: 'CloseDay', endRemaining: true });
  const log = new InMemoryEventLog();
  const read: string[] = [];
  let hash = GENESIS;
  let days = 0;
  const goOn = async (): Promise<string> => {
    days += 1;
    const day = new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10);
    const scribe = new Scribe({ branchId: 'main', day }, hash);
    await log.append({ groups: [scribe.group(lived.log.map(({ event }) => event))], snapshots: [] });
    ({ hash } = scribe.tail);
    return day;
  };
  let last = '';
  while (days < count) last = await goOn();
  const kept = new Map<string, string>();
  const keeping: KeptDays = {
    keep: ({ day }, said) => Promise.resolve(void kept.set(day, said)),
    latest: (_, limit) =>
      Promise.resolve(
        [...kept]
          .sort(([a], [b]) => (a < b ? 1 : -1))
          .slice(0, limit)
          .map(([day, said]) => ({ day, said })),
      ),
  };
  const reading = {
    days: log.days.bind(log),
    read: (stream: { branchId: string; day: string }, from: number, limit: number) => {
      if (from === 1) read.push(stream.day);
      return log.read(stream, from, limit);
    },
  };
  const started = async (running?: string): Promise<Learning> => {
    const learning = new Learning({
      log: reading,
      kept: keeping,
      logger: silent,
      openDay: () => running,
    });
    await learning.start(['main']);
    await learning.settled();
    return learning;
  };
  return { read, last, goOn, started };
}

describe('the logs that service times are learnt from', () => {
  it('[P-22] are read once each, also when there are more than count', async () => {
    const { read, goOn, started } = await branchOf(40);
    await started();
    expect(read).toHaveLength(30);
    expect(read).not.toContain('2026-01-10');
    const learning = await started();
    expect(read).toHaveLength(30);
    // A day's end reads that day alone.
    const next = await goOn();
    learning.dayOver('main', next);
    await learning.settled();
    expect(read.slice(30)).toEqual([next]);
  });

  it('[P-22] are not the running day’s, which takes no other day’s place', async () => {
    const { read, last, started } = await branchOf(31);
    await started(last);
    expect(read).toHaveLength(30);
    expect(read).not.toContain(last);
    await started(last);
    expect(read).toHaveLength(30);
  });
});
