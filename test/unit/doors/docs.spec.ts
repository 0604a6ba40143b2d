import { readFileSync } from 'node:fs';
import { protocolDocument } from '../../../src/commands/protocolDoc.js';
import { rolesDocument } from '../../../src/identity/policy.js';

describe('the pages made from the source are current (npm run docs:protocol)', () => {
  it('docs/protocol.md', () => {
    expect(readFileSync('docs/protocol.md', 'utf8')).toBe(protocolDocument());
  });

  it('docs/roles.md', () => {
    expect(readFileSync('docs/roles.md', 'utf8')).toBe(rolesDocument());
  });
});
