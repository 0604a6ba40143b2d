import { newsOf } from '../../../client/board/voice/news.js';
import { queueFor, tonguesOf } from '../../../client/board/voice/queue.js';
import type { PublicCall } from '../../../src/protocol/views.js';

const AT = Date.UTC(2026, 2, 2, 2, 30);

/** A queue whose saying ends when the test says so. */
function speaker(times = 2) {
  const said: string[] = [];
  const shown = new Set<string>();
  let end: (heard: boolean) => void = () => undefined;
  const queue = queueFor<string>({
    say: (call, tongues) => {
      said.push(`${call} ${tongues.join('+')}`);
      return new Promise((resolve) => {
        end = resolve;
      });
    },
    times: () => times,
    stillShown: (call) => shown.has(call),
  });
  const add = (...calls: string[]): void => {
    calls.forEach((call) => shown.add(call));
    queue.add(calls);
  };
  const finish = async (heard = true): Promise<void> => {
    end(heard);
    await new Promise(setImmediate);
  };
  return { queue, said, shown, add, finish };
}

async function until(done: () => boolean, step: () => Promise<void>): Promise<void> {
  for (let left = 50; left > 0 && !done(); left -= 1) await step();
}

describe('the queue of calls [W-11]', () => {
  it('three at once: one after the other, in order, each twice', async () => {
    const { said, add, finish } = speaker();
    add('A1');
    add('A2', 'A3');
    expect(said).toEqual(['A1 zh+en']);
    await until(() => said.length === 6, finish);
    await finish();
    expect(said).toEqual(['A1', 'A1', 'A2', 'A2', 'A3', 'A3'].map((call) => `${call} zh+en`));
  });

  it('three behind it: no English repeat; five behind it: no repeat at all', async () => {
    const { said, add, finish } = speaker();
    add('A1', 'A2', 'A3', 'A4', 'A5', 'A6');
    await until(() => said.length === 9, finish);
    await finish();
    expect(said).toEqual([
      ...['A1 zh+en', 'A2 zh+en', 'A2 zh', 'A3 zh+en', 'A3 zh', 'A4 zh+en', 'A4 zh+en'],
      ...['A5 zh+en', 'A5 zh+en'],
      ...said.slice(9),
    ]);
    expect(tonguesOf(2, 2)).toEqual(['zh', 'en']);
    expect(tonguesOf(2, 3)).toEqual(['zh']);
    expect(tonguesOf(2, 4)).toEqual(['zh']);
    expect(tonguesOf(2, 5)).toEqual([]);
    expect(tonguesOf(1, 50)).toEqual(['zh', 'en']);
  });

  it('as often as this screen wants', async () => {
    const once = speaker(1);
    once.add('A1');
    await once.finish();
    expect(once.said).toEqual(['A1 zh+en']);
    const thrice = speaker(3);
    thrice.add('A1');
    await until(() => thrice.said.length === 3, thrice.finish);
    await thrice.finish();
    expect(thrice.said).toHaveLength(3);
  });

  it('what was held back is not tried again; what left the board meanwhile is not said', async () => {
    const { said, shown, add, finish } = speaker();
    add('A1', 'A2', 'A3');
    shown.delete('A2');
    await finish(false);
    expect(said).toEqual(['A1 zh+en', 'A3 zh+en']);
  });

  it('forgets what waits when it is cleared', async () => {
    const { queue, said, add, finish } = speaker(1);
    add('A1', 'A2');
    queue.clear();
    await finish();
    expect(said).toEqual(['A1 zh+en']);
    add('A3');
    expect(said).toEqual(['A1 zh+en', 'A3 zh+en']);
  });
});

const row = (ticket: string, ago: number, round = 1): PublicCall => ({
  ticket,
  counter: { zh: '1 号窗口', en: 'Window 1' },
  zone: 'cash',
  at: AT - ago * 1000,
  round,
});

describe('what is news to a board [W-12]', () => {
  const tickets = (calls: PublicCall[]): string[] => calls.map(({ ticket }) => ticket);
  /** A board that has been live for long and knows A1. */
  function settled() {
    const news = newsOf(0);
    news.next({ calls: [row('A1', 60)], live: true, now: AT, steady: 0 });
    const look = (calls: PublicCall[], live = true, steady = 60_000) =>
      tickets(news.next({ calls, live, now: AT, steady }));
    return { news, look };
  }

  it('calls that arrive, the earlier first, each once', () => {
    const { look } = settled();
    expect(look([row('A3', 1), row('A2', 2), row('A1', 60)])).toEqual(['A2', 'A3']);
    expect(look([row('A3', 1), row('A2', 2), row('A1', 60)])).toEqual([]);
  });

  it('a recall of a row that it knows', () => {
    const { look } = settled();
    expect(look([row('A1', 60, 2)])).toEqual(['A1']);
    expect(look([row('A1', 60, 2)])).toEqual([]);
    expect(look([row('A1', 60, 3)])).toEqual(['A1']);
  });

  it('not an old row that comes back into sight', () => {
    const { look } = settled();
    expect(look([row('A1', 60), row('A0', 300, 2)])).toEqual([]);
  });

  it('at the start only what was called seconds ago, and not what this tab said before it was loaded again', () => {
    const calls = [row('A3', 4), row('A2', 30), row('A1', 40, 2)];
    expect(tickets(newsOf(0).next({ calls, live: true, now: AT, steady: 0 }))).toEqual(['A3']);
    expect(tickets(newsOf(AT - 4000).next({ calls, live: true, now: AT, steady: 0 }))).toEqual([]);
  });

  it('after a gap no old call and no recall, however the missed changes arrive', () => {
    const { look } = settled();
    expect(look([row('A1', 60)], false, 100_000)).toEqual([]);
    expect(look([row('A2', 45), row('A1', 60)], true, 200_000)).toEqual([]);
    expect(look([row('A3', 2), row('A2', 45), row('A1', 60, 2)], true, 201_000)).toEqual(['A3']);
    expect(look([row('A3', 2, 2), row('A2', 45), row('A1', 60, 2)], true, 204_000)).toEqual(['A3']);
  });

  it('speaks again when the branch’s clock is another one than before', () => {
    const news = newsOf(AT + 3_600_000);
    news.next({ calls: [], live: true, now: AT, steady: 0 });
    expect(tickets(news.next({ calls: [row('A1', 0)], live: true, now: AT, steady: 60_000 }))).toEqual([
      'A1',
    ]);
  });
});
