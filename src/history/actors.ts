import type { Actor } from '../lobby/input.js';
import type { Role } from '../protocol/vocabulary.js';

/** Who acts in a replay. */
export const actor = (role: Role, id: string, skills: string[] = []): Actor => ({
  id,
  role,
  name: id,
  skills,
  session: id,
});
export const manager = actor('branchManager', 'manager');
export const kiosk = actor('kiosk', 'kiosk');
export const system = actor('system', 'system');
