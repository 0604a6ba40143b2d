import { BranchClock } from '../../demo/branchClock.js';
import { Link } from '../../demo/link.js';
import type { Customer } from '../../model/arrivals.js';
import type { Ack, Command, CommandOf } from '../../protocol/commands.js';
import type { Audience } from '../../protocol/views.js';
import type { Hall } from './load.js';
import type { BranchCast } from './server.js';

interface Console {
  counterId: string;
  link: Link<'teller'>;
  /** A command of this teller's is on its way. */
  busy: boolean;
  /** A customer has gone; the next is to come before the next call. */
  owes: boolean;
}

/** One branch as its people see it: a manager, a board, a phone and the tellers at their consoles, each on a socket. */
export class Lobby implements Hall {
  readonly #tellers: Console[];
  readonly #links: Link<Audience>[] = [];
  readonly #manager: Link<'manager'>;
  readonly #clock = new BranchClock();
  #come = 0;
  #onView: () => void = () => undefined;

  private constructor(
    private readonly url: string,
    cast: BranchCast,
    private readonly customers: readonly Customer[],
  ) {
    this.#manager = this.#open(cast.manager, 'manager');
    this.#open(cast.board, 'board');
    this.#tellers = cast.tellers.map(({ counterId, token }) => ({
      counterId,
      link: this.#open(token, 'teller'),
      busy: false,
      owes: false,
    }));
  }

  /** Opens the branch and lets people come until `waiting` of them wait and everybody else is served. */
  static async filled(
    url: string,
    cast: BranchCast,
    customers: readonly Customer[],
    waiting: number,
  ): Promise<Lobby> {
    const lobby = new Lobby(url, cast, customers);
    await lobby.#accepted(lobby.#manager, { type: 'OpenDay' });
    // A command names the day that its sender sees.
    await lobby.#until(() => lobby.#links.every(({ view }) => view?.day !== undefined));
    await lobby.#accepted(lobby.#manager, { type: 'StartDuty' });
    for (const { link, counterId } of lobby.#tellers)
      await lobby.#accepted(link, { type: 'SignOn', counterId });
    let phone = '';
    for (let i = 0; i < waiting + lobby.#tellers.length; i += 1) phone = await lobby.#comes();
    lobby.#open(phone, 'ticket');
    for (const teller of lobby.#tellers) {
      await teller.link.send({ type: 'CallNext' });
      await lobby.#act(true, teller);
    }
    return lobby;
  }

  get tellers(): number {
    return this.#tellers.length;
  }

  /** The next act of a teller who is not waiting for an answer; undefined when everybody is. */
  next(kept: boolean, uniform: number): Promise<Ack | undefined> | undefined {
    const free = this.#tellers.filter(({ busy }) => !busy);
    const teller = free[Math.floor(uniform * free.length)];
    return teller && this.#act(kept, teller);
  }

  /**
   * The next act at a console: call, begin, finish, and let somebody come for who has gone. Where the lobby is kept,
   * whoever was served goes to the end of the line, so that it stays as large as it was.
   */
  async #act(kept: boolean, teller: Console): Promise<Ack | undefined> {
    teller.busy = true;
    try {
      const { link } = teller;
      const current = link.view?.current;
      if (!current) {
        if (!teller.owes || kept) return await link.send({ type: 'CallNext' });
        teller.owes = false;
        return await this.#manager.send(this.#ticket());
      }
      const on = { visitId: current.visitId, version: current.version };
      if (current.startedAt === undefined) return await link.send({ type: 'StartService', ...on });
      if (kept)
        return await link.send({
          type: 'TransferVisit',
          ...on,
          serviceId: current.service.id,
          placement: 'end',
        });
      teller.owes = true;
      return await link.send({ type: 'FinishService', ...on });
    } finally {
      teller.busy = false;
    }
  }

  close(): void {
    for (const link of this.#links) link.close();
    this.#clock.stop();
  }

  #open<A extends Audience>(token: string, audience: A): Link<A> {
    const onView = (): void => this.#onView();
    const link = new Link({ url: this.url, token, audience, clock: this.#clock, onView });
    this.#links.push(link);
    return link;
  }

  #ticket(): CommandOf<'IssueTicket'> {
    const { serviceId, tier } = this.customers[this.#come % this.customers.length] ?? {
      serviceId: 'cash',
      tier: 0,
    };
    this.#come += 1;
    return { type: 'IssueTicket', serviceIds: [serviceId], tier };
  }

  /** Resolves when `done` holds; it is asked again at each frame. */
  #until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#onView = () => {
        if (done()) resolve();
      };
      this.#onView();
    });
  }

  /** @returns the token of the new customer's phone */
  async #comes(): Promise<string> {
    const answer = await this.#manager.send(this.#ticket());
    if (answer?.ok !== true) throw new Error(`no ticket was given: ${JSON.stringify(answer)}`);
    return `${answer.result.visitId}.${answer.result.token ?? ''}`;
  }

  async #accepted(link: Link<Audience>, command: Command): Promise<void> {
    const answer = await link.send(command);
    if (answer?.ok !== true) throw new Error(`${command.type} was refused: ${JSON.stringify(answer)}`);
  }
}
