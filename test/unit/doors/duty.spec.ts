import { dutyWatch } from '../../../src/doors/duty.js';
import { Branch } from '../../support/branch.js';

it('[K-3] looks for managers who have gone home once at a time, and ends a duty once', async () => {
  const branch = await Branch.open();
  await branch.ok({ type: 'StartDuty' });
  const nobody = { signedIn: () => Promise.resolve(new Set<string>()) };
  const ids: string[] = [];
  const execute = branch.lobbies.execute.bind(branch.lobbies);
  branch.lobbies.execute = (branchId, request) => {
    if (request.command.type === 'EndDuty') ids.push(request.id);
    return execute(branchId, request);
  };
  const look = dutyWatch(branch.lobbies, nobody);
  await Promise.all([look(), look(), look()]);
  expect(ids).toHaveLength(1);
  expect(branch.state.managers).toEqual({});
  await branch.ok({ type: 'StartDuty' });
  await look();
  expect(branch.state.managers).toEqual({});
  expect(new Set(ids).size).toBe(2);
});
