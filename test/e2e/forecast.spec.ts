import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesForecast } from '../../src/forecast/lines.js';
import type { LoveWindowPlan, StaffingPreview } from '../../src/protocol/commands.js';
import { PUBLIC_BEATS } from '../../src/protocol/live.js';
import type {
  BoardView,
  ManagerView,
  MinutesRange,
  StaffingOutcome,
  TicketView,
} from '../../src/protocol/views.js';
import { publicFacts } from '../../src/views/public-facts.js';
import { setupWith } from '../support/lobby.js';
import { TestServer, type Page } from '../support/server.js';

const WAITING = 14;

/** A real branch at 09:00: two windows at work, a line for cash, and screens that look. */
class Lobby {
  private constructor(
    readonly test: TestServer,
    readonly manager: Page,
    readonly board: Page,
    readonly tellers: Page[],
    readonly tickets: { visitId: string; ticket: string; token: string }[],
  ) {}

  static async with(options: Parameters<typeof TestServer.start>[0] = {}): Promise<Lobby> {
    const test = await TestServer.start({ setup: setupWith({ autoCall: false }), ...options });
    const manager = await test.opened();
    const board = await test.page(await test.deviceToken('board'));
    const tellers: Page[] = [];
    for (const counterId of ['w1', 'w2']) {
      const teller = await test.page(await test.staffToken('teller'));
      await teller.ok({ type: 'SignOn', counterId });
      tellers.push(teller);
    }
    const tickets: Lobby['tickets'] = [];
    for (let i = 0; i < WAITING + 2; i += 1)
      tickets.push((await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'] })) as never);
    for (const teller of tellers) await teller.ok({ type: 'CallNext' });
    return new Lobby(test, manager, board, tellers, tickets);
  }

  /** Two public beats: at the second everything is told that was begun before the first. */
  async beats(): Promise<void> {
    for (let i = 0; i < 2; i += 1) {
      this.test.bell.ring(PUBLIC_BEATS);
      await this.test.server.forecastSettled();
    }
    const beat = this.board.beats.length;
    this.test.bell.ring();
    await this.board.until(() => this.board.beats.length > beat);
    await this.manager.until(() => this.manager.beats.length > beat);
  }

  get zone(): MinutesRange | undefined {
    const { zones } = this.board.view as BoardView;
    return Object.values(zones).find(({ waiting }) => waiting > 0)?.minutes;
  }
}

describe('Estimates of a live branch', () => {
  let lobby: Lobby;
  afterEach(() => lobby.test.end());

  it('[P-15] [P-16] come from forward runs, and move when a window opens', async () => {
    lobby = await Lobby.with();
    const { test, manager, tickets } = lobby;
    const last = tickets.at(-1);
    const phone = await test.page(`${last?.visitId ?? ''}.${last?.token ?? ''}`);
    await lobby.beats();
    const { state } = test.shown();
    const told = (phone.view as TicketView).minutes;
    const simple = linesForecast(publicFacts(state)).visits[last?.visitId ?? ''];
    expect(told).toBeDefined();
    expect(told).not.toEqual(simple);
    const before = lobby.zone;
    const third = await test.page(await test.staffToken('teller'));
    await third.ok({ type: 'SignOn', counterId: 'w4' });
    await third.ok({ type: 'CallNext' });
    await lobby.beats();
    expect((phone.view as TicketView).minutes?.low).toBeLessThan((told?.low ?? 0) - 3);
    expect(lobby.zone?.low).toBeLessThan(before?.low ?? 0);
    expect((manager.view as ManagerView).visits[last?.visitId ?? '']?.minutes).toBeDefined();
  });

  it('[P-16] are those of counts and means while the thread can not be had, and the log says so', async () => {
    lobby = await Lobby.with({ forecastWorker: pathToFileURL(resolve('dist/no-such-program.js')) });
    await lobby.beats();
    const simple = linesForecast(publicFacts(lobby.test.shown().state));
    expect(lobby.zone).toEqual(simple.zones['cash']);
    expect(lobby.test.log.join('')).toContain('the forecast thread failed');
  });

  it('[P-18] a plan names what it costs the others, and commands are answered meanwhile', async () => {
    lobby = await Lobby.with();
    const { manager, tickets, tellers } = lobby;
    const { visitId } = tickets.at(-1) ?? { visitId: '' };
    await manager.ok({ type: 'FlagPriority', visitId, version: 1, needs: ['seat'], consent: true });
    const [plan, started] = await Promise.all([
      manager.ok({ type: 'PreviewLoveWindow', visitId }),
      tellers[0]?.ok({ type: 'StartService', visitId: tickets[0]?.visitId ?? '', version: 2 }),
    ]);
    const { cost } = plan as unknown as LoveWindowPlan;
    expect(cost?.others).toBeGreaterThan(5);
    expect(cost?.minutes).toBeGreaterThan(0);
    expect(started).toBeDefined();
  });

  it('[S-20] a question that is being worked out is answered before the server ends', async () => {
    lobby = await Lobby.with();
    const { manager } = lobby;
    const answer = manager.send({ type: 'PreviewStaffing', counterId: 'w4', to: 'open' });
    // Once a later command is answered the question has been taken.
    await manager.send({ type: 'PreviewStaffing', counterId: 'w1', to: 'open' });
    await lobby.test.down();
    expect(await answer).toMatchObject({ ok: true, result: { waiting: { people: WAITING } } });
  });

  it('[P-21] advice that was followed is judged after a restart too, and after another one still told', async () => {
    lobby = await Lobby.with();
    const { test, manager } = lobby;
    await lobby.beats();
    const { advice } = (manager.view as ManagerView).staffing ?? {};
    expect(advice).toMatchObject({ to: 'open', counterId: 'w7' });
    const third = await test.page(await test.staffToken('teller'));
    await third.ok({ type: 'SignOn', counterId: 'w7' });
    await lobby.beats();
    test.clock.step(10 * 60_000);
    const again = async (): Promise<{ page: Page; outcome: () => StaffingOutcome | undefined }> => {
      await test.down();
      await test.up();
      const page = await test.page(await test.staffToken('lobbyManager'), 'manager');
      return { page, outcome: () => (page.view as ManagerView).staffing?.outcome };
    };
    const { page, outcome } = await again();
    expect(outcome()).toBeUndefined();
    test.clock.step(15 * 60_000);
    test.bell.ring(PUBLIC_BEATS);
    await page.until(() => outcome() !== undefined);
    const told = outcome();
    expect(told).toMatchObject({ to: 'open', counterId: 'w7', expected: advice?.work });
    expect(told?.seen).toBeGreaterThan(1);
    expect((await again()).outcome()).toEqual(told);
  });

  it('[P-19] a manager asks what a window more would do; the branch is as it was', async () => {
    lobby = await Lobby.with();
    const { test, manager, tellers } = lobby;
    const { seq } = test.shown();
    const answer = (await manager.ok({
      type: 'PreviewStaffing',
      counterId: 'w4',
      to: 'open',
    })) as unknown as StaffingPreview;
    expect(answer.waiting.people).toBe(WAITING);
    expect(answer.waiting.after).toBeLessThan(0.8 * (answer.waiting.before ?? 0));
    const cash = answer.zones.find(({ zone }) => zone === 'cash');
    expect(cash?.after?.low).toBeLessThan(cash?.before?.low ?? 0);
    expect(test.shown().seq).toBe(seq);
    const refusal = async (page: Page | undefined, change: object): Promise<unknown> => {
      const ack = await page?.send({ type: 'PreviewStaffing', ...change } as never);
      return ack?.ok === false ? ack.code : ack;
    };
    expect(await refusal(manager, { counterId: 'w1', to: 'open' })).toBe('counter-open');
    expect(await refusal(manager, { counterId: 'w4', to: 'closed' })).toBe('counter-closed');
    expect(await refusal(manager, { counterId: 'w99', to: 'open' })).toBe('unknown-counter');
    expect(await refusal(manager, { counterId: 'w1', to: 'services', serviceIds: ['tea'] })).toBe(
      'unknown-service',
    );
    expect(await refusal(manager, { counterId: 'w1', to: 'services' })).toBe('unknown-service');
    expect(await refusal(manager, { counterId: 'w1', to: 'sideways' })).toBe('malformed');
    expect(await refusal(tellers[0], { counterId: 'w4', to: 'open' })).toBe('forbidden');
  });
});
