import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { addressOf } from '../doors/requests.js';
import { SetUp } from '../identity/setUp.js';
import type { SetUpState } from '../protocol/http.js';
import { readBody, SetUpDto } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

@ApiTags('set-up')
@Controller('api/v1/set-up')
export class SetUpController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(SetUp) private readonly setUp: SetUp,
  ) {}

  /** What the administration page begins with [S-23]; all that it tells a stranger is that nobody can sign in yet. */
  @Get()
  async state(): Promise<SetUpState> {
    return { open: await this.setUp.open() };
  }

  /** Makes the first administrator and branch, once, with the code that the server printed. */
  @Post()
  @HttpCode(201)
  @ApiBody({ type: SetUpDto })
  async begin(@Req() request: IncomingMessage, @Body() body: unknown): Promise<{ ok: true }> {
    this.caller.refuseForgery(request);
    const { code, name, password } = readBody(SetUpDto, body);
    const outcome = await this.setUp.begin(code, name, password, addressOf(request));
    if (!outcome.ok) throw new Refused(outcome);
    return { ok: true };
  }
}
