import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CommandDoor } from '../doors/door.js';
import { refuse } from '../doors/parse.js';
import type { Rejection } from '../protocol/codes.js';
import type { Roster } from '../protocol/roster.js';
import { Caller } from './caller.js';
import { isRefused, Refused } from './refused.js';

/** What coming days need; every refusal is a value. */
export interface ComingDays {
  /** @param day anything; absent: the next business day */
  roster(branchId: string, day?: string): Promise<Roster | Rejection>;
}
export const COMING_DAYS = Symbol('COMING_DAYS');

const answer = { description: 'Roster of src/protocol/roster.ts' };

/** Windows that a coming day of the caller's branch needs. */
@ApiTags('roster')
@Controller('api/v1/roster')
export class RosterController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(CommandDoor) private readonly door: CommandDoor,
    @Inject(COMING_DAYS) private readonly coming: ComingDays,
  ) {}

  /** Of the next business day [H-11]. */
  @Get()
  @ApiOkResponse(answer)
  next(@Req() request: IncomingMessage): Promise<Roster> {
    return this.#roster(request);
  }

  /** Of one of the 14 days from tomorrow on. */
  @Get(':day')
  @ApiParam({ name: 'day', schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } })
  @ApiOkResponse(answer)
  of(@Req() request: IncomingMessage, @Param('day') day: string): Promise<Roster> {
    return this.#roster(request, day);
  }

  async #roster(request: IncomingMessage, day?: string): Promise<Roster> {
    const identity = await this.caller.lookingBack(request);
    if (!this.door.allow(identity)) throw new Refused(refuse('too-many'));
    const roster = await this.coming.roster(identity.branchId, day);
    if (isRefused(roster)) throw new Refused(roster);
    return roster;
  }
}
