import type { PrinterStatus, PrinterTrouble, PrintOutcome } from '../protocol/http.js';
import type { PrinterAddress } from './address.js';
import { Conversation } from './conversation.js';
import { askStatus, FORGET } from './escPos.js';

/** How long a printer may take, ms. */
export interface Patience {
  /** To answer a call. */
  connect: number;
  /** To answer a question that it answers at once. */
  answer: number;
  /** To print a receipt. */
  print: number;
  /** Between two questions while it prints. */
  ask: number;
}

export const productionPatience: Patience = { connect: 2_000, answer: 2_000, print: 15_000, ask: 1_000 };

const QUESTIONS = [...askStatus(1), ...askStatus(2), ...askStatus(4)];
/** Bits that tell the answers apart: those given at once are 0xx1xx10, the one given when done is 0xx0xxxx. */
const isAtOnce = (byte: number): boolean => (byte & 0x93) === 0x12;
const isDone = (byte: number): boolean => (byte & 0x90) === 0;

/** What the answers to the three questions say; undefined when the printer is well. */
function troubleIn([printer = 0, cause = 0, paper = 0]: readonly number[]): PrinterTrouble | undefined {
  if ((cause & 0x04) !== 0) return 'coverOpen';
  if ((cause & 0x20) !== 0 || (paper & 0x60) !== 0) return 'paperOut';
  if ((cause & 0x40) !== 0 || (printer & 0x08) !== 0) return 'fault';
  return undefined;
}

/** Asks how the printer is. One that can't be asked counts as away: nothing may be promised of it. */
async function check(talk: Conversation, patience: Patience): Promise<PrinterTrouble | undefined> {
  talk.say(QUESTIONS);
  const answers: number[] = [];
  while (answers.length < 3) {
    const heard = await talk.hear(patience.answer);
    if (typeof heard === 'string') return 'away';
    if (isAtOnce(heard)) answers.push(heard);
  }
  return troubleIn(answers);
}

/** Asks how a printer is, and hangs up. */
export async function statusOf(
  address: PrinterAddress,
  patience: Patience,
  signal: AbortSignal,
): Promise<Exclude<PrinterStatus['printer'], 'none'>> {
  const talk = await Conversation.open(address, patience.connect, signal);
  if (talk === undefined) return 'away';
  try {
    return (await check(talk, patience)) ?? 'ready';
  } finally {
    await talk.end(patience.answer);
  }
}

/**
 * Prints one job that ends with a question, and says what became of it [W-21]. Nothing is sent to a printer
 * that is not well, so a trouble known beforehand leaves no half receipt.
 */
export async function print(
  address: PrinterAddress,
  job: Uint8Array,
  patience: Patience,
  signal: AbortSignal,
): Promise<Exclude<PrintOutcome, 'none'>> {
  const talk = await Conversation.open(address, patience.connect, signal);
  if (talk === undefined) return 'away';
  try {
    const trouble = await check(talk, patience);
    if (trouble !== undefined) return trouble;
    talk.say(job);
    return await follow(talk, patience);
  } finally {
    await talk.end(patience.answer);
  }
}

/** Waits until the printer says that it is done, and asks now and then whether it still can. */
async function follow(talk: Conversation, patience: Patience): Promise<Exclude<PrintOutcome, 'none'>> {
  const until = performance.now() + patience.print;
  let answers: number[] = [];
  while (performance.now() < until) {
    const heard = await talk.hear(patience.ask);
    if (heard === 'closed') return 'unsure';
    if (heard === 'silent') {
      answers = [];
      talk.say(QUESTIONS);
    } else if (isAtOnce(heard)) {
      answers.push(heard);
      const trouble = answers.length === 3 ? troubleIn(answers) : undefined;
      if (trouble !== undefined) {
        talk.say(FORGET);
        return trouble;
      }
    } else if (isDone(heard)) return 'printed';
  }
  return 'unsure';
}
