import { readClips } from '../../../src/commands/clips/read.js';
import { words } from '../../../src/commands/clips/words.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import { sentence, unsaidOf, Vocabulary } from '../../../src/protocol/spoken.js';
import type { Spoken, Wording } from '../../../src/protocol/spoken.js';

const { clips, lost } = readClips(['client/public/voice']);
const vocabulary = new Vocabulary(clips);
const usual: Wording = { yao: false };
const call: Spoken = { ticket: 'A107', counter: { zh: '12 号窗口', en: 'Window 12' } };
const names = (spoken: Spoken, lang: 'zh' | 'en', wording = usual): unknown[] =>
  sentence(spoken, lang, wording, vocabulary).parts.filter((part) => typeof part === 'string');
const to = (zh: string, en: string): Spoken => ({ ticket: 'A1', counter: { zh, en } });

describe('what the board says', () => {
  it('the number sign by sign, then the window, in Mandarin [W-10]', () => {
    expect(names(call, 'zh')).toEqual(
      ['please', 'a', '1', '0', '7', 'number', 'to', '10', '2', 'number-window'].map((name) => `zh-${name}`),
    );
  });

  it('the same in English [W-10]', () => {
    expect(names(call, 'en')).toEqual(
      ['number', 'a', '1', '0', '7', 'go-to', 'window', '12'].map((name) => `en-${name}`),
    );
  });

  it('幺 in the number when that is chosen, never in the window’s', () => {
    const said = names({ ticket: 'A101', counter: { zh: '1 号窗口', en: 'Window 1' } }, 'zh', { yao: true });
    expect(said.filter((name) => name === 'zh-yao')).toHaveLength(2);
    expect(said.slice(-2)).toEqual(['zh-1', 'zh-number-window']);
  });

  it.each([
    ['2 号窗口', ['2', 'number-window']],
    ['２０号窗口', ['2', '10', 'number-window']],
    ['35号柜台', ['3', '10', '5', 'number-counter']],
    ['10 号窗口', ['10', 'number-window']],
    ['08 号窗口', ['0', '8', 'number-window']],
    ['贵宾理财室（B）', ['vip', 'wealth', 'room', 'b']],
    ['爱心窗口 4', ['love', 'window', '4']],
  ])('reads the name %s', (label, said) => {
    const { parts } = sentence(to(label, ''), 'zh', usual, vocabulary);
    const at = parts.indexOf('zh-to');
    expect(parts.slice(at + 1).filter((part) => typeof part === 'string')).toEqual(
      said.map((name) => `zh-${name}`),
    );
  });

  it.each([
    ['Window 2', ['window', '2']],
    ['window 47', ['window', '40', '7']],
    ['VIP room 3', ['vip', 'room', '3']],
    ['Non-cash counter 20', ['non-cash', 'counter', '20']],
    ['Desk C', ['desk', 'c']],
    ['Counter 105', ['counter', '1', '0', '5']],
  ])('reads the name %s', (label, said) => {
    const { parts } = sentence(to('', label), 'en', usual, vocabulary);
    const at = parts.indexOf('en-go-to');
    expect(parts.slice(at + 1).filter((part) => typeof part === 'string')).toEqual(
      said.map((name) => `en-${name}`),
    );
  });

  it('asks to see the screen where a window’s name has no clip, and never says half of it [W-13]', () => {
    const zh = sentence(to('三江窗口', 'Riverside'), 'zh', usual, vocabulary);
    expect(zh.missing).toEqual(['三江窗口']);
    expect(zh.parts).toContain('zh-look');
    expect(zh.parts).not.toContain('zh-window');
    const en = sentence(to('三江窗口', 'Windowless desk'), 'en', usual, vocabulary);
    expect(en.missing).not.toEqual([]);
    expect(en.parts).toContain('en-look');
    expect(en.parts).not.toContain('en-window');
  });

  it('says no number of which a sign is missing [W-13]', () => {
    const without = new Vocabulary(clips.filter(({ name }) => name !== 'zh-7'));
    expect(sentence(call, 'zh', usual, without)).toEqual({ parts: [], missing: ['7'] });
  });

  it('takes a bank’s own clip for its own word, and in place of ours', () => {
    const own = new Vocabulary([
      ...clips,
      { name: 'our-hall', lang: 'zh', says: '三江厅' },
      { name: 'our-window', lang: 'zh', says: '号窗口' },
    ]);
    expect(sentence(to('三江厅 2 号窗口', ''), 'zh', usual, own).parts).toEqual(
      expect.arrayContaining(['our-hall', 'our-window']),
    );
  });
});

describe('the clips in the repository [W-10]', () => {
  it('are all there, each word that the script makes', () => {
    expect(lost).toEqual([]);
    expect(clips.map(({ name }) => name)).toEqual(['chime', ...words.map(({ name }) => name)]);
  });

  it('say every call of the branch that set-up begins with', () => {
    expect(unsaidOf(branchTemplate, vocabulary)).toEqual([]);
  });

  it('say every prefix, every digit, both ways of 1, and windows 1 to 99', () => {
    const services = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').map((prefix) => ({
      ...branchTemplate.services[0]!,
      prefix,
    }));
    const counters = Array.from({ length: 99 }, (_, i) => ({
      ...branchTemplate.counters[0]!,
      label: { zh: `${i + 1} 号窗口`, en: `Window ${i + 1}` },
    }));
    expect(unsaidOf({ services, counters }, vocabulary)).toEqual([]);
  });

  it.each(
    clips.filter(({ name }) => /^(zh|en)-([0-9a]|please|to|number|go-to|look|window|10|yao)$/.test(name)),
  )('the check notices that $name is missing', ({ name }) => {
    const counters = [1, 2, 10, 12].map((n) => ({
      ...branchTemplate.counters[0]!,
      label: { zh: n === 1 ? '窗口' : `${n} 号窗口`, en: `Window ${n}` },
    }));
    const left = new Vocabulary(clips.filter((clip) => clip.name !== name));
    expect(unsaidOf({ services: branchTemplate.services, counters }, left)).not.toEqual([]);
  });
});
