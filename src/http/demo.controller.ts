import type { IncomingMessage } from 'node:http';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Post,
  Redirect,
  Req,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { inspect, isRecord } from '../doors/plainJson.js';
import { isLocal } from '../doors/requests.js';
import type { DemoClock, DemoClockChange, DemoScreens } from '../protocol/http.js';
import { Refused } from './refused.js';

/** What the demo tells about itself; the composition root brings it, in demo mode only. */
export interface Demo {
  screens(): DemoScreens;
  /** Where a customer's ticket is, or the kiosk while none can be taken. */
  ticket(): Promise<string>;
  clock: {
    read(): DemoClock;
    setRate(rate: number): void;
    step(ms: number): void;
    /** As if so much time (ms) were lived, only quickly. */
    play(ms: number): void;
  };
}
export const DEMO = Symbol('DEMO');

const FASTEST = 3_600;
const LONGEST_STEP_MS = 24 * 3_600_000;
const LONGEST_PLAY_MS = 3_600_000;

/** In demo mode only, and only for a browser on this machine: elsewhere these addresses don't exist. */
@ApiExcludeController()
@Controller('demo')
export class DemoController {
  constructor(@Inject(DEMO) private readonly demo: Demo) {}

  @Get('screens')
  screens(@Req() request: IncomingMessage): DemoScreens {
    onlyLocal(request);
    return this.demo.screens();
  }

  /** A link can be opened like every other; it takes a ticket only where none of its own is in the lobby [W-80]. */
  @Get('ticket')
  @Redirect()
  async ticket(@Req() request: IncomingMessage): Promise<{ url: string }> {
    onlyLocal(request);
    // A browser fetches ahead of somebody who may never come; refused, it asks again when they do.
    if (isAhead(request)) throw new NotFoundException();
    return { url: await this.demo.ticket() };
  }

  @Get('clock')
  clock(@Req() request: IncomingMessage): DemoClock {
    onlyLocal(request);
    return this.demo.clock.read();
  }

  @Post('clock')
  @HttpCode(200)
  setClock(@Req() request: IncomingMessage, @Body() body: unknown): DemoClock {
    onlyLocal(request);
    const change = readChange(body);
    if ('rate' in change) this.demo.clock.setRate(change.rate);
    else if ('stepMs' in change) this.demo.clock.step(change.stepMs);
    else this.demo.clock.play(change.playMs);
    return this.clock(request);
  }
}

const isAhead = ({ headers }: IncomingMessage): boolean =>
  [headers['sec-purpose'], headers.purpose].some((purpose) => /^prefetch\b/.test(String(purpose)));

function onlyLocal(request: IncomingMessage): void {
  if (!isLocal(request)) throw new NotFoundException();
}

function readChange(body: unknown): DemoClockChange {
  const known = inspect(body) === 'plain' && isRecord(body) && Object.keys(body).length === 1 ? body : {};
  const { rate, stepMs, playMs } = known as Record<'rate' | 'stepMs' | 'playMs', unknown>;
  if (typeof rate === 'number' && rate >= 0 && rate <= FASTEST) return { rate };
  if (typeof stepMs === 'number' && stepMs >= 0 && stepMs <= LONGEST_STEP_MS) return { stepMs };
  if (typeof playMs === 'number' && playMs > 0 && playMs <= LONGEST_PLAY_MS) return { playMs };
  throw new Refused(refuse('malformed', { field: 'rate' }));
}
