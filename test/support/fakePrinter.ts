/**
 * A receipt printer on a real socket: it understands ESC/POS as a printer does, in the order of its buffer,
 * and answers real-time questions past it.
 *
 *     const printer = await FakePrinter.start();
 *     printer.address                       // '127.0.0.1:40123'
 *     printer.state = 'paperOut';           // what it says of itself
 *     printer.receipts                      // what came out: rows of text, QR codes, cut or not
 *     await printer.close();
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface PrintedReceipt {
  /** Rows of text as GB18030 reads, each with the height it was printed in. */
  rows: { text: string; times: number }[];
  qrCodes: string[];
  cut: boolean;
  /** Asked to centre, to read Chinese and to be quiet about its status. */
  started: boolean;
}

type State = 'ready' | 'paperOut' | 'coverOpen' | 'fault' | 'offline';
/** What the printer does with a job. */
type Manner = 'prompt' | 'slow' | 'mute' | 'hangsUp' | 'runsOut';

const decoder = new TextDecoder('gb18030', { fatal: true });
const blank = (): PrintedReceipt => ({ rows: [], qrCodes: [], cut: false, started: false });

export class FakePrinter {
  state: State = 'ready';
  manner: Manner = 'prompt';
  readonly receipts: PrintedReceipt[] = [];
  /** Times that it was told to forget what it had not printed. */
  forgotten = 0;
  calls = 0;
  /** Most connections that stood at one time. */
  atOnce = 0;
  readonly #sockets = new Set<Socket>();
  #waiting: (() => void)[] = [];
  #asked: (() => void)[] = [];

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(): Promise<FakePrinter> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakePrinter(server);
  }

  get address(): string {
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Resolves when a slow printer has a whole job in its buffer. */
  asked(): Promise<void> {
    return new Promise((resolve) => this.#asked.push(resolve));
  }

  /** A slow printer finishes what it has. */
  finish(): void {
    for (const each of this.#waiting.splice(0)) each();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.calls += 1;
    this.#sockets.add(socket);
    this.atOnce = Math.max(this.atOnce, this.#sockets.size);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let bytes: Buffer = Buffer.alloc(0);
    const paper = new Paper();
    socket.on('data', (more: Buffer) => {
      bytes = Buffer.concat([bytes, more]);
      bytes = this.#read(bytes, paper, socket);
    });
  }

  /** Works through what came; returns the part of a command that is still incomplete. */
  #read(bytes: Buffer, paper: Paper, socket: Socket): Buffer {
    let at = 0;
    while (at < bytes.length) {
      const rest = bytes.subarray(at);
      const length = lengthOf(rest);
      if (length === undefined) return rest;
      const command = rest.subarray(0, length);
      at += length;
      if (command[0] === 0x10 && command[1] === 0x04) this.#status(command[2] ?? 0, socket);
      else if (command[0] === 0x10) this.forgotten += 1;
      else if (command[0] === 0x1d && command[1] === 0x72) this.#done(paper, socket);
      else paper.take(command);
      if (this.manner === 'hangsUp' && paper.receipt.rows.length > 2) socket.destroy();
    }
    return Buffer.alloc(0);
  }

  #status(what: number, socket: Socket): void {
    if (this.manner === 'mute') return;
    const ill = this.state !== 'ready';
    const cause = { ready: 0, offline: 0, paperOut: 0x20, coverOpen: 0x04, fault: 0x40 }[this.state];
    const answers: Record<number, number> = {
      1: 0x12 | (ill ? 0x08 : 0),
      2: 0x12 | cause,
      4: 0x12 | (this.state === 'paperOut' ? 0x60 : 0),
    };
    socket.write(Uint8Array.of(answers[what] ?? 0x12));
  }

  #done(paper: Paper, socket: Socket): void {
    for (const each of this.#asked.splice(0)) each();
    if (this.manner === 'runsOut') {
      this.state = 'paperOut';
      return;
    }
    const finish = (): void => {
      this.receipts.push(paper.receipt);
      paper.receipt = blank();
      socket.write(Uint8Array.of(0));
    };
    if (this.manner === 'slow') this.#waiting.push(finish);
    else finish();
  }
}

/** What is on the paper so far. */
class Paper {
  receipt = blank();
  #row: number[] = [];
  #times = 1;
  #code = '';

  take(command: Buffer): void {
    const [first = 0, second = 0, third = 0] = command;
    if (first === 0x0a) {
      if (this.#row.length > 0)
        this.receipt.rows.push({ text: decoder.decode(Uint8Array.from(this.#row)), times: this.#times });
      this.#row = [];
    } else if (first === 0x1d && second === 0x21) this.#times = (third & 0x0f) + 1;
    else if (first === 0x1d && second === 0x56) this.receipt.cut = true;
    else if (first === 0x1c && second === 0x26) this.receipt.started = true;
    else if (first === 0x1d && second === 0x28) this.#symbol(command);
    else if (first !== 0x1b && first !== 0x1d) this.#row.push(...command);
  }

  /** Cn 49: function 80 keeps the data, 81 prints them. */
  #symbol(command: Buffer): void {
    if (command[6] === 80) this.#code = command.subarray(8).toString('latin1');
    if (command[6] === 81) this.receipt.qrCodes.push(this.#code);
  }
}

/** Bytes of the command or character at the start; undefined while some are missing. Throws on what no printer knows. */
function lengthOf(bytes: Buffer): number | undefined {
  const length = wholeLength(bytes);
  return length === undefined || bytes.length < length ? undefined : length;
}

function wholeLength(bytes: Buffer): number | undefined {
  const [first = 0, second] = bytes;
  if (first === 0x0a) return 1;
  if (first >= 0x20 && first < 0x80) return 1;
  if (second === undefined) return undefined;
  if (first >= 0x81 && first <= 0xfe) return second >= 0x30 && second <= 0x39 ? 4 : 2;
  const known: Record<number, Record<number, number>> = {
    0x10: { 0x04: 3, 0x14: 10 },
    0x1b: { 0x40: 2, 0x61: 3, 0x45: 3 },
    0x1c: { 0x26: 2 },
    0x1d: { 0x61: 3, 0x21: 3, 0x56: 4, 0x72: 3 },
  };
  if (first === 0x1d && second === 0x28)
    return bytes.length < 5 ? undefined : 5 + (bytes[3] ?? 0) + 256 * (bytes[4] ?? 0);
  const length = known[first]?.[second];
  if (length === undefined) throw new Error(`a printer does not know ${first} ${second}`);
  return length;
}
