import { TestServer } from '../support/server.js';
import type { BoardView } from '../../src/protocol/views.js';

describe('the live gateway', () => {
  let test: TestServer;
  beforeEach(async () => {
    test = await TestServer.start();
  });
  afterEach(() => test.end());

  it('shows a call on the board before the teller has the answer', async () => {
    const manager = await test.opened();
    const board = await test.page(await test.deviceToken('board'));
    const teller = await test.page(await test.staffToken('teller'));
    await teller.ok({ type: 'SignOn', counterId: 'w1' });
    const issued = await manager.ok({ type: 'IssueTicket', serviceIds: ['cash'] });
    expect(issued['token']).toMatch(/^[0-9a-f]{32}$/);
    const called = await teller.ok({ type: 'CallNext' });
    expect(called['ticket']).toBe('A001');
    await board.until(() => (board.view as BoardView).calls.length > 0);
    expect((board.view as BoardView).calls[0]?.ticket).toBe('A001');
    expect(board.views).toHaveLength(1);
  });
});
