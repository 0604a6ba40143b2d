/**
 * The customer's way through the kiosk: choose, confirm, ticket; or check in; or ask for help. One answer
 * at a time is awaited, so a second tap, or an unsteady hand, never makes a second ticket.
 */
import { computed, ref, shallowRef, watch } from 'vue';
import type { TicketIssued } from '../../src/protocol/commands.js';
import { receiptOf } from '../../src/protocol/receipt.js';
import type { ReceiptLine } from '../../src/protocol/receipt.js';
import type { KioskView, MinutesRange } from '../../src/protocol/views.js';
import type { Answer } from '../shared/outbox.js';
import { refusalWords } from '../shared/refusals.js';
import type { UsedLink } from '../shared/useLink.js';
import { t } from './texts.js';

export interface Issued extends TicketIssued {
  /** As things stood when the ticket was taken; its receipt is made of them until the server has made one. */
  lines: ReceiptLine[];
  /** Expected wait of the first service, as of then. */
  minutes?: MinutesRange;
  checkedIn: boolean;
}

const ticketAddress = ({ visitId, token }: TicketIssued): string | undefined =>
  token === undefined ? undefined : `${window.location.origin}/ticket/#token=${visitId}.${token}`;

export type Step =
  | { name: 'services' }
  | { name: 'confirm' }
  | { name: 'checkIn' }
  | { name: 'issued'; issued: Issued }
  | { name: 'help'; state: 'asking' | 'coming' | 'failed'; from: Step };

export interface Problem {
  title: string;
  about: string;
  /** It is that nothing can be read aloud. */
  mute?: true;
}

type Failure = Extract<Answer, { ok: false }>;

type Chosen = KioskView['services'][string];

export function useFlow({ view, send, branchNow }: Pick<UsedLink<'kiosk'>, 'view' | 'send' | 'branchNow'>) {
  const step = shallowRef<Step>({ name: 'services' });
  const chosen = ref<string[]>([]);
  const code = ref('');
  const busy = ref(false);
  const problem = shallowRef<Problem>();

  const services = computed(() =>
    Object.entries(view.value?.services ?? {})
      .map(([id, service]) => ({ id, ...service }))
      .sort((a, b) => a.order - b.order),
  );
  const chosenServices = computed(() =>
    chosen.value.flatMap((id) => services.value.filter((service) => service.id === id)),
  );

  // A service may close while somebody is still deciding.
  watch(services, (now) => {
    const open = chosen.value.filter((id) =>
      now.some((service) => service.id === id && service.closed === undefined),
    );
    if (open.length === chosen.value.length || busy.value) return;
    chosen.value = open;
    if (step.value.name === 'confirm' && open.length === 0) step.value = { name: 'services' };
    problem.value = { title: t('kiosk.problemTitle'), about: t('kiosk.choiceGone') };
  });

  const explain = (answer: Failure): void => {
    if (answer.code === 'no-answer')
      problem.value = { title: t('kiosk.unsureTitle'), about: t('kiosk.unsure') };
    else {
      const about =
        answer.code === 'not-connected' ? t('kiosk.notSent') : refusalWords(answer.code, answer.params);
      problem.value = { title: t('kiosk.problemTitle'), about };
    }
  };

  const hold = (issued: TicketIssued, services: Chosen[], checkedIn: boolean): Issued => {
    const minutes = services[0]?.minutes;
    const lines = receiptOf(
      {
        branch: view.value?.branch ?? { zh: '', en: '' },
        timeZone: view.value?.timeZone ?? 'UTC',
        ticket: issued.ticket,
        services: services.map(({ name }) => name),
        ahead: issued.ahead,
        issuedAt: branchNow(),
        ...(minutes === undefined ? {} : { minutes }),
      },
      ticketAddress(issued),
    );
    // Of an appointment the kiosk knows neither service nor range: better silent than "not known".
    return {
      ...issued,
      ...(minutes && { minutes }),
      checkedIn,
      lines: lines.filter(({ kind }) => !checkedIn || kind !== 'wait'),
    };
  };

  let customer = 0;
  /** Hands on the answer, unless the next customer has begun meanwhile: it is none of theirs [W-24]. */
  const waitFor = async <T>(answering: Promise<T>, hand: (answer: T) => void): Promise<void> => {
    const mine = customer;
    busy.value = true;
    const answer = await answering;
    if (mine !== customer) return;
    busy.value = false;
    hand(answer);
  };

  return {
    step,
    chosen,
    code,
    services,
    chosenServices,
    busy,
    problem,

    choose(id: string): void {
      if (!chosen.value.includes(id)) chosen.value.push(id);
      step.value = { name: 'confirm' };
    },
    /** Back to all the services, with nothing chosen. */
    chooseAnew(): void {
      chosen.value = [];
      step.value = { name: 'services' };
    },
    remove(id: string): void {
      chosen.value = chosen.value.filter((other) => other !== id);
    },
    go(name: 'services' | 'confirm' | 'checkIn'): void {
      code.value = '';
      step.value = { name };
    },
    /** Everything as the next customer should find it. */
    reset(): void {
      customer += 1;
      busy.value = false;
      step.value = { name: 'services' };
      chosen.value = [];
      code.value = '';
      problem.value = undefined;
    },
    async take(): Promise<void> {
      if (busy.value || chosen.value.length === 0) return;
      const services = chosenServices.value;
      await waitFor(send({ type: 'IssueTicket', serviceIds: [...chosen.value] }), (answer) => {
        if (answer.ok) step.value = { name: 'issued', issued: hold(answer.result, services, false) };
        else explain(answer);
      });
    },
    async checkIn(): Promise<void> {
      if (busy.value || code.value === '') return;
      await waitFor(send({ type: 'CheckIn', code: code.value }), (answer) => {
        if (answer.ok) step.value = { name: 'issued', issued: hold(answer.result, [], true) };
        else explain(answer);
      });
    },
    /** With the ticket just taken, so that the staff know whom to look for. */
    async askHelp(): Promise<void> {
      if (busy.value) return;
      const from = step.value;
      const visitId = from.name === 'issued' ? from.issued.visitId : undefined;
      step.value = { name: 'help', state: 'asking', from };
      const asking = send({
        type: 'RequestHelp',
        place: 'kiosk',
        ...(visitId === undefined ? {} : { visitId }),
      });
      await waitFor(asking, ({ ok }) => {
        // Unknown counts as failed: better to ask a person twice than to wait for nobody.
        step.value = { name: 'help', state: ok ? 'coming' : 'failed', from };
      });
    },
    /** Where help was asked: a ticket is still to be read, a choice still to be made, by the same customer. */
    backFromHelp(): void {
      if (step.value.name === 'help') step.value = step.value.from;
    },
  };
}
