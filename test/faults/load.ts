import { randomUUID } from 'node:crypto';
import type { Ack, Command, CommandMessage } from '../../src/protocol/commands.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import type { Audience, BoardView, ManagerView, TellerView } from '../../src/protocol/views.js';
import { Page } from '../support/server.js';
import type { Cast, Member } from './process.js';

export interface Sent {
  member: Member;
  audience: Audience;
  message: CommandMessage;
  /** Absent: the server died before it answered. */
  ack?: Ack;
  /** Answered, or its connection closed. */
  over: boolean;
}

/** What screens were shown, as far as it must be in the log. */
export interface Shown {
  /** Highest version seen of each visit. */
  versions: Map<string, number>;
  tickets: Map<string, string>;
  /** `ticket at` of every call on the board. */
  calls: Set<string>;
  issued: number;
}

const EIGHT = [
  'cash',
  'cashComplex',
  'personal',
  'personalComplex',
  'foreignExchange',
  'corporate',
  'corporateComplex',
];

/** Kiosks, tellers and a manager who all work as fast as they are answered, and screens that note what they see. */
export class Load {
  readonly sent: Sent[] = [];
  readonly shown: Shown;
  /** Of each page, what it was told of the server's going down. */
  readonly byes: { retryMs: number }[][] = [];
  readonly #pages: Page[] = [];
  #day: string | undefined;
  #count = 0;
  #dead = false;

  constructor(
    private readonly url: string,
    private readonly cast: Cast,
    before?: Shown,
  ) {
    this.shown = before ?? { versions: new Map(), tickets: new Map(), calls: new Set(), issued: 0 };
  }

  get acknowledged(): number {
    return this.sent.filter(({ ack }) => ack !== undefined).length;
  }

  async begin(): Promise<void> {
    const { manager, board, tellers, kiosks } = this.cast;
    const floor = await this.#sit(manager, 'manager', (view) => this.#seeVisits(view as ManagerView));
    await this.#sit(board, 'board', (view) => this.#seeCalls(view as BoardView));
    const hall = floor.view as ManagerView;
    if (hall.phase === 'closed') await this.#send(floor, manager, 'manager', { type: 'OpenDay' });
    await floor.until(() => (floor.view as ManagerView).phase === 'open');
    this.#day = (floor.view as ManagerView).day;
    if (!(floor.view as ManagerView).onDuty)
      await this.#send(floor, manager, 'manager', { type: 'StartDuty' });
    void this.#flag(floor);
    for (const [index, kiosk] of kiosks.entries())
      void this.#issue(await this.#sit(kiosk, 'kiosk'), kiosk, index);
    for (const teller of tellers) {
      const page = await this.#sit(teller, 'teller', (view) => this.#seeCurrent(view as TellerView));
      void this.#serve(page, teller);
    }
  }

  /** Resolves at the first answer after `count` of them. */
  async until(count: number): Promise<void> {
    while (this.acknowledged < count) await new Promise(setImmediate);
  }

