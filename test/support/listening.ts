/**
 * What a page plays through Web Audio, written down by the page itself: the real context, the real clips, the clock of
 * the loudspeaker. `listen(page)` before `goto`; `heard(page)` afterwards.
 */
import type { Page } from 'playwright-core';

export interface Played {
  /** Name of the clip's file. */
  name: string;
  /** On the context's clock, seconds. */
  at: number;
  end: number;
  /** Told by the browser: it was played to its end. */
  ended: boolean;
}

const RECORDER = `(() => {
  window.__played = [];
  window.__decoded = {};
  const files = new WeakMap();
  const { fetch } = window;
  window.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    const name = /([^/]+)\\.opus$/.exec(answer.url)?.[1];
    if (name) {
      const read = answer.arrayBuffer.bind(answer);
      answer.arrayBuffer = async () => { const data = await read(); files.set(data, name); return data; };
    }
    return answer;
  };
  const decode = BaseAudioContext.prototype.decodeAudioData;
  BaseAudioContext.prototype.decodeAudioData = async function (data) {
    const name = files.get(data);
    const buffer = await decode.call(this, data);
    files.set(buffer, name);
    window.__decoded[name] = { seconds: buffer.duration, peak: buffer.getChannelData(0).reduce((most, x) => Math.max(most, Math.abs(x)), 0) };
    return buffer;
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (at) {
    const played = { name: files.get(this.buffer), at, end: at + this.buffer.duration, ended: false };
    this.addEventListener('ended', () => { played.ended = this.context.currentTime >= played.end - 0.01; });
    window.__played.push(played);
    return start.call(this, at);
  };
})()`;

/** A tenth of a second of a 440 Hz tone: a bank's own recording may be any sound file. */
export function shortTone(): Buffer {
  const [rate, count] = [8_000, 400];
  const file = Buffer.alloc(44 + 2 * count);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + 2 * count, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  [16, 0x0001_0001, rate, 2 * rate, 0x0010_0002].forEach((word, i) => file.writeUInt32LE(word, 16 + 4 * i));
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * count, 40);
  for (let i = 0; i < count; i += 1)
    file.writeInt16LE(Math.round(9_000 * Math.sin((2 * Math.PI * 440 * i) / rate)), 44 + 2 * i);
  return file;
}

/** @param short replaces every clip by a short tone, so that a minute of calls takes seconds */
export async function listen(page: Page, { short = false } = {}): Promise<void> {
  await page.addInitScript(RECORDER);
  if (short) await page.route('**/voice/*.opus', (route) => route.fulfill({ body: shortTone() }));
}

export const heard = (page: Page): Promise<Played[]> => page.evaluate('window.__played');

export const decoded = (page: Page): Promise<Record<string, { seconds: number; peak: number }>> =>
  page.evaluate('window.__decoded');

const PATIENCE_MS = 45_000;
const LOOK_AGAIN_MS = 50;

/** Waits until the page says yes. (Playwright's own waiting evaluates in the page, which our content policy forbids.) */
export async function until(page: Page, yes: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (await page.evaluate<boolean>(yes)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error(`never came true: ${yes}`);
}

/** Waits until a clip of that name was begun so often and everything begun has been played to its end. */
export const hears = (page: Page, name: string, times: number): Promise<void> =>
  until(
    page,
    `window.__played.filter((one) => one.name === ${JSON.stringify(name)}).length >= ${times} &&
      window.__played.every((one) => one.ended)`,
  );
