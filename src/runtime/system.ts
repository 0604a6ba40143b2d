import type { Actor, CoreCommand } from '../lobby/input.js';

/** The runtime itself, as an actor. */
export const systemActor: Actor = { id: 'system', role: 'system', name: '', skills: [], session: '' };

export type SystemCommand = Extract<CoreCommand, { type: 'PassTime' | 'RecordOutage' | 'RecordClockStep' }>;

/**
 * A longer silence is an outage [T-1]: nobody could be called or answered meanwhile. It is half of the shortest
 * time that a person is given to answer, and longer than the ten seconds between two signs of life.
 */
const OUTAGE_MS = 15_000;

/** The outage to record when the branch was last served at `last` and is again at `now` (UTC ms). */
export function outageBetween(last: number, now: number, rate: number): SystemCommand | null {
  // A demo running fast is silent for longer branch time between two of its signs of life.
  return now - last > OUTAGE_MS * Math.max(1, rate) ? { type: 'RecordOutage', from: last, to: now } : null;
}

/** What a wall-clock step of `byMs` seen at `now` (UTC ms) means for an open day [T-2]. */
export function stepCommands(byMs: number, now: number): SystemCommand[] {
  const step: SystemCommand = { type: 'RecordClockStep', byMs };
  // Branch time has followed a step forward: without the outage timers would run out by so much too early.
  return byMs > 0 ? [{ type: 'RecordOutage', from: now - byMs, to: now }, step] : [step];
}

/** The same act of the system always has the same id, so it cannot take effect twice. */
export function systemId(command: SystemCommand, due: number, seq: number): string {
  switch (command.type) {
    case 'PassTime':
      return `time-${due}-${seq}`;
    case 'RecordOutage':
      return `outage-${command.from}-${seq}`;
    case 'RecordClockStep':
      return `step-${command.byMs}-${seq}`;
  }
}
