import { inTurn } from '../../../client/teller/inTurn.js';

const { jest } = import.meta;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A desk whose answers take that long. */
function desk(answerMs: number) {
  const done: string[] = [];
  const forgotten: string[] = [];
  const strike = inTurn(
    async (duty) => {
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      done.push(duty);
    },
    (duty) => forgotten.push(duty),
  );
  return { done, forgotten, strike };
}

describe('A key struck while an act waits for its answer [W-42]', () => {
  it('is done next, however long the answer took', async () => {
    const { done, forgotten, strike } = desk(400);
    strike('callNext');
    await jest.advanceTimersByTimeAsync(390);
    strike('start');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([done, forgotten]).toEqual([['callNext', 'start'], []]);
  });

  it('struck long before the answer, it is not done, and that is said', async () => {
    const { done, forgotten, strike } = desk(400);
    strike('callNext');
    await jest.advanceTimersByTimeAsync(100);
    strike('start');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([done, forgotten]).toEqual([['callNext'], ['start']]);
  });

  it('the last key counts, the one before it is said; the same key twice is one act', async () => {
    const { done, forgotten, strike } = desk(100);
    for (const duty of ['callNext', 'callNext', 'recall', 'start', 'start'] as const) strike(duty);
    await jest.advanceTimersByTimeAsync(1_000);
    expect([done, forgotten]).toEqual([['callNext', 'start'], ['recall']]);
  });
});
