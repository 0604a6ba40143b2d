import type { Ack, CommandOf, CommandType } from '../protocol/commands.js';
import type { Audience, ViewOf } from '../protocol/views.js';
import type { BranchClock } from './branchClock.js';
import { Link } from './link.js';
import { StandBack } from './standBack.js';
import { Wishes } from './wishes.js';
import type { Wish } from './wishes.js';

/** Sends a command as this player; undefined when no server could be reached. */
export type Send = <T extends CommandType>(command: CommandOf<T>) => Promise<Ack<T> | undefined>;

/** Who sits at a screen: what that person would do next, given what the screen shows. */
export interface Part<A extends Audience> {
  audience: A;
  wishes(view: ViewOf[A], send: Send): Wish[];
  /** What only acts at this screen change; absent where people and players don't get in each other's way. */
  trace?(view: ViewOf[A]): string | undefined;
}

export interface Seat {
  url: string;
  token: string;
  clock: BranchClock;
  /** Told of every answer, for tests and figures. */
  onAnswer?: (type: CommandType, answer: Ack | undefined) => void;
}

/** Sits a part down at a screen of a running server; gives back how it leaves. */
export function play<A extends Audience>(part: Part<A>, { url, token, clock, onAnswer }: Seat): () => void {
  const send: Send = async (command) => {
    const answer = await link.send(command);
    if (part.trace) standBack.answered(answer?.ok === true);
    onAnswer?.(command.type, answer);
    return answer;
  };
  let gone = false;
  const look = (): void => {
    const { view } = link;
    // An act that was on its way may still be answered; nothing follows from it any more.
    if (gone || view === undefined || !clock.known) return;
    if (part.trace) standBack.notice(part.trace(view), link.sending);
    wishes.want(standBack.away ? [] : part.wishes(view, send));
  };
  const standBack = new StandBack(look);
  const wishes = new Wishes(clock, look);
  const link = new Link({ url, token, audience: part.audience, clock, onView: look });
  return () => {
    gone = true;
    link.close();
    standBack.stop();
    wishes.stop();
  };
}

/** A wish's act that is one command. */
export const sends =
  <T extends CommandType>(send: Send, command: CommandOf<T>): (() => Promise<boolean>) =>
  async () =>
    (await send(command))?.ok === true;
