import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { DayKey } from './ports.js';
import { LogFailure } from './ports.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Every list of support needs fits one block, so its sealed length says nothing about it. */
const BLOCK_BYTES = 256;
const LENGTH_BYTES = 4;
export const SECRET_BYTES = 32;

/**
 * A day's key from its 32 secret bytes. Sealed text is `<key id>.<base64url of nonce, ciphertext, tag>`;
 * the key id tells another day's or a destroyed key's text from a damaged one.
 */
export function dayKey(secret: Buffer): DayKey {
  const derive = (use: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `love-window/${use}`, length));
  const sealing = derive('seal', 32);
  const printing = derive('fingerprint', 32);
  const id = derive('id', 6).toString('base64url');

  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([nonce, cipher.update(padded(text)), cipher.final(), cipher.getAuthTag()]);
      return `${id}.${sealed.toString('base64url')}`;
    },

    unseal(sealed, context) {
      const dot = sealed.indexOf('.');
      if (dot < 0) throw new LogFailure('corrupt', 'sealed text without a key id');
      if (!sameText(sealed.slice(0, dot), id)) return 'erased';
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return { text: unpadded(Buffer.concat([plain, decipher.final()])) };
      } catch (cause) {
        throw new LogFailure('corrupt', 'sealed text was altered', { cause });
      }
    },

    fingerprint: (text) => createHmac('sha256', printing).update(text).digest('hex'),
  };
}

function padded(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const block = Buffer.alloc(Math.ceil((LENGTH_BYTES + length) / BLOCK_BYTES) * BLOCK_BYTES);
  block.writeUInt32BE(length);
  block.write(text, LENGTH_BYTES);
  return block;
}

const unpadded = (block: Buffer): string =>
  block.toString('utf8', LENGTH_BYTES, LENGTH_BYTES + block.readUInt32BE());

const sameText = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
