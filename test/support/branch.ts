import type { Actor } from '../../src/lobby/input.js';
import type { LobbyState } from '../../src/lobby/state.js';
import type { Ack, Command, CommandType, ResultOf } from '../../src/protocol/commands.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import type { Core } from '../../src/runtime/core.js';
import { Lobbies } from '../../src/runtime/lobbies.js';
import { LiveForecast } from '../../src/forecast/live/liveForecast.js';
import { answerTo, type AheadAnswer, type AheadRequest } from '../../src/forecast/live/request.js';
import { coreWith } from '../../src/runtime/lobby-core.js';
import type { Clock, DayKeys, EventLog, Logger } from '../../src/runtime/ports.js';
import { InMemoryEventLog } from '../../src/store/memory-event-log.js';
import { frozenClock } from './clocks.js';
import { actorOf, kiosk, manager, MIDNIGHT, setupWith, tellerAt } from './lobby.js';
import { Held, listening, MemoryDayKeys } from './logs.js';

export const NINE = MIDNIGHT + 9 * 3_600_000;
export const boss = actorOf('branchManager', 'boss');

const workedOut = (request: AheadRequest): Promise<AheadAnswer[]> => Promise.resolve(answerTo(request));
/** The product's core; its forecast needs no thread here. */
export const lobbyCore = coreWith(new LiveForecast({ public: workedOut, staff: workedOut }));

export interface BranchParts {
  log?: EventLog;
  clock?: Clock;
  keys?: DayKeys;
  core?: Core;
  setup?: BranchSetup;
  branchIds?: string[];
  logger?: Logger;
}

/** The branch `main` under the real runtime, on parts that the test can hold back, break and restart with. */
export class Branch {
  readonly log: Held;
  readonly keys: DayKeys;
  readonly clock: Clock;
  readonly logger = listening();
  readonly lobbies: Lobbies;
  private ids = 0;

  constructor(private readonly parts: BranchParts = {}) {
    const inner = parts.log ?? new InMemoryEventLog();
    this.log = inner instanceof Held ? inner : new Held(inner);
    this.keys = parts.keys ?? new MemoryDayKeys();
    this.clock = parts.clock ?? frozenClock(NINE);
    const setup = parts.setup ?? setupWith();
    const ids = parts.branchIds ?? ['main'];
    this.lobbies = new Lobbies({
      log: this.log,
      clock: this.clock,
      keys: this.keys,
      logger: this.logger,
      core: parts.core ?? lobbyCore,
      setups: {
        branchIds: () => Promise.resolve(ids),
        setupOf: () => Promise.resolve(setup),
        opening: (configured) => configured,
      },
    });
  }

  static async started(parts: BranchParts = {}): Promise<Branch> {
    const branch = new Branch(parts);
    await branch.lobbies.start();
    return branch;
  }

  /** Started, with the day open. */
  static async open(parts: BranchParts = {}): Promise<Branch> {
    const branch = await Branch.started(parts);
    await branch.ok({ type: 'OpenDay' }, boss);
    return branch;
  }

  /** Another process on the same log and keys, as after a crash: nothing is taken over in memory. */
  restarted(parts: BranchParts = {}): Promise<Branch> {
    const { log, keys, clock } = this;
    return Branch.started({ ...this.parts, log: log.inner, keys, clock, ...parts });
  }

  send(
    command: Command,
    actor: Actor = manager,
    id = `${String((this.ids += 1))}-${command.type}`,
  ): Promise<Ack> {
    return this.lobbies.execute('main', { id, command, actor });
  }

  async ok<T extends CommandType>(
    command: Extract<Command, { type: T }>,
    actor?: Actor,
    id?: string,
  ): Promise<ResultOf<T>> {
    const ack = await this.send(command, actor, id);
    if (!ack.ok) throw new Error(`${command.type} was refused: ${ack.code}`);
    return ack.result as ResultOf<T>;
  }

  async refusal(command: Command, actor?: Actor, id?: string): Promise<string> {
    const ack = await this.send(command, actor, id);
    return ack.ok ? 'accepted' : ack.code;
  }

  issue(id?: string) {
    return this.ok({ type: 'IssueTicket', serviceIds: ['cash'] }, kiosk, id);
  }

  signOn(counterId: string) {
    return this.ok({ type: 'SignOn', counterId }, tellerAt(counterId));
  }

  get state(): LobbyState {
    return this.lobbies.shown('main').state;
  }

  get waiting(): number {
    return Object.keys(this.state.present).length;
  }

  /** Types of all events of the day, as the log has them. */
  async events(): Promise<string[]> {
    const tail = await this.log.tail('main');
    return tail ? (await this.log.read(tail, 1, 10_000)).map(({ type }) => type) : [];
  }
}

/** Lets everything run that is ready to run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
