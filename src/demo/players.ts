import type { Ack, CommandType } from '../protocol/commands.js';
import type { Audience } from '../protocol/views.js';
import { BranchClock } from './branchClock.js';
import { chanceOf } from '../model/chance.js';
import { Floor } from './floor.js';
import { KioskPart, Plan } from './kiosk.js';
import { stepClock } from './clockDoor.js';
import { ManagerPart } from './manager.js';
import { PadPart } from './pad.js';
import { play } from './player.js';
import type { Part } from './player.js';
import type { Shift } from './teller.js';
import { TellerPart } from './teller.js';

/** The screens that players sit down at. */
export interface Cast {
  manager: string;
  kiosk: string;
  /** Tokens by counter. */
  tellers: { counterId: string; token: string }[];
  pads: string[];
}

export interface PlayersOptions {
  url: string;
  cast: Cast;
  seed: number;
  /** Told of every answer, for tests and figures. */
  onAnswer?: (type: CommandType, answer: Ack | undefined) => void;
}

export interface Players {
  clock: BranchClock;
  floor: Floor;
  stop(): void;
}

const LUNCH_FROM = 11 * 60;
const COUNTING_FROM = 16 * 60 + 30;
/** Counters 7 and 8 of the published model are elastic: how many must wait before their tellers come. */
const opensAt: Record<string, number> = { w7: 6, w8: 12 };

const LUNCH_MINUTES = 25;
const COUNTING_MINUTES = 6;

/** Lunch one after the other, and the cash is counted before the evening. */
export function shiftOf(counterId: string, index: number): Shift {
  const many = opensAt[counterId];
  if (many !== undefined) return { counterId, opensAt: many, breaks: [] };
  return {
    counterId,
    breaks: [
      { from: LUNCH_FROM + index * LUNCH_MINUTES, minutes: LUNCH_MINUTES, reason: 'break' },
      { from: COUNTING_FROM + index * 10, minutes: COUNTING_MINUTES, reason: 'counting' },
    ],
  };
}

/** Sits every player down. They act through the public doors only, and on the server's branch time. */
export function startPlayers({ url, cast, seed, onAnswer }: PlayersOptions): Players {
  const clock = new BranchClock();
  const plan = new Plan(seed);
  const floor = new Floor(chanceOf(seed + 1));
  // Each has a chance of its own: what one does must not change what another would have done.
  let own = 1;
  const chance = () => chanceOf(seed * 31 + (own += 1));
  const leave: (() => void)[] = [];
  const sit = <A extends Audience>(part: Part<A>, token: string): void => {
    leave.push(play(part, { url, token, clock, ...(onAnswer && { onAnswer }) }));
  };
  sit(new ManagerPart(plan, floor, clock, chance(), (ms) => stepClock(url, ms)), cast.manager);
  cast.tellers.forEach(({ counterId, token }, index) => {
    sit(new TellerPart(shiftOf(counterId, index), floor, clock, chance()), token);
  });
  sit(new KioskPart(plan, floor, clock), cast.kiosk);
  for (const token of cast.pads) sit(new PadPart(chance()), token);
  return {
    clock,
    floor,
    stop() {
      for (const go of leave) go();
      clock.stop();
    },
  };
}
