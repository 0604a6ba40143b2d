import type { Text } from './vocabulary.js';

/**
 * The part of ICU MessageFormat that our catalogue uses — `{name}`, `{n, plural, =0 {…} one {…} other {…#…}}`
 * and `{kind, select, a {…} other {…}}` — in under a kilobyte, because the board, the counter signs and
 * the phones can't carry a full one. A test formats the whole catalogue with intl-messageformat too.
 */
export type Params = Readonly<Record<string, string | number>>;
type Part = string | ((params: Params, lang: keyof Text, count: number) => string);

const compiled = new Map<string, Part[]>();

export function format(pattern: string, params: Params, lang: keyof Text): string {
  let parts = compiled.get(pattern);
  if (parts === undefined) {
    parts = compile(pattern, false);
    compiled.set(pattern, parts);
  }
  return render(parts, params, lang, 0);
}

const render = (parts: Part[], params: Params, lang: keyof Text, count: number): string =>
  parts.map((part) => (typeof part === 'string' ? part : part(params, lang, count))).join('');

function compile(pattern: string, inPlural: boolean): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const open = pattern.indexOf('{', at);
    const text = pattern.slice(at, open < 0 ? undefined : open).replace(/''/g, "'");
    if (inPlural)
      text.split('#').forEach((piece, i) => {
        if (i > 0) parts.push((_p, _l, count) => String(count));
        parts.push(piece);
      });
    else parts.push(text);
    if (open < 0) break;
    const close = closing(pattern, open);
    parts.push(argument(pattern.slice(open + 1, close)));
    at = close + 1;
  }
  return parts;
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '{') depth++;
    else if (pattern[i] === '}' && --depth === 0) return i;
  }
  throw new Error(`unclosed brace in "${pattern}"`);
}

function argument(inside: string): Part {
  const [head, name, kind] = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?/.exec(inside) ?? [];
  if (head === undefined || name === undefined) throw new Error(`unreadable placeholder {${inside}}`);
  if (kind === undefined) return (params) => String(params[name] ?? '');
  const cases = new Map<string, Part[]>();
  let at = head.length;
  for (let open = inside.indexOf('{', at); open >= 0; open = inside.indexOf('{', at)) {
    const close = closing(inside, open);
    cases.set(inside.slice(at, open).trim(), compile(inside.slice(open + 1, close), kind === 'plural'));
    at = close + 1;
  }
  return (params, lang, outer) => {
    const value = params[name] ?? '';
    // Chinese has one plural form, English two; `=n` goes before both.
    const form = kind === 'select' ? String(value) : lang === 'en' && Number(value) === 1 ? 'one' : 'other';
    const chosen =
      (kind === 'plural' ? cases.get(`=${String(value)}`) : undefined) ??
      cases.get(form) ??
      cases.get('other') ??
      [];
    return render(chosen, params, lang, kind === 'plural' ? Number(value) : outer);
  };
}