  /** Resolves when the first page has been told that the server goes down. */
  async told(): Promise<void> {
    await Promise.race(this.#pages.map((page) => page.until(() => page.frames.includes('bye'))));
  }

  /** Resolves when every page's connection has ended and what was sent on it is over. */
  async over(): Promise<void> {
    await Promise.all(this.#pages.map((page) => page.closed()));
    while (this.sent.some(({ over }) => !over)) await new Promise(setImmediate);
  }

  end(): void {
    this.#dead = true;
    for (const page of this.#pages) page.close();
  }

  /** What a manager's page that has just been opened shows. */
  async look(): Promise<ManagerView> {
    const page = await this.#sit(this.cast.manager, 'manager');
    return page.view as ManagerView;
  }

  /** Sends a message again, as the page that never heard the answer would. */
  async again(sent: Sent): Promise<Ack> {
    const page = await this.#sit(sent.member, sent.audience);
    const ack = await page.emit('command', sent.message);
    page.close();
    return ack;
  }

  async #sit(member: Member, audience: Audience, see?: (view: unknown) => void): Promise<Page> {
    const page = new Page(this.url, { protocol: PROTOCOL_VERSION, token: member.token, audience });
    this.#pages.push(page);
    const byes: { retryMs: number }[] = [];
    this.byes.push(byes);
    page.socket.on('bye', (frame) => void byes.push(frame));
    const note = (): void => see?.(page.view);
    page.socket.on('view', note);
    page.socket.on('patch', note);
    await page.heard();
    return page;
  }

  async #send(page: Page, member: Member, audience: Audience, command: Command): Promise<Ack | undefined> {
    if (this.#dead) return undefined;
    const id = randomUUID();
    const day = this.#day;
    const message: CommandMessage = {
      id,
      ...(command.type !== 'OpenDay' && day !== undefined && { day }),
      command,
    };
    const sent: Sent = { member, audience, message, over: false };
    this.sent.push(sent);
    const ack = await Promise.race([page.emit('command', message), page.closed().then(() => undefined)]);
    sent.over = true;
    if (ack !== undefined) sent.ack = ack;
    return ack;
  }

  async #issue(page: Page, kiosk: Member, index: number): Promise<void> {
    while (!this.#dead && page.socket.connected) {
      this.#count += 1;
      const serviceId = EIGHT[(this.#count + index) % EIGHT.length] ?? 'cash';
      await this.#send(page, kiosk, 'kiosk', { type: 'IssueTicket', serviceIds: [serviceId] });
    }
  }

  async #serve(page: Page, teller: Member): Promise<void> {
    while (!this.#dead && page.socket.connected) {
      const before = page.frames.length;
      const ack = await this.#send(page, teller, 'teller', nextAct(page.view as TellerView, teller.actorId));
      if (ack?.ok === false)
        await Promise.race([page.until(() => page.frames.length > before), page.closed()]);
    }
  }

  async #flag(page: Page): Promise<void> {
    while (!this.#dead && page.socket.connected) {
      const before = page.frames.length;
      const { visits } = page.view as ManagerView;
      const visit = Object.values(visits).find(
        ({ status, flag }) => status === 'waiting' && flag?.episodeId === undefined,
      );
      if (visit) {
        const on = { visitId: visit.visitId, version: visit.version };
        await this.#send(
          page,
          this.cast.manager,
          'manager',
          visit.flag
            ? { type: 'ConfirmLoveWindow', ...on }
            : { type: 'FlagPriority', ...on, needs: ['seat'], consent: true },
        );
      }
      await Promise.race([page.until(() => page.frames.length > before + 20), page.closed()]);
    }
  }

  #seeVisits({ visits, counts }: ManagerView): void {
    this.shown.issued = Math.max(this.shown.issued, counts.issued);
    for (const { visitId, version, ticket } of Object.values(visits)) this.#see(visitId, version, ticket);
  }

  #seeCurrent({ current }: TellerView): void {
    if (current) this.#see(current.visitId, current.version, current.ticket);
  }

  #see(visitId: string, version: number, ticket: string): void {
    const { versions, tickets } = this.shown;
    versions.set(visitId, Math.max(version, versions.get(visitId) ?? 0));
    tickets.set(visitId, ticket);
  }

  #seeCalls({ calls }: BoardView): void {
    for (const { ticket, at } of calls) this.shown.calls.add(`${ticket} ${at}`);
  }
}

/** What a teller does next with the screen as it is; refused when there is nothing. */
function nextAct({ counter, current, alert }: TellerView, counterId: string): Command {
  if (!counter) return { type: 'SignOn', counterId };
  if (current) {
    const on = { visitId: current.visitId, version: current.version };
    return current.status === 'serving' ? { type: 'FinishService', ...on } : { type: 'StartService', ...on };
  }
  if (alert && !alert.acknowledged) return { type: 'AcknowledgeAlert', episodeId: alert.episodeId };
  return { type: 'CallNext' };
}
