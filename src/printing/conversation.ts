import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { PrinterAddress } from './address.js';

/** What came next from the printer: a byte, its end, or nothing in time. */
export type Heard = number | 'closed' | 'silent';

/** A connection to a printer, as bytes that are said and heard. */
export class Conversation {
  readonly #heard: number[] = [];
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#heard.push(...bytes);
      this.#wake();
    });
    // A lost connection is heard as its end; the reason makes no difference to the customer.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Undefined when the printer does not take the call in time. */
  static open(
    { host, port }: PrinterAddress,
    withinMs: number,
    signal: AbortSignal,
  ): Promise<Conversation | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ host, port, noDelay: true, signal });
      const giveUp = (): void => {
        socket.destroy();
        resolve(undefined);
      };
      const timer = setTimeout(giveUp, withinMs);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(new Conversation(socket));
      });
    });
  }

  say(bytes: Iterable<number>): void {
    if (!this.#closed) this.socket.write(Uint8Array.from(bytes));
  }

  async hear(withinMs: number): Promise<Heard> {
    if (this.#heard.length === 0 && !this.#closed)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    return this.#heard.shift() ?? (this.#closed ? 'closed' : 'silent');
  }

  /** Sends what was said and hangs up; resolves when the printer is free for the next call. */
  end(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.socket.destroy(), withinMs);
      this.socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.socket.end();
    });
  }
}
