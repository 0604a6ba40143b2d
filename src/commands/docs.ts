import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { rolesDocument } from '../identity/policy.js';
import { protocolDocument } from './protocolDoc.js';

/** `npm run docs:protocol`: writes the pages of docs/ that are made from the source. */
writeFileSync('docs/protocol.md', protocolDocument());
writeFileSync('docs/roles.md', rolesDocument());
