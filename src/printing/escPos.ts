import iconv from 'iconv-lite';
import type { ReceiptLine } from '../protocol/receipt.js';
import { wrapped } from './wrapped.js';

/** Columns of Latin letters on 58 mm paper, the narrowest in use; wider paper centres the same lines. */
const COLUMNS = 32;
/** Dots per module of the QR code: a ticket's address stays below 58 mm paper's 384 dots. */
const MODULE_DOTS = 5;

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const DLE = 0x10;

/** Asks at once, past everything that waits to be printed: 1 printer, 2 why it is offline, 4 paper. */
export const askStatus = (what: 1 | 2 | 4): number[] => [DLE, 0x04, what];
/** Asks in its turn: the answer comes when all before it has been printed. */
const ASK_WHEN_DONE = [GS, 0x72, 1];
/** Forgets what waits to be printed, so that fresh paper does not begin with a stranger's ticket. */
export const FORGET = [DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** No unasked status, whose bytes could be taken for an answer; Chinese characters; centred. */
const START = [ESC, 0x40, GS, 0x61, 0, FS, 0x26, ESC, 0x61, 1];
const FEED_AND_CUT = [GS, 0x56, 66, 3];

/** GS ! : width and height, each 1–8 times. */
const size = (times: number): number[] => [GS, 0x21, ((times - 1) << 4) | (times - 1)];
const bold = (on: boolean): number[] => [ESC, 0x45, on ? 1 : 0];

const sizes: Record<Exclude<ReceiptLine['kind'], 'code'>, number> = {
  branch: 1,
  label: 1,
  number: 4,
  service: 2,
  ahead: 1,
  wait: 1,
  note: 1,
  time: 1,
};

/** A receipt as ESC/POS bytes in GB18030 with the printer's own QR code, cut, and a question when it is done [W-20]. */
export function escPos(lines: readonly ReceiptLine[]): Uint8Array {
  return Uint8Array.from([
    ...START,
    ...lines.flatMap((line) => (line.kind === 'code' ? qr(line.text.zh) : words(line.kind, line))),
    ...FEED_AND_CUT,
    ...ASK_WHEN_DONE,
  ]);
}

function words(kind: Exclude<ReceiptLine['kind'], 'code'>, { text }: ReceiptLine): number[] {
  const times = sizes[kind];
  const said = text.zh === text.en ? [text.zh] : [text.zh, text.en];
  const strong = kind === 'number' || kind === 'branch';
  return [
    ...said
      .filter(Boolean)
      .flatMap((each, i) => [
        ...size(i === 0 ? times : 1),
        ...bold(strong),
        ...wrapped(plain(each), Math.floor(COLUMNS / (i === 0 ? times : 1))).flatMap((row) => [
          ...gb(row),
          0x0a,
        ]),
      ]),
    ...size(1),
    ...bold(false),
    ...(kind === 'note' || kind === 'number' ? [0x0a] : []),
  ];
}

/** Names come from a branch's configuration: a control character in one would be a command to the printer. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');

const gb = (text: string): Buffer => iconv.encode(text, 'gb18030');

/** GS ( k : model 2, module size, error correction M, the data, print. */
function qr(text: string): number[] {
  const data = [...Buffer.from(text, 'ascii')];
  const command = (...rest: number[]): number[] => [
    GS,
    0x28,
    0x6b,
    rest.length & 0xff,
    rest.length >> 8,
    ...rest,
  ];
  return [
    ...command(0x31, 0x41, 0x32, 0),
    ...command(0x31, 0x43, MODULE_DOTS),
    ...command(0x31, 0x45, 0x31),
    ...command(0x31, 0x50, 0x30, ...data),
    ...command(0x31, 0x51, 0x30),
    0x0a,
  ];
}
