import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { CommandDoor } from '../doors/door.js';
import { refuse } from '../doors/parse.js';
import { isHttps } from '../doors/requests.js';
import { PrinterWatch } from '../doors/printerWatch.js';
import { subjectOf, Watch } from '../doors/watch.js';
import { Devices } from '../identity/devices.js';
import type { Identity } from '../identity/identity.js';
import { Whois } from '../identity/whois.js';
import { Printers } from '../printing/printers.js';
import type { Printed, PrinterStatus, PrintOutcome } from '../protocol/http.js';
import { receiptOf } from '../protocol/receipt.js';
import type { TicketView } from '../protocol/views.js';
import { PrintDto, readBody } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

/**
 * A kiosk's own printer. Printing is apart from issuing: the ticket exists and was acknowledged before, so
 * whatever happens here neither loses one nor makes a second [W-21].
 */
@ApiTags('printing')
@Controller('api/v1/printer')
export class PrinterController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(CommandDoor) private readonly door: CommandDoor,
    @Inject(Whois) private readonly whois: Whois,
    @Inject(Watch) private readonly watch: Watch,
    @Inject(Devices) private readonly devices: Devices,
    @Inject(Printers) private readonly printers: Printers,
    @Inject(PrinterWatch) private readonly printerWatch: PrinterWatch,
  ) {}

  @Get()
  async show(@Req() request: IncomingMessage): Promise<PrinterStatus> {
    const kiosk = await this.#kiosk(request);
    const address = await this.devices.printerOf(kiosk.actor.id);
    const printer = address === undefined ? 'none' : await this.printers.status(address);
    this.#tell(kiosk, printer);
    return { printer };
  }

  @Post('receipts')
  @HttpCode(200)
  @ApiBody({ type: PrintDto })
  async print(@Req() request: IncomingMessage, @Body() body: unknown): Promise<Printed> {
    this.caller.refuseForgery(request);
    const kiosk = await this.#kiosk(request);
    const { ticket } = readBody(PrintDto, body);
    const lines = receiptOf(
      await this.#ticketOf(kiosk, ticket),
      `${originOf(request)}/ticket/#token=${ticket}`,
    );
    const address = await this.devices.printerOf(kiosk.actor.id);
    const outcome = address === undefined ? 'none' : await this.printers.print(address, lines);
    this.#tell(kiosk, outcome);
    return { outcome, lines };
  }

  /** Managers are told [K-6]; the customer waits for that no more than for the printer's next look. */
  #tell({ branchId, actor: { id, name } }: Identity, said: PrinterStatus['printer'] | PrintOutcome): void {
    void this.printerWatch.tell(branchId, { id, name }, said).catch(() => undefined);
  }

  async #kiosk(request: IncomingMessage): Promise<Identity> {
    const identity = await this.caller.reading(request);
    if (identity.actor.role !== 'kiosk') throw new Refused(refuse('forbidden'));
    if (!this.door.allow(identity)) throw new Refused(refuse('too-many'));
    return identity;
  }

  /** Only who holds a ticket's token may print it: the token is on the paper. */
  async #ticketOf(kiosk: Identity, ticket: string): Promise<TicketView> {
    const holder = await this.whois.identify(ticket);
    const subject = holder?.branchId === kiosk.branchId ? subjectOf(holder, 'ticket') : undefined;
    const view = subject === undefined ? undefined : (this.watch.view(subject) as TicketView | undefined);
    if (view === undefined) throw new Refused(refuse('unknown-ticket'));
    if (view.status === 'ended') throw new Refused(refuse('visit-ended'));
    return view;
  }
}

/** Where the kiosk's page came from is where the customer's phone finds its own. */
const originOf = (request: IncomingMessage): string =>
  request.headers.origin ?? `${isHttps(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
