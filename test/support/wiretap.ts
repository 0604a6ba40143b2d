import type { Page } from './server.js';

/** Random by nature: the part of an id that its command's seed gives, a channel's epoch, a ticket's token. */
const RANDOM = /[0-9a-f]{16,}/g;
/** The connection's own name, in the first packet of each. */
const SID = /"sid":"[^"]*"/;

/**
 * Every message packet that reaches one page, as text and in order. Nothing is parsed. What is random by nature
 * reads #1, #2 … in the order in which it first came, so that its places, its length and its repeats still count.
 */
export class Wiretap {
  #heard: string[] = [];
  readonly #names = new Map<string, string>();

  constructor(readonly page: Page) {
    page.socket.io.engine.on('packet', ({ type, data }) => {
      // Pings follow the connection's age alone.
      if (type === 'message') this.#heard.push(this.#masked(String(data)));
    });
  }

  /** What came since it was last asked; whatever the server had sent by now is in it. */
  async take(): Promise<string[]> {
    await this.page.emit('mark');
    return this.#heard.splice(0);
  }

  #masked(packet: string): string {
    return packet.replace(SID, '"sid":""').replace(RANDOM, (random) => {
      const name = this.#names.get(random) ?? `#${String(this.#names.size + 1)}/${String(random.length)}`;
      this.#names.set(random, name);
      return name;
    });
  }
}
