import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { format } from '../../src/protocol/icu.js';
import { bannedPhrase } from '../../src/protocol/notices.js';
import { rejectionCodes } from '../../src/protocol/codes.js';
import { supportNeeds } from '../../src/protocol/vocabulary.js';

type Texts = Record<string, { zh: string; en: string }>;
const folder = 'src/protocol/texts';
const areas = readdirSync(folder).map((file): [string, Texts] => [
  file,
  JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Texts,
]);

interface Piece {
  type: number;
  value?: string;
  options?: Record<string, { value: Piece[] }>;
}
/** Element types 0, 7 and 8 of the message format's tree are words, `#` and tags: no placeholders. */
const named = (pieces: Piece[]): string[] =>
  pieces.flatMap(({ type, value, options }) => [
    ...([0, 7, 8].includes(type) || value === undefined ? [] : [value]),
    ...Object.values(options ?? {}).flatMap((option) => named(option.value)),
  ]);
const placeholders = (text: string): string[] =>
  [...new Set(named(new IntlMessageFormat(text, 'en').getAst()))].sort();

describe.each(areas)('texts/%s', (_file, texts) => {
  it('has both languages for every text', () => {
    const lame = Object.entries(texts).filter(([, { zh, en }]) => zh.trim() === '' || en.trim() === '');
    expect(lame).toEqual([]);
  });

  it('has no banned phrase and no half-width comma between Chinese words', () => {
    const rude = Object.entries(texts).filter(
      ([, { zh, en }]) =>
        (bannedPhrase(zh) ?? bannedPhrase(en)) !== undefined || /\p{Script=Han},\p{Script=Han}/u.test(zh),
    );
    expect(rude).toEqual([]);
  });

  it('has one apostrophe in English, and it is no quote', () => {
    expect(Object.entries(texts).filter(([, { en }]) => /[A-Za-z]'[A-Za-z]/.test(en))).toEqual([]);
  });

  it('reads with our small formatter as with intl-messageformat', () => {
    for (const { zh, en } of Object.values(texts))
      for (const [text, locale, lang] of [
        [zh, 'zh-CN', 'zh'],
        [en, 'en', 'en'],
      ] as const)
        for (const n of [0, 1, 2, 21]) {
          const params = Object.fromEntries(placeholders(text).map((name) => [name, n]));
          expect(format(text, params, lang)).toBe(new IntlMessageFormat(text, locale).format(params));
        }
  });
});

it('[V-6] support needs are named in one list', () => {
  const names = areas.flatMap(([file, texts]) =>
    Object.keys(texts).flatMap((key) => {
      const need = supportNeeds.find((each) => new RegExp(`(^|[.])needs?[.]${each}$`).test(key));
      return need === undefined ? [] : [`${file} ${need}`];
    }),
  );
  expect(names.sort()).toEqual(supportNeeds.map((need) => `needs.json ${need}`).sort());
});

describe('our small formatter', () => {
  it.each([
    ['{n, plural, =0 {nobody} one {# person} other {# people}} waiting', { n: 0 }],
    ['{n, plural, =0 {nobody} one {# person} other {# people}} waiting', { n: 1 }],
    [
      '{n, plural, =0 {nobody} one {# person} other {# people, {name} first}} waiting',
      { n: 5, name: 'A001' },
    ],
    ['{kind, select, help {Help at {place}} other {Something}}', { kind: 'help', place: 'door' }],
    ['{kind, select, help {Help} other {Something}}', { kind: 'else' }],
    ["It''s {a}{b}", { a: 1, b: 2 }],
  ])('%s', (pattern, params) => {
    expect(format(pattern, params, 'en')).toBe(new IntlMessageFormat(pattern, 'en').format(params));
  });
});

it('every refusal has words', () => {
  const errors = areas.find(([file]) => file === 'errors.json')?.[1] ?? {};
  expect(rejectionCodes.filter((code) => !(code in errors))).toEqual([]);
});
