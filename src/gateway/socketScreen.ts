import type { Socket } from 'socket.io';
import type { Frame, FrameName, Screen } from './screen.js';

/** A socket as the publisher sees it. */
export const socketScreen = (
  socket: Pick<Socket, 'id' | 'emit' | 'join' | 'leave' | 'disconnect' | 'conn'>,
): Screen => ({
  id: socket.id,
  send: (name: FrameName, frame: Frame) => void socket.emit(name, frame),
  join: (room) => void socket.join(room),
  leave: (room) => void socket.leave(room),
  unsent: () => unsentOf(socket.conn),
  cut: () => void socket.disconnect(true),
});

/** engine.io keeps frames here while the transport waits for the other end; it has no public count of them. */
const unsentOf = (connection: unknown): number =>
  (connection as { writeBuffer: unknown[] }).writeBuffer.length;
