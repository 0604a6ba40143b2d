import { readFileSync } from 'node:fs';
import { protocolDocument } from '../../../src/commands/protocolDoc.js';
import { rolesDocument } from '../../../src/identity/policy.js';
import { noticeLengths } from '../../../src/protocol/notices.js';

describe('the pages made from the source are current (npm run docs:protocol)', () => {
  it('docs/protocol.md', () => {
    expect(readFileSync('docs/protocol.md', 'utf8')).toBe(protocolDocument());
  });

  it('docs/protocol.md says of every field what may be in it, also in nested ones', () => {
    const rows = protocolDocument()
      .split('\n')
      .filter((line) => /^\| `\w+`( \(optional\))? \| /.test(line));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => /\|[\s`]*\|$/.test(row))).toEqual([]);
    expect(rows).toContain(
      `| \`text\` | \`zh\`: text of 1–${noticeLengths.text.zh} characters; \`en\`: text of 1–${noticeLengths.text.en} characters |`,
    );
  });

  it('docs/roles.md', () => {
    expect(readFileSync('docs/roles.md', 'utf8')).toBe(rolesDocument());
  });
});
