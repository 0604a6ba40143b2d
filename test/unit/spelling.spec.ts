/** Words of the English texts, as people read them: no ICU syntax, no placeholders. */
import { readdirSync, readFileSync } from 'node:fs';
import dictionary from 'dictionary-en-gb';
import { IntlMessageFormat } from 'intl-messageformat';
import nspell from 'nspell';

const folder = 'src/protocol/texts';
const speller = nspell({ aff: Buffer.from(dictionary.aff), dic: Buffer.from(dictionary.dic) });

interface Piece {
  type: number;
  value?: string;
  options?: Record<string, { value: Piece[] }>;
}
const literals = (pieces: Piece[]): string[] =>
  pieces.flatMap(({ type, value, options }) => [
    ...(type === 0 && value !== undefined ? [value] : []),
    ...Object.values(options ?? {}).flatMap((option) => literals(option.value)),
  ]);
const wordsOf = (text: string): string[] =>
  literals(new IntlMessageFormat(text, 'en').getAst())
    .join(' ')
    .match(/[A-Za-z]+(?:['’][a-z]+)*/g) ?? [];

it.each(readdirSync(folder))('texts/%s is spelt right in English', (file) => {
  const texts = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, { en: string }>;
  const wrong = Object.entries(texts).flatMap(([key, { en }]) =>
    wordsOf(en)
      .filter((word) => !speller.correct(word.replace('’', "'")))
      .map((word) => `${key}: ${word}`),
  );
  expect(wrong).toEqual([]);
});
