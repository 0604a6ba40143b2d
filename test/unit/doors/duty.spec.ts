import { jest } from '@jest/globals';
import { dutyWatch } from '../../../src/doors/duty.js';
import { Branch } from '../../support/branch.js';

it('[K-3] looks for managers who have gone home once at a time, and ends a duty once', async () => {
  const branch = await Branch.open();
  await branch.ok({ type: 'StartDuty' });
  const nobody = { signedIn: () => Promise.resolve(new Set<string>()) };
  const execute = jest.spyOn(branch.lobbies, 'execute');
  const look = dutyWatch(branch.lobbies, nobody);
  await Promise.all([look(), look(), look()]);
  expect(execute).toHaveBeenCalledTimes(1);
  expect(branch.state.managers).toEqual({});
  await branch.ok({ type: 'StartDuty' });
  await look();
  expect(branch.state.managers).toEqual({});
  const [first, second] = execute.mock.calls.map(([, { id }]) => id).filter((id) => id.startsWith('off'));
  expect(second).not.toBe(first);
});
