import type { ManagerView } from '../../src/protocol/views.js';
import type { PrintRequest, Printed, PrinterStatus } from '../../src/protocol/http.js';
import { FakePrinter } from '../support/fakePrinter.js';
import { TestServer } from '../support/server.js';
import type { Page } from '../support/server.js';

const patience = { connect: 500, answer: 200, print: 1_500, ask: 30 };
const JSON_HEADERS = { 'Content-Type': 'application/json', 'X-Love-Window': '1' };

let lobby: TestServer;
let printer: FakePrinter;
let kiosk: Page;
let token: string;
let kioskId: string;
let admin: string;

beforeEach(async () => {
  printer = await FakePrinter.start();
  lobby = await TestServer.start({ printerPatience: patience });
  await lobby.opened();
  token = await lobby.deviceToken('kiosk');
  kiosk = await lobby.page(token);
  admin = await lobby.staffToken('administrator');
  const devices = (await (await call('GET', 'devices', admin)).json()) as { id: string; kind: string }[];
  kioskId = devices.find(({ kind }) => kind === 'kiosk')?.id ?? '';
});
afterEach(async () => {
  await lobby.end();
  await printer.close();
});

const call = (method: string, path: string, bearer: string, body?: unknown): Promise<Response> =>
  fetch(`${lobby.server.url}/api/v1/${path}`, {
    method,
    headers: { ...JSON_HEADERS, Authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const connect = (address = printer.address): Promise<Response> =>
  call('PUT', `devices/${kioskId}/printer`, admin, { address });
const issue = async (): Promise<{ visitId: string; ticket: string; token: string }> =>
  (await kiosk.ok({ type: 'IssueTicket', serviceIds: ['cash'] })) as never;
const print = async ({ visitId, token: secret }: { visitId: string; token: string }): Promise<Printed> => {
  const body: PrintRequest = { ticket: `${visitId}.${secret}` };
  return (await (await call('POST', 'printer/receipts', token, body)).json()) as Printed;
};
const how = async (): Promise<PrinterStatus['printer']> =>
  ((await (await call('GET', 'printer', token)).json()) as PrinterStatus).printer;
const issued = (): number => Object.keys(lobby.shown().state.visits).length;

describe('a kiosk with a printer', () => {
  it('[W-20] prints the ticket that it was given, with the address that opens its page', async () => {
    expect(await how()).toBe('none');
    expect((await connect()).status).toBe(204);
    expect(await how()).toBe('ready');
    const ticket = await issue();
    const { outcome, lines } = await print(ticket);
    expect(outcome).toBe('printed');
    const [receipt] = printer.receipts;
    expect(receipt?.rows.map(({ text }) => text)).toContain(ticket.ticket);
    expect(receipt?.qrCodes).toEqual([`${lobby.server.url}/ticket/#token=${ticket.visitId}.${ticket.token}`]);
    expect(lines.find(({ kind }) => kind === 'code')?.text.zh).toBe(receipt?.qrCodes[0]);
    const shown = receipt?.qrCodes[0]?.split('#token=')[1] ?? '';
    const phone = await lobby.page(shown);
    expect(phone.view).toMatchObject({ ticket: ticket.ticket, status: 'waiting' });
  });

  it('[W-21] keeps the ticket when paper is out; printing again makes no second one', async () => {
    await connect();
    printer.state = 'paperOut';
    const ticket = await issue();
    expect(await print(ticket)).toMatchObject({ outcome: 'paperOut' });
    expect(await how()).toBe('paperOut');
    printer.state = 'ready';
    expect((await print(ticket)).outcome).toBe('printed');
    expect((await print(ticket)).outcome).toBe('printed');
    expect(printer.receipts.map(({ qrCodes }) => qrCodes[0]?.split('.').at(-1))).toEqual([
      ticket.token,
      ticket.token,
    ]);
    expect(issued()).toBe(1);
    expect(lobby.log.filter((line) => line.includes('a receipt was not printed'))).toHaveLength(1);
    expect(lobby.log.join('')).not.toContain(ticket.token);
  });

  it('[W-21] is acknowledged although the printer hangs', async () => {
    await connect();
    printer.manner = 'slow';
    const asked = printer.asked();
    const first = await issue();
    const printing = print(first);
    await asked;
    const second = await issue();
    expect(second.ticket).not.toBe(first.ticket);
    printer.manner = 'prompt';
    printer.finish();
    expect((await printing).outcome).toBe('printed');
  });

  it('[W-21] without a printer says that there is none, and keeps the lines for its screen', async () => {
    const { outcome, lines } = await print(await issue());
    expect(outcome).toBe('none');
    expect(lines.map(({ kind }) => kind)).toContain('number');
  });

  it('[W-21] remembers its printer over a restart, and is told when it is taken away', async () => {
    await connect();
    await lobby.down();
    await lobby.up();
    expect(await how()).toBe('ready');
    expect((await call('DELETE', `devices/${kioskId}/printer`, admin)).status).toBe(204);
    expect(await how()).toBe('none');
  });
});

describe('[K-6] a printer in trouble', () => {
  const tasks = () => Object.values(lobby.shown().state.tasks).filter(({ kind }) => kind === 'printer');
  let manager: Page;
  /** What the manager's tablet shows of it. */
  const shown = () =>
    Object.values((manager.view as ManagerView).tasks)
      .filter(({ kind }) => kind === 'printer')
      .map(({ screen, trouble, acknowledgedBy }) => [screen, trouble, acknowledgedBy]);
  const recorded = () =>
    tasks().map(({ screen, trouble, acknowledgedBy }) => [screen?.name, trouble, acknowledgedBy]);
  const look = async (): Promise<void> => {
    await lobby.server.lookAtPrinters();
    await manager.until(() => JSON.stringify(shown()) === JSON.stringify(recorded()));
  };

  beforeEach(async () => {
    await connect();
    manager = await lobby.page(await lobby.staffToken('branchManager'), 'manager');
  });

  it('is told to managers before a customer is there, survives a restart and goes when it works again', async () => {
    await look();
    expect(shown()).toEqual([]);
    printer.state = 'paperOut';
    const { seq } = lobby.shown();
    await look();
    expect(shown()).toEqual([['kiosk', 'paperOut', undefined]]);
    await look();
    expect(lobby.shown().seq).toBe(seq + 1);
    await lobby.down();
    await lobby.up();
    manager = await lobby.page(await lobby.staffToken('branchManager'), 'manager');
    expect(shown()).toEqual([['kiosk', 'paperOut', undefined]]);
    printer.state = 'ready';
    await look();
    expect(shown()).toEqual([]);
    expect(tasks()).toEqual([]);
  });

  it('is told at once when a ticket could not be printed, without the ticket or its customer', async () => {
    printer.state = 'fault';
    const ticket = await issue();
    await print(ticket);
    await manager.until(() => shown().length === 1);
    const [task] = tasks();
    expect(task).toEqual({
      id: task?.id,
      kind: 'printer',
      at: task?.at,
      remindedAt: task?.at,
      screen: { id: kioskId, name: 'kiosk' },
      trouble: 'fault',
    });
    printer.state = 'ready';
    await print(ticket);
    await manager.until(() => shown().length === 0);
  });

  it('stays with whoever took it and says what the trouble is now; untaken, the new trouble is told anew', async () => {
    printer.state = 'paperOut';
    await look();
    printer.state = 'coverOpen';
    await look();
    expect(shown()).toEqual([['kiosk', 'coverOpen', undefined]]);
    const taken = tasks()[0]!;
    await manager.ok({ type: 'AcknowledgeTasks', taskIds: [taken.id] });

    printer.state = 'paperOut';
    await look();
    expect(shown()).toEqual([['kiosk', 'paperOut', expect.any(String)]]);
    expect(tasks()).toEqual([
      { ...taken, trouble: 'paperOut', acknowledgedBy: expect.any(String) as string },
    ]);
    await lobby.down();
    await lobby.up();
    manager = await lobby.page(await lobby.staffToken('branchManager'), 'manager');
    expect(shown()).toEqual([['kiosk', 'paperOut', expect.any(String)]]);
    await manager.ok({ type: 'CompleteTask', taskId: tasks()[0]!.id });
    expect(tasks()).toHaveLength(1);
    printer.state = 'ready';
    await look();
    expect(shown()).toEqual([]);
  });

  it('that is away is told, and goes with its printer or its kiosk', async () => {
    const { address } = printer;
    await printer.close();
    await look();
    expect(shown()).toEqual([['kiosk', 'away', undefined]]);
    await call('DELETE', `devices/${kioskId}/printer`, admin);
    await look();
    expect(shown()).toEqual([]);
    await connect(address);
    await look();
    expect(shown()).toHaveLength(1);
    await call('DELETE', `devices/${kioskId}`, admin);
    await look();
    expect(shown()).toEqual([]);
  });

  it('is asked about on an open day only, and no client may say it', async () => {
    printer.state = 'paperOut';
    expect(
      await kiosk.send({ type: 'RecordPrinter', screen: { id: kioskId, name: '' } } as never),
    ).toMatchObject({
      ok: false,
      code: 'unknown-command',
    });
    await manager.ok({ type: 'CloseDay', endRemaining: true });
    const asked = printer.calls;
    await lobby.server.lookAtPrinters();
    expect(printer.calls).toBe(asked);
    expect(tasks()).toEqual([]);
  });
});

describe('who may print', () => {
  it('[W-21] a kiosk prints only a ticket whose token it holds, and none that has ended', async () => {
    await connect();
    const ticket = await issue();
    const body = { ticket: `${ticket.visitId}.${'0'.repeat(32)}` };
    const forged = await call('POST', 'printer/receipts', token, body);
    expect([forged.status, await forged.json()]).toEqual([
      404,
      { ok: false, code: 'unknown-ticket', params: {} },
    ]);
    const phone = await lobby.page(`${ticket.visitId}.${ticket.token}`);
    const { version } = phone.view as { version: number };
    await phone.ok({ type: 'CancelVisit', visitId: ticket.visitId, version });
    const ended = await call('POST', 'printer/receipts', token, {
      ticket: `${ticket.visitId}.${ticket.token}`,
    });
    expect(await ended.json()).toMatchObject({ code: 'visit-ended' });
    expect(printer.receipts).toEqual([]);
  });

  it('nobody but a kiosk has a printer, and nobody but an administrator connects one', async () => {
    const ticket = await issue();
    const request = { ticket: `${ticket.visitId}.${ticket.token}` };
    const teller = await lobby.staffToken('teller');
    const board = await lobby.deviceToken('board');
    for (const bearer of [teller, board, request.ticket]) {
      expect((await call('POST', 'printer/receipts', bearer, request)).status).toBe(403);
      expect((await call('GET', 'printer', bearer)).status).toBe(403);
    }
    for (const bearer of [teller, token]) {
      const refused = await call('PUT', `devices/${kioskId}/printer`, bearer, { address: printer.address });
      expect(refused.status).toBe(403);
    }
    const devices = (await (await call('GET', 'devices', admin)).json()) as { id: string; kind: string }[];
    const boardId = devices.find(({ kind }) => kind === 'board')?.id ?? '';
    const onBoard = await call('PUT', `devices/${boardId}/printer`, admin, { address: printer.address });
    expect(await onBoard.json()).toMatchObject({ code: 'unknown-screen' });
  });

  it('takes only what is an address', async () => {
    for (const address of ['', 'http://printer', 'a b', 'printer:0', 'printer:70000', '-x', '[::1', 'x\n'])
      expect((await connect(address)).status).toBe(400);
    for (const address of ['192.168.1.50', 'printer.lobby:9100', '[fe80::1]:9100'])
      expect((await connect(address)).status).toBe(204);
  });

  it('an administrator prints a test page', async () => {
    const test = (): Promise<Response> => call('POST', `devices/${kioskId}/printer/test`, admin);
    expect(await (await test()).json()).toEqual({ outcome: 'none' });
    await connect();
    expect(await (await test()).json()).toEqual({ outcome: 'printed' });
    expect(printer.receipts[0]?.rows.map(({ text }) => text)).toContain('生僻字 㐀 䶮 𠮷 龘');
    printer.state = 'coverOpen';
    expect(await (await test()).json()).toEqual({ outcome: 'coverOpen' });
  });
});
