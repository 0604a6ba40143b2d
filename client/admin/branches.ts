import type { Text } from '../../src/protocol/vocabulary.js';

/** What stands in the form of a branch that is to be made. */
export interface BranchInput {
  /** Opaque, and the same at each try, so that one that was not answered makes no second branch. */
  id: string;
  name: Text;
  like: 'own' | 'model';
  administrator: { login: string; name: string; password: string };
}
