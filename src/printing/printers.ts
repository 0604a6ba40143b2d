import type { PrinterStatus, PrintOutcome } from '../protocol/http.js';
import type { ReceiptLine } from '../protocol/receipt.js';
import { parseAddress } from './address.js';
import { escPos } from './escPos.js';
import { print, statusOf } from './printer.js';
import type { Patience } from './printer.js';

/** A kiosk prints one receipt at a time: more than these in line means that the printer hangs. */
const MOST_IN_LINE = 4;

export interface PrintersOptions {
  patience: Patience;
  /** Told what became of a receipt that is not known to be printed. */
  onTrouble: (address: string, outcome: PrintOutcome) => void;
}

/** The network printers. Each takes one connection at a time, so that its jobs wait for each other. */
export class Printers {
  readonly #lines = new Map<string, { last: Promise<unknown>; length: number }>();
  readonly #end = new AbortController();

  constructor(private readonly options: PrintersOptions) {}

  /** @param address as `parseAddress` reads it; another counts as away */
  async print(address: string, receipt: readonly ReceiptLine[]): Promise<Exclude<PrintOutcome, 'none'>> {
    const at = parseAddress(address);
    const { patience, onTrouble } = this.options;
    const outcome =
      at === undefined
        ? 'away'
        : await this.#inLine(address, () => print(at, escPos(receipt), patience, this.#end.signal));
    if (outcome !== 'printed') onTrouble(address, outcome);
    return outcome;
  }

  status(address: string): Promise<Exclude<PrinterStatus['printer'], 'none'>> {
    const at = parseAddress(address);
    if (at === undefined) return Promise.resolve('away');
    return this.#inLine(address, () => statusOf(at, this.options.patience, this.#end.signal));
  }

  /** Hangs up everywhere. */
  close(): void {
    this.#end.abort();
  }

  async #inLine<T>(address: string, work: () => Promise<T>): Promise<T | 'busy'> {
    const line = this.#lines.get(address) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= MOST_IN_LINE) return 'busy';
    line.length += 1;
    this.#lines.set(address, line);
    const mine = line.last.then(work);
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(address);
    }
  }
}
