/** One clip's sound: mono, one number per sample in [-1, 1]. */
export interface Sound {
  rate: number;
  samples: Float32Array;
}

const decibel = (db: number): number => 10 ** (db / 20);
/** Below this under the loudest moment there is no speech any more. */
const SILENCE = decibel(-42);
/** Loudness of all clips, so that a number doesn't jump at the listener; RMS of what is spoken. */
const LEVEL = decibel(-16);
const CEILING = decibel(-1.5);
const KEEP_MS = { before: 8, after: 28 };
const FADE_MS = 6;

/** Reads 16-bit PCM from a WAV file whose sizes may be left open, as programs that write to a pipe do. */
export function fromWav(file: Buffer): Sound {
  let at = 12;
  let format = { channels: 0, rate: 0, bits: 0 };
  while (at + 8 <= file.length) {
    const [kind, size] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)];
    const body = at + 8;
    if (kind === 'fmt ')
      format = {
        channels: file.readUInt16LE(body + 2),
        rate: file.readUInt32LE(body + 4),
        bits: file.readUInt16LE(body + 14),
      };
    if (kind === 'data') {
      if (format.channels !== 1 || format.bits !== 16) break;
      const count = Math.floor(Math.min(size, file.length - body) / 2);
      const samples = Float32Array.from({ length: count }, (_, i) => file.readInt16LE(body + 2 * i) / 32_768);
      return { rate: format.rate, samples };
    }
    at = body + size + (size % 2);
  }
  throw new RangeError('not a mono WAV file of 16 bits');
}

/** The same as a WAV file. */
export function toWav({ rate, samples }: Sound): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, i) => file.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * i));
  return file;
}

/** Without the silence around it, at the common loudness, with soft edges; nothing above the ceiling. */
export function tidy({ rate, samples }: Sound): Sound {
  const loudest = peak(samples);
  if (loudest === 0) throw new RangeError('silence');
  const spoken = (sample: number): boolean => Math.abs(sample) >= SILENCE * loudest;
  const from = Math.max(0, samples.findIndex(spoken) - Math.round((KEEP_MS.before * rate) / 1000));
  const to = samples.findLastIndex(spoken) + 1 + Math.round((KEEP_MS.after * rate) / 1000);
  const cut = samples.slice(from, to);
  const gain = LEVEL / loudness(cut, rate);
  const fade = Math.round((FADE_MS * rate) / 1000);
  return {
    rate,
    samples: cut.map((sample, i) => {
      const edge = Math.min(1, (i + 1) / fade, (cut.length - i) / fade);
      return limit(sample * gain) * edge;
    }),
  };
}

const peak = (samples: Float32Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** Bends what is above three quarters of the ceiling instead of cutting it off: no click, no clipping. */
function limit(sample: number): number {
  const knee = 0.75 * CEILING;
  const size = Math.abs(sample);
  if (size <= knee) return sample;
  const room = CEILING - knee;
  return Math.sign(sample) * (knee + room * Math.tanh((size - knee) / room));
}

/** RMS over the tenths of a second that are not pauses. */
export function loudness(samples: Float32Array, rate: number): number {
  const step = Math.max(1, Math.round(rate / 50));
  const frames: number[] = [];
  for (let at = 0; at < samples.length; at += step) {
    const frame = samples.subarray(at, at + step);
    frames.push(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);
  }
  const loud = frames.filter((power) => power >= Math.max(...frames) / 100);
  return Math.sqrt(loud.reduce((sum, power) => sum + power, 0) / loud.length);
}

/** Two falling notes of a struck bar, E6 and C6: heard through talk, gone in under a second. */
export function chime(rate: number): Sound {
  const notes = [
    { at: 0, hertz: 1318.51 },
    { at: 0.26, hertz: 1046.5 },
  ];
  // A bar's own overtones; the high ones die first.
  const overtones = [
    { ratio: 1, size: 1, fades: 0.3 },
    { ratio: 2.756, size: 0.22, fades: 0.09 },
    { ratio: 5.404, size: 0.08, fades: 0.04 },
  ];
  const samples = Float32Array.from({ length: Math.round(0.95 * rate) }, (_, i) => {
    const now = i / rate;
    let sum = 0;
    for (const { at, hertz } of notes)
      for (const { ratio, size, fades } of overtones) {
        const since = now - at;
        if (since <= 0) continue;
        const rise = Math.min(1, since / 0.004);
        sum += rise * size * Math.exp(-since / fades) * Math.sin(2 * Math.PI * hertz * ratio * since);
      }
    const end = Math.min(1, (0.95 - now) / 0.08);
    return 0.34 * sum * end;
  });
  return { rate, samples };
}
