import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { allowedOrigin } from '../doors/requests.js';
import { MAX_MESSAGE_BYTES } from '../protocol/live.js';

export interface LiveOptions {
  /** Origins besides the server's own whose pages may connect. */
  origins: readonly string[];
  /** Long polling too, for networks that break WebSockets. */
  polling: boolean;
  mostConnections: number;
  mostPerCredential: number;
  /** Told of faults of ours; what the sender gets says nothing of them. */
  onFault: (error: unknown) => void;
  /** Told of each screen whose connection ended. */
  onDeviceLeft: (deviceId: string) => void;
}

const PING_INTERVAL_MS = 8_000;
const PING_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** socket.io with pings short enough for a page to know within 15 s that it was cut off [S-5]; foreign origins are turned away before any handshake. */
export class LiveAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly live: LiveOptions,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const settings: Partial<ServerOptions> = {
      ...options,
      serveClient: false,
      transports: this.live.polling ? ['websocket', 'polling'] : ['websocket'],
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      perMessageDeflate: false,
      httpCompression: false,
      allowRequest: (request, answer) => {
        if (!allowedOrigin(request, this.live.origins)) answer('forbidden', false);
        else if (server.engine.clientsCount >= this.live.mostConnections) answer('too-many', false);
        else answer(null, true);
      },
    };
    const server: Server = super.createIOServer(port, settings as ServerOptions);
    return server;
  }
}
