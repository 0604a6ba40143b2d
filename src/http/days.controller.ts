import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CommandDoor } from '../doors/door.js';
import { refuse } from '../doors/parse.js';
import type { Rejection } from '../protocol/codes.js';
import type { DayEntry, DayReport, ReplayComparison, ReplayRequest } from '../protocol/lookingBack.js';
import { readBody, ReplayDto } from './bodies.js';
import { Caller } from './caller.js';
import { isRefused, Refused } from './refused.js';

/** What has been, as the log tells it; every refusal is a value. */
export interface PastDays {
  days(branchId: string): Promise<DayEntry[]>;
  report(branchId: string, day: string): Promise<DayReport | Rejection>;
  replay(branchId: string, day: string, request: ReplayRequest): Promise<ReplayComparison | Rejection>;
}
export const PAST_DAYS = Symbol('PAST_DAYS');

const dayParam = { name: 'day', schema: { type: 'string' as const, pattern: '^\\d{4}-\\d{2}-\\d{2}$' } };

/** Days of the caller's branch that have been, and the one that runs. */
@ApiTags('looking back')
@Controller('api/v1/days')
export class DaysController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(CommandDoor) private readonly door: CommandDoor,
    @Inject(PAST_DAYS) private readonly past: PastDays,
  ) {}

  /** The branch's days, newest first. */
  @Get()
  async list(@Req() request: IncomingMessage): Promise<DayEntry[]> {
    return this.past.days(await this.#branchOf(request));
  }

  /** Waits, overtakes, what staff decided otherwise, and what love windows cost, recomputed from the day's log [H-1]. */
  @Get(':day/report')
  @ApiParam(dayParam)
  @ApiOkResponse({ description: 'DayReport of src/protocol/lookingBack.ts' })
  async report(@Req() request: IncomingMessage, @Param('day') day: string): Promise<DayReport> {
    const answer = await this.past.report(await this.#branchOf(request), day);
    if (isRefused(answer)) throw new Refused(answer);
    return answer;
  }

  /** The same people on the same day, under other settings or with other counters [H-8]. It changes nothing. */
  @Post(':day/replay')
  @HttpCode(200)
  @ApiParam(dayParam)
  @ApiBody({ type: ReplayDto })
  @ApiOkResponse({ description: 'ReplayComparison of src/protocol/lookingBack.ts' })
  async replay(
    @Req() request: IncomingMessage,
    @Param('day') day: string,
    @Body() body: unknown,
  ): Promise<ReplayComparison> {
    const branchId = await this.#branchOf(request);
    const { settings, open, closed, elasticity } = readBody(ReplayDto, body);
    const asked = { settings, open, closed, ...(elasticity && { elasticity }) };
    const answer = await this.past.replay(branchId, day, asked);
    if (isRefused(answer)) throw new Refused(answer);
    return answer;
  }

  async #branchOf(request: IncomingMessage): Promise<string> {
    const identity = await this.caller.lookingBack(request);
    if (!this.door.allow(identity)) throw new Refused(refuse('too-many'));
    return identity.branchId;
  }
}
