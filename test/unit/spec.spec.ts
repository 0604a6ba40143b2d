import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** `[V-9]`, combined as `[V-16, E-6]`, or a range as `[L1–L11, L15]`. */
const citation = /\[([A-Z]-?\d+(?:(?:, |–)[A-Z]-?\d+)*)\]/g;

function idsOf(list: string): string[] {
  return list.split(', ').flatMap((part) => {
    const [from = '', to = from] = part.split('–');
    const prefix = from.replace(/\d+$/, '');
    const [first, last] = [from, to].map((id) => Number(id.slice(prefix.length))) as [number, number];
    return Array.from({ length: last - first + 1 }, (_, i) => `${prefix}${String(first + i)}`);
  });
}

/**
 * Rules that the names of tests cite. A name is a text before a function, as in `it`, `describe` and the
 * steps of a story; comments and skipped tests show nothing.
 */
function citedIn(source: string): string[] {
  const cited: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [name, run] = node.arguments;
      const called = node.expression.getText();
      if (/^x(it|test|describe)\b|\.skip\b/.test(called)) return;
      const named = name && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name));
      if (named && run && (ts.isArrowFunction(run) || ts.isFunctionExpression(run)))
        for (const [, list = ''] of name.getText().matchAll(citation)) cited.push(...idsOf(list));
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true));
  return cited;
}

const spec = readFileSync('docs/SPEC.md', 'utf8');
const rules = [...spec.matchAll(/^- \*\*([A-Z]-?\d+)\*\*/gm)].map(([, id = '']) => id);
const cited = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.spec.ts'))
  .flatMap((file) => citedIn(readFileSync(`test/${file}`, 'utf8')).map((id) => ({ id, file })));

describe('docs/SPEC.md', () => {
  it('numbers every rule, and each once', () => {
    expect(rules).toHaveLength(spec.match(/^- /gm)?.length ?? 0);
    expect(rules.filter((id, i) => rules.indexOf(id) !== i)).toEqual([]);
  });

  it('has no rule that no test shows', () => {
    const shown = new Set(cited.map(({ id }) => id));
    expect(rules.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has every rule that a test cites', () => {
    const unknown = cited.filter(({ id }) => !rules.includes(id)).map(({ id, file }) => `${id} in ${file}`);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe('a citation', () => {
  it.each([
    ["it('[V-9] one', () => {})", ['V-9']],
    ["it('two [L7, E-9]', async () => {}, 1_000)", ['L7', 'E-9']],
    ["describe('[L1–L3, L15] a range', function () {})", ['L1', 'L2', 'L3', 'L15']],
    ["it.each([1, 2])('[P-1] %i of each', (n) => n)", ['P-1']],
    ['it(`[P-2] seed ${seed}`, () => {})', ['P-2']],
    ["describe('[E-1] outer', () => { it('[E-2] inner', () => {}); })", ['E-1', 'E-2']],
    ["// it('[V-9] a comment', () => {})\nlook('[V-9]')", []],
    ["it.skip('[V-9] skipped', () => {}); xit('[V-9]', () => {}); it.todo('[V-9] to come')", []],
    ["describe.skip('skipped', () => { it('[V-9] with it', () => {}); })", []],
    ["fail('[A1] is a ticket', list['B-2'])", []],
  ])('in %j is read', (source, ids) => {
    expect(citedIn(source)).toEqual(ids);
  });
});
