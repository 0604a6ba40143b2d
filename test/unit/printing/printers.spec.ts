import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { encode } from 'uqr';
import { Printers } from '../../../src/printing/printers.js';
import { receiptOf } from '../../../src/protocol/receipt.js';
import type { ReceiptFacts } from '../../../src/protocol/receipt.js';
import { FakePrinter } from '../../support/fakePrinter.js';

const ADDRESS =
  'https://lobby.example.com/ticket/#token=0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef';
const facts: ReceiptFacts = {
  branch: { zh: '䶮山路𠮷祥网点', en: 'Yanshan Road Branch' },
  timeZone: 'Asia/Shanghai',
  ticket: 'A1043',
  services: [{ zh: '现金存取', en: 'Cash deposit and withdrawal' }],
  ahead: 9,
  minutes: { low: 6, high: 14 },
  issuedAt: Date.UTC(2026, 2, 2, 2, 30),
};
const lines = receiptOf(facts, ADDRESS);
const patience = { connect: 500, answer: 200, print: 1_500, ask: 30 };

let printer: FakePrinter;
let printers: Printers;
const troubles: string[] = [];
beforeEach(async () => {
  printer = await FakePrinter.start();
  printers = new Printers({ patience, onTrouble: (_, outcome) => void troubles.push(outcome) });
  troubles.length = 0;
});
afterEach(async () => {
  printers.close();
  await printer.close();
});

const rows = () => printer.receipts.flatMap((receipt) => receipt.rows.map(({ text }) => text));

describe('a receipt on paper', () => {
  it('[W-20] is the same text as on the screen, in both languages, in GB18030 with rare characters, cut', async () => {
    expect(await printers.print(printer.address, lines)).toBe('printed');
    expect(printer.receipts).toEqual([expect.objectContaining({ cut: true, started: true })]);
    expect(rows()).toEqual([
      '䶮山路𠮷祥网点',
      'Yanshan Road Branch',
      '您的号码',
      'Your number',
      'A1043',
      '现金存取',
      'Cash deposit and withdrawal',
      '前面还有 9 位',
      '9 people before you',
      '预计等候约 6–14 分钟',
      'Expected wait: about 6–14 min',
      '请坐下休息，留意大厅屏幕',
      'Please take a seat and watch the',
      'board',
      '手机扫一扫，随时查看进度',
      'Scan to see your place at any',
      'time',
      '取号时间 2026-03-02 10:30',
      'Taken at 2026-03-02 10:30',
    ]);
    const onScreen = lines.flatMap(({ kind, text }) => (kind === 'code' ? [] : [text.zh, text.en]));
    const letters = (all: string[]): string[] => [...new Set(all.join('').replace(/\s/g, ''))].sort();
    expect(letters(rows())).toEqual(letters(onScreen));
    expect(troubles).toEqual([]);
  });

  it('[W-20] has the number largest and the ticket’s address as the printer’s own QR code, which fits 58 mm paper', async () => {
    await printers.print(printer.address, lines);
    const [receipt] = printer.receipts;
    expect(receipt?.qrCodes).toEqual([ADDRESS]);
    expect(receipt?.rows.filter(({ times }) => times === 4).map(({ text }) => text)).toEqual(['A1043']);
    expect(encode(ADDRESS, { ecc: 'M', border: 0 }).size * 5).toBeLessThanOrEqual(384);
  });

  it('[W-20] a control character in a name is no command to the printer', async () => {
    const name = { zh: '网\u001b@点\u0010\u0014\u0008', en: 'Bra\nnch' };
    await printers.print(printer.address, receiptOf({ ...facts, branch: name }, ADDRESS));
    expect(rows().slice(0, 3)).toEqual(['网 @点', 'Bra nch', '您的号码']);
    expect(printer.forgotten).toBe(0);
  });

  it('[W-20] [L14] says nothing of tier or priority, and leaves out what is not known', () => {
    const bare = receiptOf({ ...facts, minutes: undefined } as unknown as ReceiptFacts, undefined);
    const said = JSON.stringify([lines, bare]);
    expect(said).not.toMatch(/爱心|优先|贵宾|VIP|priority/i);
    expect(bare.map(({ kind }) => kind)).not.toContain('code');
    expect(bare.map(({ text }) => text.zh)).toContain('等候时间暂无法预计');
  });
});

describe('[W-21] a printer that does not print', () => {
  it.each([
    ['paperOut', 'paperOut'],
    ['coverOpen', 'coverOpen'],
    ['fault', 'fault'],
    ['offline', 'fault'],
  ] as const)('is found out before anything is sent: %s', async (state, outcome) => {
    printer.state = state;
    expect(await printers.print(printer.address, lines)).toBe(outcome);
    expect(await printers.status(printer.address)).toBe(outcome);
    expect(printer.receipts).toEqual([]);
    expect(troubles).toEqual([outcome]);
    printer.state = 'ready';
    expect(await printers.status(printer.address)).toBe('ready');
    expect(await printers.print(printer.address, lines)).toBe('printed');
  });

  it('is away when nobody listens, and when it does not answer', async () => {
    printer.manner = 'mute';
    expect(await printers.print(printer.address, lines)).toBe('away');
    const { address } = printer;
    await printer.close();
    expect(await printers.print(address, lines)).toBe('away');
    expect(await printers.status('no such address')).toBe('away');
    printer = await FakePrinter.start();
  });

  it('is away when it takes the call and hangs up at once', async () => {
    const rude = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${String((rude.address() as AddressInfo).port)}`;
    expect(await printers.print(address, lines)).toBe('away');
    await new Promise((resolve) => rude.close(resolve));
  });

  it('leaves it open when it hangs up in the middle', async () => {
    printer.manner = 'hangsUp';
    expect(await printers.print(printer.address, lines)).toBe('unsure');
    expect(troubles).toEqual(['unsure']);
  });

  it('leaves it open when it never says that it is done', async () => {
    printer.manner = 'slow';
    expect(await printers.print(printer.address, lines)).toBe('unsure');
  });

  it('runs out of paper in the middle, and is told to forget the rest of a stranger’s ticket', async () => {
    printer.manner = 'runsOut';
    expect(await printers.print(printer.address, lines)).toBe('paperOut');
    printer.state = 'ready';
    printer.manner = 'prompt';
    expect(await printers.print(printer.address, lines)).toBe('printed');
    expect(printer.forgotten).toBe(1);
  });
});

describe('[W-21] a slow printer', () => {
  it('is waited for', async () => {
    printer.manner = 'slow';
    const asked = printer.asked();
    const printing = printers.print(printer.address, lines);
    await asked;
    printer.finish();
    expect(await printing).toBe('printed');
  });

  it('prints one receipt at a time, and has no endless line', async () => {
    printer.manner = 'slow';
    const asked = printer.asked();
    const first = printers.print(printer.address, lines);
    const others = [1, 2, 3].map(() => printers.print(printer.address, lines));
    expect(await printers.print(printer.address, lines)).toBe('busy');
    await asked;
    printer.manner = 'prompt';
    printer.finish();
    expect(await Promise.all([first, ...others])).toEqual(['printed', 'printed', 'printed', 'printed']);
    expect(printer.atOnce).toBe(1);
    expect(printer.receipts).toHaveLength(4);
  });

  it('is left alone when the server goes down', async () => {
    printer.manner = 'slow';
    const asked = printer.asked();
    const printing = printers.print(printer.address, lines);
    await asked;
    printers.close();
    expect(await printing).toBe('unsure');
  });
});
