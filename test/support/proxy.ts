/**
 * A cable that a test can pull: everything that goes to `proxy.port` goes on to `port`.
 *
 *     proxy.pull();     // connections end at once, and nobody is let in
 *     proxy.freeze();   // connections stand, but nothing comes through any more: the line that dies in silence
 *     proxy.mend();     // as if nothing had been; what was held back comes through
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Proxy {
  port: number;
  pull(): void;
  freeze(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'pulled' | 'frozen' = 'whole';

  const server = createServer((near) => {
    if (state === 'pulled') {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      if (state === 'frozen') one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    pull(): void {
      state = 'pulled';
      for (const socket of sockets) socket.destroy();
    },
    freeze(): void {
      state = 'frozen';
      for (const socket of sockets) socket.pause();
    },
    mend(): void {
      state = 'whole';
      for (const socket of sockets) socket.resume();
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
