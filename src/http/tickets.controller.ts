import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { subjectOf, Watch } from '../doors/watch.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

@ApiTags('tickets')
@Controller('api/v1/tickets')
export class TicketsController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Watch) private readonly watch: Watch,
  ) {}

  /** The customer's own ticket, for phones that can't keep a socket open. */
  @Get(':visitId')
  async show(@Req() request: IncomingMessage, @Param('visitId') visitId: string): Promise<unknown> {
    const identity = await this.caller.reading(request);
    const subject = identity.actor.visitId === visitId ? subjectOf(identity, 'ticket') : undefined;
    const view = subject === undefined ? undefined : this.watch.view(subject);
    if (view === undefined) throw new Refused(refuse('unknown-ticket'));
    return view;
  }
}
