import { createOutbox } from '../../../client/shared/outbox.js';
import type { Ack, CommandMessage } from '../../../src/protocol/commands.js';
import type { RejectionCode } from '../../../src/protocol/codes.js';

const { jest } = import.meta;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const lost = 'lost' as const;
const done: Ack = { ok: true, seq: 3, result: {} };
const refused = (code: RejectionCode): Ack => ({ ok: false, code, params: {} });

/** A server that answers the transmissions in this order, the last one for ever; what it got, and the person's answer. */
async function sent(answers: (Ack | typeof lost)[], ms: number) {
  const got: CommandMessage[] = [];
  const outbox = createOutbox(
    (message, reply) => {
      const answer = answers[Math.min(got.length, answers.length - 1)] ?? lost;
      got.push(message);
      if (answer === lost)
        setTimeout(() => {
          reply(new Error('timeout'));
        }, 5_000);
      else reply(null, answer);
    },
    () => true,
  );
  let answer: unknown;
  void outbox.send({ type: 'CallNext' }, '2026-03-02').then((told) => (answer = told));
  await jest.advanceTimersByTimeAsync(ms);
  return { ids: new Set(got.map(({ id }) => id)), count: got.length, answer };
}

describe('A command without an answer [W-40]', () => {
  it('is sent again after 5 s with the same id, and its answer is the person’s', async () => {
    const { ids, count, answer } = await sent([lost, done], 5_000);
    expect([ids.size, count]).toEqual([1, 2]);
    expect(answer).toEqual(done);
  });

  it('after 15 s its outcome is unknown', async () => {
    expect((await sent([lost], 14_900)).answer).toBeUndefined();
    expect((await sent([lost], 15_000)).answer).toMatchObject({ ok: false, code: 'no-answer' });
  });

  it.each(['too-many', 'shutting-down', 'not-signed-in', 'storage-unavailable'] as const)(
    'a repeat that is refused as %s says nothing of the first: it is tried on, then unknown',
    async (code) => {
      const later = await sent([lost, refused(code), refused(code), done], 8_000);
      expect([later.ids.size, later.count, later.answer]).toEqual([1, 4, done]);
      expect((await sent([lost, refused(code)], 15_000)).answer).toMatchObject({ code: 'no-answer' });
    },
  );

  it('the first transmission’s own refusal is told, and so is a repeat’s that was looked at', async () => {
    expect((await sent([refused('too-many')], 0)).answer).toMatchObject({ code: 'too-many' });
    expect((await sent([lost, refused('stale')], 5_000)).answer).toMatchObject({ code: 'stale' });
  });
});
