import type { BeatFrame, PatchFrame, ServerToClient, ViewFrame } from '../protocol/live.js';

export type Frame = ViewFrame | PatchFrame | BeatFrame | { retryMs: number };
export type FrameName = keyof ServerToClient;

/** One connected page, as the publisher needs it. */
export interface Screen {
  readonly id: string;
  send(name: FrameName, frame: Frame): void;
  join(room: string): void;
  leave(room: string): void;
  /** Frames that wait in this process because the other end does not read. */
  unsent(): number;
  cut(): void;
}

/** Sends to everybody in a room, encoded once. */
export type Broadcast = (room: string, name: FrameName, frame: Frame) => void;
