import type { Actor, CoreCommand } from '../../src/lobby/input.js';
import type { LobbyState } from '../../src/lobby/state.js';
import type { Command, TicketIssued } from '../../src/protocol/commands.js';
import { PUBLIC_BEATS } from '../../src/protocol/live.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { DAY, manager } from './lobby.js';
import { TestServer, type Page } from './server.js';
import { Wiretap } from './wiretap.js';

export interface Deed {
  command: CoreCommand;
  actor: Actor;
  id: string;
}

/**
 * A real server that lives a day written for the core, with a tapped page for every public eye: boards, signs, pads
 * and a kiosk from before the day, a phone for each customer. Time stands unless the day puts it on.
 */
export class Stage {
  readonly taps = new Map<string, Wiretap>();
  readonly #staff = new Map<string, Page>();

  private constructor(readonly test: TestServer) {}

  static async start(setup: BranchSetup): Promise<Stage> {
    const test = await TestServer.start({ setup });
    const stage = new Stage(test);
    await stage.#show('board', await test.deviceToken('board'));
    for (const { id, room } of setup.zones)
      if (room) await stage.#show(`board in ${id}`, await test.deviceToken('board', id));
    await stage.#show('kiosk', await test.deviceToken('kiosk'));
    for (const { id } of setup.counters) {
      await stage.#show(`sign ${id}`, await test.deviceToken('counterSign', id));
      await stage.#show(`pad ${id}`, await test.deviceToken('ratingPad', id));
      const teller = id.replace('w', 't');
      stage.#staff.set(teller, await test.page(await test.staffToken('teller', teller)));
    }
    stage.#staff.set(manager.id, await test.page(await test.staffToken('lobbyManager', manager.id)));
    return stage;
  }

  get state(): LobbyState {
    return this.test.shown().state;
  }

  /** Puts the clock to `at` (UTC ms), where due deadlines run. */
  async passTo(at: number): Promise<void> {
    this.test.clock.step(at - this.test.clock.now());
    // A question is answered when everything before it is on disk and shown.
    const command = { type: 'PreviewLoveWindow', visitId: 'nobody' } as const;
    await this.test.server.lobbies.execute(this.test.branchId, {
      id: 'settled',
      day: DAY,
      command,
      actor: manager,
    });
  }

  /** Up to and with the next public beat. */
  async ring(): Promise<void> {
    this.test.bell.ring(PUBLIC_BEATS);
    // The next beat tells what is worked out by then, on a fast machine and on a slow one.
    await this.test.server.forecastSettled();
  }

  /** Does what `deed` says in the lobby `of`; a refusal is a fault of the written day. */
  async act({ command, actor, id }: Deed, of: LobbyState): Promise<void> {
    const own = this.#here(command, of);
    const page = this.#pageOf(actor, of);
    const message = own.type === 'OpenDay' ? { id, command: own } : { id, day: DAY, command: own };
    const ack = await page.emit('command', message);
    if (!ack.ok) throw new Error(`${JSON.stringify(command)} was refused: ${JSON.stringify(ack)}`);
    if (own.type !== 'IssueTicket' && own.type !== 'FlagNewVisit') return;
    const { ticket, visitId, token } = ack.result as TicketIssued & { token: string };
    await this.#show(`phone ${ticket}`, `${visitId}.${token}`);
  }

  /** What reached each public page since it was last asked. */
  async heard(): Promise<Map<string, string[]>> {
    const heard = new Map<string, string[]>();
    for (const [name, tap] of this.taps) heard.set(name, await tap.take());
    return heard;
  }

  async #show(name: string, token: string): Promise<void> {
    const page = this.test.open(token);
    this.taps.set(name, new Wiretap(page));
    await page.heard();
  }

  #pageOf({ id, role }: Actor, of: LobbyState): Page {
    const staff = role === 'system' ? manager.id : id;
    const name = role === 'kiosk' ? 'kiosk' : `phone ${of.visits[id]?.ticket ?? ''}`;
    const page = this.#staff.get(staff) ?? this.taps.get(name)?.page;
    if (!page) throw new Error(`nobody plays ${role} ${id}`);
    return page;
  }

  /** The same command with the ids of this server, which gives its own. */
  #here(command: CoreCommand, of: LobbyState): Command {
    if (command.type === 'BeginDay') return { type: 'OpenDay' };
    if (
      command.type === 'PassTime' ||
      command.type === 'RecordOutage' ||
      command.type === 'RecordClockStep' ||
      command.type === 'RecordPrinter'
    )
      throw new Error(`${command.type} is the server's own`);
    return {
      ...command,
      ...('visitId' in command && { visitId: this.#visit(command.visitId, of) }),
      ...('episodeId' in command && { episodeId: this.#episode(command.episodeId, of) }),
    };
  }

  /** A ticket's number is given once a day. */
  #visit(id: string, of: LobbyState): string {
    const ticket = of.visits[id]?.ticket;
    const visit = Object.values(this.state.visits).find((each) => each.ticket === ticket);
    if (!visit) throw new Error(`no visit has ticket ${String(ticket)}`);
    return visit.id;
  }

  /** A visit's episodes come one after the other. */
  #episode(id: string, of: LobbyState): string {
    const visitId = of.episodes[id]?.visitId ?? '';
    const nth = episodesOf(of, visitId).indexOf(id);
    const own = episodesOf(this.state, this.#visit(visitId, of))[nth];
    if (own === undefined) throw new Error(`no episode ${id}`);
    return own;
  }
}

const episodesOf = ({ episodes }: LobbyState, visitId: string): string[] =>
  Object.values(episodes)
    .filter((episode) => episode.visitId === visitId)
    .map(({ id }) => id);
