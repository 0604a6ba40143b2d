import { Inject } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import { CommandDoor } from '../doors/door.js';
import { refuse } from '../doors/parse.js';
import { subjectOf } from '../doors/watch.js';
import type { Subject } from '../doors/watch.js';
import type { Identity } from '../identity/identity.js';
import { Whois } from '../identity/whois.js';
import type { Rejection } from '../protocol/codes.js';
import type { Ack } from '../protocol/commands.js';
import { LIVE_NAMESPACE } from '../protocol/live.js';
import { PROTOCOL_VERSION } from '../protocol/version.js';
import { readHandshake, tokenOf } from './handshake.js';
import type { LiveOptions } from './liveAdapter.js';
import { Publisher } from './publisher.js';
import type { Frame, FrameName } from './screen.js';
import { socketScreen } from './socketScreen.js';

export const LIVE_OPTIONS = Symbol('LIVE_OPTIONS');

/** How a screen's credential begins. */
const DEVICE = 'device:';

interface SocketData {
  /** Gives back the place among its credential's connections that the socket was admitted to. */
  leave: () => void;
  identity: Identity;
  subject: Subject;
  seen?: { epoch: string; version: number };
}
type LiveSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** The socket door: who is it, what may it see, and one handler for every command. */
@WebSocketGateway({ namespace: LIVE_NAMESPACE })
export class LiveGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<LiveSocket> {
  /** Admitted sockets by credential, those whose handshake has not ended yet among them. */
  readonly #admitted = new Map<string, Set<LiveSocket>>();
  #namespace: Namespace | undefined;

  constructor(
    @Inject(CommandDoor) private readonly door: CommandDoor,
    @Inject(Whois) private readonly whois: Whois,
    @Inject(Publisher) private readonly publisher: Publisher,
    @Inject(LIVE_OPTIONS) private readonly options: LiveOptions,
  ) {}

  afterInit(namespace: Namespace): void {
    this.#namespace = namespace;
    // A guard would come too late: it doesn't see connections, only messages.
    namespace.use((socket, next) => {
      this.#admit(socket as LiveSocket).then(
        (refusal) =>
          refusal === undefined
            ? next()
            : next(Object.assign(new Error(refusal.code), { data: told(refusal) })),
        () =>
          next(
            Object.assign(new Error('storage-unavailable'), { data: told(refuse('storage-unavailable')) }),
          ),
      );
    });
    namespace.server
      .of('/')
      .use((_socket, next) =>
        next(Object.assign(new Error('forbidden'), { data: told(refuse('forbidden')) })),
      );
  }

  handleConnection(socket: LiveSocket): void {
    const { subject, seen, leave: giveBack } = socket.data;
    socket.use((packet, next) => this.#unlessUnknown(socket, packet, next));
    let leave = (): void => undefined;
    try {
      leave = this.publisher.subscribe(socketScreen(socket), subject, seen);
    } catch (error) {
      this.options.onFault(error);
      socket.disconnect(true);
    }
    socket.once('disconnect', () => {
      leave();
      giveBack();
      if (socket.data.identity.kind === 'device') this.options.onDeviceLeft(socket.data.identity.actor.id);
    });
  }

  @SubscribeMessage('command')
  async command(@ConnectedSocket() socket: LiveSocket, @MessageBody() payload: unknown): Promise<Ack> {
    const { identity } = socket.data;
    let answer: Ack;
    try {
      answer = await this.door.handle(identity, identity.branchId, payload);
    } catch (error) {
      // A fault of ours; Nest would report it in an event of its own and leave the sender without an answer.
      this.options.onFault(error);
      answer = refuse('internal');
    }
    if (!answer.ok && answer.code === 'not-signed-in') setImmediate(() => socket.disconnect(true));
    return answer;
  }

  /** True while somebody is here with this credential. */
  connected(credential: string): boolean {
    return this.#admitted.has(credential);
  }

  /** Ids of the screens that are here. */
  devices(): string[] {
    return [...this.#admitted.keys()].flatMap((credential) =>
      credential.startsWith(DEVICE) ? credential.slice(DEVICE.length) : [],
    );
  }

  /** Sends to everybody in the room; the frame is encoded once. */
  broadcast(room: string, name: FrameName, frame: Frame): void {
    this.#namespace?.to(room).emit(name, frame);
  }

  /** Ends the connections of everybody whose session, enrolment or ticket is no longer good. */
  dropRevoked(): void {
    for (const sockets of this.#admitted.values())
      for (const socket of sockets)
        if (!this.whois.alive(socket.data.identity, false)) socket.disconnect(true);
  }

  /** Ends every connection, when the server goes down. */
  dropAll(): void {
    for (const sockets of this.#admitted.values()) for (const socket of sockets) socket.disconnect(true);
  }

  async #admit(socket: LiveSocket): Promise<Rejection | undefined> {
    const handshake = readHandshake(socket.handshake.auth);
    if (handshake === 'malformed') return refuse('malformed', { field: 'handshake' });
    if (handshake.protocol !== PROTOCOL_VERSION)
      return refuse('malformed', { field: 'protocol', protocol: PROTOCOL_VERSION });
    const token = tokenOf(handshake, socket.request);
    const identity = token === undefined ? undefined : await this.whois.identify(token);
    if (identity === undefined) return refuse('not-signed-in');
    const subject = subjectOf(identity, handshake.audience);
    if (subject === undefined) return refuse('forbidden');
    const leave = this.#takePlace(socket, identity.credential);
    if (leave === undefined) return refuse('too-many');
    const { seen } = handshake;
    socket.data = { identity, subject, leave, ...(seen === undefined ? {} : { seen }) };
    return undefined;
  }

  /**
   * Counted at once, and not when the page is connected: many handshakes of one credential may be under way
   * together. Undefined: there is no place left. Returns how to give the place back.
   */
  #takePlace(socket: LiveSocket, credential: string): (() => void) | undefined {
    const admitted = this.#admitted.get(credential) ?? new Set();
    if (admitted.size >= this.options.mostPerCredential) return undefined;
    // Nobody is there any more, and nobody will be told of as disconnected.
    if (socket.conn.readyState !== 'open') return () => undefined;
    this.#admitted.set(credential, admitted.add(socket));
    const leave = (): void => {
      socket.conn.off('close', leave);
      admitted.delete(socket);
      if (admitted.size === 0 && this.#admitted.get(credential) === admitted)
        this.#admitted.delete(credential);
    };
    // Whoever hangs up before it is connected is not told of as disconnected either.
    socket.conn.once('close', leave);
    return leave;
  }

  /** Every event gets an answer; one that isn't a command counts against the sender's limit all the same. */
  #unlessUnknown(socket: LiveSocket, packet: unknown[], next: (error?: Error) => void): void {
    if (packet[0] === 'command') {
      next();
      return;
    }
    const allowed = this.door.allow(socket.data.identity);
    const answer = packet.at(-1);
    if (typeof answer === 'function')
      (answer as (ack: Ack) => void)(refuse(allowed ? 'unknown-event' : 'too-many'));
  }
}

const told = ({ code, params }: Rejection): Pick<Rejection, 'code' | 'params'> => ({ code, params });
