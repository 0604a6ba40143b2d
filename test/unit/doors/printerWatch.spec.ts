import { PrinterWatch } from '../../../src/doors/printerWatch.js';
import { Branch } from '../../support/branch.js';

it('[K-6] every other printer is heard of although one cannot be asked', async () => {
  const branch = await Branch.open();
  const all = Array.from({ length: 41 }, (_, i) => ({
    branchId: 'main',
    kiosk: { id: `k${i}`, name: `kiosk ${i}` },
    address: `printer ${i}`,
  }));
  const broken = all[0]!;
  const watch = new PrinterWatch(
    branch.lobbies,
    () => Promise.resolve(all),
    (address) =>
      address === broken.address ? Promise.reject(new Error('no socket')) : Promise.resolve('paperOut'),
  );
  await watch.look();
  const told = Object.values(branch.state.tasks).map(({ kind, screen }) => [kind, screen?.id]);
  expect(told).toEqual(all.slice(1).map(({ kiosk }) => ['printer', kiosk.id]));
});
