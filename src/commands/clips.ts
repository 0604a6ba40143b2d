/**
 * `npm run clips`: makes the boards' and kiosks' voice anew, in client/public/voice. It needs the programs espeak-ng, flite and ffmpeg
 * (Debian packages of these names) and is run by whoever changes the words; the clips are in the repository. It stands
 * with the commands because it shares the words and the checks with the server and is built and linted like them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clip } from '../protocol/spoken.js';
import { CHIME } from '../protocol/spoken.js';
import { kioskWords } from './clips/kioskWords.js';
import { chime, fromWav, tidy, toWav } from './clips/sound.js';
import type { Sound } from './clips/sound.js';
import { words } from './clips/words.js';
import type { Word } from './clips/words.js';

const FOLDER = 'client/public/voice';
const CHIME_RATE = 48_000;

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });

/** Mandarin by eSpeak NG; its letters are the English names in the same voice, as banks say them. */
const espeak = {
  program: 'espeak-ng',
  pinyin: 'cmn-latn-pinyin+f2',
  letters: 'en-us+f2',
  wordsAMinute: '165',
};
/** English by Flite's voice slt. */
const flite = { program: 'flite', voice: 'slt' };

const work = mkdtempSync(join(tmpdir(), 'clips-'));
const raw = join(work, 'raw.wav');
const tidied = join(work, 'tidy.wav');

function spoken({ lang, read }: Word): Sound {
  if (lang === 'en') run(flite.program, '-voice', flite.voice, '-t', read, '-o', raw);
  else {
    const voice = /^[A-Z]$/.test(read) ? espeak.letters : espeak.pinyin;
    run(espeak.program, '-v', voice, '-s', espeak.wordsAMinute, '-w', raw, read);
  }
  return tidy(fromWav(readFileSync(raw)));
}

/** Ogg Opus: small without long headers, and free; decodeAudioData has read it since before Chromium 64. */
function write(name: string, sound: Sound, rate: string): void {
  writeFileSync(tidied, toWav(sound));
  const encode = ['-c:a', 'libopus', '-b:a', rate, '-ac', '1', '-map_metadata', '-1'];
  const same = ['-fflags', '+bitexact', '-flags:a', '+bitexact'];
  run('ffmpeg', '-v', 'error', '-y', '-i', tidied, ...encode, ...same, join(FOLDER, `${name}.opus`));
}

mkdirSync(FOLDER, { recursive: true });
for (const file of readdirSync(FOLDER)) if (file.endsWith('.opus')) rmSync(join(FOLDER, file));
/** Bits per second: a word through a hall's loudspeaker, and a sentence from a kiosk at arm's length. */
const RATE = { word: '32k', sentence: '16k' };
write(CHIME, chime(CHIME_RATE), RATE.word);
const made = (list: readonly Word[], rate: string): Clip[] =>
  list.map((word) => {
    write(word.name, spoken(word), rate);
    const { name, lang, says } = word;
    return { name, lang, says };
  });
const boards: Clip[] = [{ name: CHIME }, ...made(words, RATE.word)];
const kiosks = made(kioskWords, RATE.sentence);
rmSync(work, { recursive: true });

const versionOf = (text: string): string => /\d+(\.\d+)+/.exec(text)?.[0] ?? 'unknown';
const sources = [
  { clips: CHIME, source: 'synthesised by src/commands/clips/sound.ts', licence: 'Apache-2.0' },
  {
    clips: 'zh-*',
    source: `eSpeak NG, voices ${espeak.pinyin} and ${espeak.letters}`,
    version: versionOf(run(espeak.program, '--version')),
    licence: 'GPL-3.0-or-later for the program; what it speaks is not part of it',
  },
  {
    clips: 'en-*',
    source: `Flite, voice cmu_us_${flite.voice}`,
    version: versionOf(run('dpkg-query', '-W', '-f', '${Version}', 'flite')),
    licence: 'MIT-like licence of Carnegie Mellon University, for program and voice',
  },
];
const line = (value: unknown): string => JSON.stringify(value);
const list = (file: string, clips: readonly Clip[]): void => {
  const content = `{\n  "format": "Ogg Opus, mono",\n  "sources": [\n    ${sources.map(line).join(',\n    ')}\n  ],\n  "clips": [\n    ${clips.map(line).join(',\n    ')}\n  ]\n}\n`;
  writeFileSync(join(FOLDER, file), content);
};
list('clips.json', boards);
// Apart, because a board takes all of its list into memory, and a kiosk only what it says.
list('kiosk.json', kiosks);
process.stdout.write(`${boards.length + kiosks.length} clips in ${FOLDER}\n`);
