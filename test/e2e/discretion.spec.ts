import * as fc from 'fast-check';
import type { Sight } from '../../src/doors/watch.js';
import type { PublicEstimates } from '../../src/views/published.js';
import { Stage, type Deed } from '../support/stage.js';
import { moves } from '../unit/views/moves.js';
import { Twins, twinBranch, type Step, type Tally } from '../unit/views/twins.js';

/** SEED plays another day, RUNS as many after it. */
const first = Number(process.env['SEED'] ?? 0);
const seeds =
  first === 0
    ? [126, 114, 122]
    : Array.from({ length: Number(process.env['RUNS'] ?? 1) }, (_, i) => first + i);
/** A short walk, so that swaps come. */
const settings = { walkMinutes: 0.5 };
/** So far apart that commands of one instant, stamped a millisecond later each, don't reach the next. */
const GAP_MS = 100;
const MOVES = 130;
const DAY_MS = 60_000;

interface Compared {
  frames: number;
  acks: number;
  phones: number;
}

/** Two servers on equal configuration, of which the public must not be able to tell the one with the flags. */
class Pair {
  readonly compared: Compared = { frames: 0, acks: 0, phones: 0 };
  #notice = false;

  private constructor(
    readonly real: Stage,
    readonly plain: Stage,
    readonly twins: Twins,
  ) {}

  static async with(twins: Twins): Promise<Pair> {
    const setup = twinBranch(settings);
    const pair = new Pair(await Stage.start(setup), await Stage.start(setup), twins);
    pair.#shareNotice();
    return pair;
  }

  async end(): Promise<void> {
    await this.real.test.end();
    await this.plain.test.end();
  }

  /** Lives the day on both; throws at the first packet that differs, comes on one side only or at another step. */
  async live(): Promise<void> {
    for (const step of this.twins.steps) {
      const plain = step.plain.filter(byNobody);
      // One command of the real lobby that takes the plain one several can't come in one frame there.
      if (plain.length > 1) return;
      const real = step.real.filter((deed) => byNobody(deed) && (plain.length > 0 || !repeated(deed)));
      for (const stage of [this.real, this.plain]) {
        await stage.passTo(step.at);
        if (step.beat) await stage.ring();
      }
      for (const deed of real) await this.real.act(deed, this.twins.real.state);
      for (const deed of plain) await this.plain.act(deed, this.twins.plain.state);
      await this.#compare(step);
    }
  }

  async #compare(step: Step): Promise<void> {
    const [real, plain] = [await this.real.heard(), await this.plain.heard()];
    const excepted = new Set([
      ...step.held.flatMap((counterId) => [`sign ${counterId}`, `pad ${counterId}`]),
      ...step.secret.map((id) => `phone ${this.twins.real.state.visits[id]?.ticket ?? ''}`),
    ]);
    for (const name of new Set([...real.keys(), ...plain.keys()])) {
      if (excepted.has(name)) continue;
      const [mine, theirs] = [real.get(name) ?? [], plain.get(name) ?? []];
      const i = mine.findIndex((packet, at) => packet !== theirs[at]);
      if (i >= 0 || mine.length !== theirs.length)
        throw new Error(
          `${name} at ${new Date(step.at).toISOString()} after ${told(step)}:\n` +
            `${String(mine.length)} packets, ${String(theirs.length)} from the plain server; the first that differ:\n` +
            `${mine.at(i) ?? ''}\n${theirs.at(i) ?? ''}`,
        );
      this.#count(name, mine);
    }
  }

  #count(name: string, packets: readonly string[]): void {
    const acks = packets.filter((packet) => packet.startsWith('3/') && packet.includes('"ok":true'));
    for (const ack of acks) if (!ack.includes('"seq":0')) throw new Error(`${name} was told a seq: ${ack}`);
    this.compared.acks += acks.length;
    this.compared.frames += packets.filter((packet) => packet.startsWith('2/')).length;
    if (name.startsWith('phone')) this.compared.phones += packets.length;
  }

  /** That a hold ran somewhere is a public fact on the beat [E-13]: the plain branch is told it, too. */
  #shareNotice(): void {
    const told = (stage: Stage, tell: (made: PublicEstimates) => boolean): void => {
      const { sight } = stage.test.server;
      const { publicEstimates } = sight;
      sight.publicEstimates = (...args) => {
        const made = publicEstimates(...args) as PublicEstimates;
        return { ...made, priorityNotice: tell(made) };
      };
    };
    told(this.real, ({ priorityNotice }) => (this.#notice = priorityNotice));
    told(this.plain, () => this.#notice);
  }
}

const changeWithLog = (sight: Sight): void => {
  const { viewFor } = sight;
  sight.viewFor = (audience, state, context) => {
    const view = viewFor(audience, state, context);
    return audience === 'board' ? { ...(view as object), at: state.at } : view;
  };
};

const byNobody = ({ command }: Deed): boolean => command.type !== 'PassTime';

/** Asking again for help that is coming changes nothing [K-2]; the plain day has no such repeat. */
const repeated = ({ command, actor }: Deed): boolean =>
  actor.role === 'kiosk' && command.type === 'RequestHelp';

const told = ({ real, beat }: Step): string =>
  beat ? 'the public beat' : real.map(({ command }) => command.type).join(', ');

/** A day of 130 moves, written by the twins of the unit test. */
function write(seed: number, tally: Tally): Twins {
  const [script] = fc.sample(moves(MOVES), { seed, numRuns: 1 });
  const twins = new Twins(tally, settings, GAP_MS);
  twins.run(script ?? []);
  return twins;
}

const none = (): Tally => ({ steps: 0, holds: 0, quietServices: 0, swaps: 0, frames: 0, parted: 0 });

describe('[L14] on the wire, two servers with equal public facts', () => {
  const total = { frames: 0, acks: 0, phones: 0, holds: 0, quietServices: 0, swaps: 0 };

  it.each(seeds)(
    'send every public page the same bytes in as many frames at the same steps (SEED=%i)',
    async (seed) => {
      const tally = none();
      const pair = await Pair.with(write(seed, tally));
      try {
        await pair.live();
      } finally {
        await pair.end();
      }
      const all = { ...tally, ...pair.compared };
      for (const key of ['frames', 'acks', 'phones', 'holds', 'quietServices', 'swaps'] as const)
        total[key] += all[key];
    },
    DAY_MS,
  );

  // A comparison of days in which nothing discreet happened would prove nothing.
  (first === 0 ? it : it.skip)('had something to hide', () => {
    expect(total.holds).toBeGreaterThan(10);
    expect(total.quietServices).toBeGreaterThan(5);
    expect(total.swaps).toBeGreaterThan(0);
    expect(total.frames).toBeGreaterThan(1_000);
    expect(total.phones).toBeGreaterThan(500);
    expect(total.acks).toBeGreaterThan(20);
  });

  it(
    'are told apart when the board changes with the log',
    async () => {
      const pair = await Pair.with(write(seeds[0] ?? 0, none()));
      for (const { test } of [pair.real, pair.plain]) changeWithLog(test.server.sight);
      try {
        await expect(pair.live()).rejects.toThrow(/^board at .* packets/s);
      } finally {
        await pair.end();
      }
    },
    DAY_MS,
  );
});
