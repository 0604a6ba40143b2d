/**
 * The kiosk's printer, apart from the taking of tickets: a ticket exists before it is printed, and whatever
 * happens here its number stays on the screen [W-21].
 */
import { ref, shallowRef } from 'vue';
import type { Printed, PrinterStatus, PrintOutcome, PrintRequest } from '../../src/protocol/http.js';
import type { ReceiptLine } from '../../src/protocol/receipt.js';
import { getJson, postJson } from '../shared/http.js';
import { readToken } from '../shared/token.js';
import type { Issued } from './flow.js';

export type Printing = 'printing' | PrintOutcome;

export function usePrinting() {
  const token = readToken('kiosk');
  /** As it was when last asked. */
  const printer = ref<PrinterStatus['printer']>('none');
  /** Of the ticket on the screen; undefined while that is not known. */
  const printing = ref<Printing>();
  /** What was printed: the screen shows the same. */
  const lines = shallowRef<ReceiptLine[]>();
  let job = 0;

  const look = async (): Promise<void> => {
    const answer = await getJson<PrinterStatus>('/api/v1/printer', token);
    // Without an answer nothing is known; the page says by itself when the server is away.
    if (answer !== undefined) printer.value = answer.printer;
  };
  void look();

  return {
    printer,
    printing,
    lines,
    /** A ticket without a token has no page, and no receipt could lead there. */
    async print(issued: Issued): Promise<void> {
      if (issued.token === undefined || printing.value === 'printing') return;
      const mine = ++job;
      if (printer.value !== 'none') printing.value = 'printing';
      const request: PrintRequest = { ticket: `${issued.visitId}.${issued.token}` };
      const answer = await postJson<Printed>('/api/v1/printer/receipts', request, token);
      // The next customer may stand here already.
      if (mine !== job) return;
      lines.value = answer?.lines ?? lines.value;
      // No answer: it may lie in the tray or not. Where no printer is known of, nothing is promised either.
      printing.value = answer?.outcome ?? (printer.value === 'none' ? 'none' : 'unsure');
    },
    /** Everything as the next customer should find it: also the printer may have got its paper. */
    reset(): void {
      job += 1;
      printing.value = undefined;
      lines.value = undefined;
      void look();
    },
  };
}
