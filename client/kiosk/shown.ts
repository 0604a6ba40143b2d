/** What stands on the screen, for whoever has it read aloud. A question lies over everything else. */
import type { ReadScreen, ReadService } from '../../src/protocol/readAloud.js';
import type { PrinterStatus } from '../../src/protocol/http.js';
import type { Problem, Step } from './flow.js';
import type { Printing } from './printing.js';
import type { Shown } from './reading.js';
import { t } from './texts.js';

/** Why no ticket can be given here now. */
export type Reason = 'starting' | 'offline' | 'refused' | 'notOpen' | 'ended';

interface Facts {
  asking: boolean;
  problem: Problem | undefined;
  step: Step;
  reason: Reason | undefined;
  /** Those that can be touched now, and those that are chosen. */
  offered: ReadService[];
  chosen: ReadService[];
  more: boolean;
  notices: string[];
  printer: PrinterStatus['printer'];
  printing: Printing | undefined;
}

/** What is said of the paper ticket; without a printer, to remember the number. */
export const paperText = (printing: Printing | undefined) => {
  switch (printing) {
    case undefined:
    case 'none':
      return 'kiosk.keepNumber';
    case 'printing':
      return 'kiosk.printing';
    case 'printed':
      return 'kiosk.printed';
    case 'paperOut':
      return 'kiosk.print.paperOut';
    case 'unsure':
      return 'kiosk.print.unsure';
    case 'coverOpen':
    case 'fault':
    case 'away':
    case 'busy':
      return 'kiosk.print.down';
  }
};

/** [W-22] said before somebody counts on paper */
export const paperWarning = (printer: PrinterStatus['printer']) => {
  if (printer === 'none' || printer === 'ready') return undefined;
  return printer === 'paperOut' ? 'kiosk.before.paperOut' : 'kiosk.before.down';
};

const words = (...texts: string[]): ReadScreen => ({ name: 'words', texts });

export function shownOf({ step, problem, reason, printer, ...facts }: Facts): Shown {
  if (facts.asking) return { place: 'asking', read: words(t('kiosk.stillThere'), t('kiosk.say.stay')) };
  if (problem)
    return {
      place: `problem ${problem.about}`,
      read: words(problem.title, problem.about, t('kiosk.say.problem')),
    };
  if (step.name === 'issued') {
    const { ticket, ahead, minutes, checkedIn, token } = step.issued;
    return {
      place: `ticket ${ticket}`,
      read: {
        name: 'issued',
        ticket,
        checkedIn,
        ahead,
        ...(minutes && { minutes }),
        paper: paperText(facts.printing),
        code: token !== undefined,
      },
    };
  }
  if (step.name === 'help') return { place: `help ${step.state}`, read: helpWords(step.state) };
  // What a machine that is not paired says is for the staff.
  if (reason === 'refused') return { place: reason, read: words(t('kiosk.refused')) };
  if (reason) return { place: reason, read: words(t(`kiosk.${reason}`), t(`kiosk.${reason}Why`)) };
  if (step.name === 'checkIn') return { place: 'checkIn', read: { name: 'checkIn' } };
  if (step.name === 'confirm')
    return {
      place: `confirm ${facts.chosen.map(({ id }) => id).join(' ')}`,
      read: { name: 'confirm', services: facts.chosen },
    };
  const warning = paperWarning(printer);
  const another = facts.chosen.length > 0;
  return {
    place: `services ${String(another)} ${String(facts.offered.length)}`,
    read: {
      name: 'services',
      services: facts.offered,
      another,
      more: facts.more,
      notices: facts.notices,
      ...(warning && { warning }),
    },
  };
}

const helpWords = (state: 'asking' | 'coming' | 'failed'): ReadScreen => {
  switch (state) {
    case 'asking':
      return words(t('kiosk.helpSending'));
    case 'coming':
      return words(t('kiosk.helpTitle'), t('kiosk.helpBody'));
    case 'failed':
      return words(t('kiosk.helpFailedTitle'), t('kiosk.helpFailedBody'));
  }
};
