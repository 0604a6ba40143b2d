import type { IncomingMessage, ServerResponse } from 'node:http';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { addressOf, setSessionCookie } from '../doors/requests.js';
import type { Identity } from '../identity/identity.js';
import { Sessions } from '../identity/sessions.js';
import { SignIn } from '../identity/signIn.js';
import type { SessionInfo } from '../protocol/http.js';
import { readBody, SignInDto } from './bodies.js';
import { bearer, Caller } from './caller.js';
import { Refused } from './refused.js';

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /** Signs in and sets the session's cookie. */
  @Post()
  @HttpCode(200)
  @ApiBody({ type: SignInDto })
  async open(
    @Req() request: IncomingMessage,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<SessionInfo> {
    this.caller.refuseForgery(request);
    const { name, password } = readBody(SignInDto, body);
    const outcome = await this.signIn.signIn(name, password, addressOf(request));
    if (!outcome.ok) throw new Refused(outcome);
    response.setHeader('Set-Cookie', setSessionCookie(request, outcome.token));
    return infoOf(outcome.identity);
  }

  @Get()
  async show(@Req() request: IncomingMessage): Promise<SessionInfo> {
    return infoOf(await this.caller.reading(request));
  }

  /** Signs out. A counter stays staffed: that ends with SignOff. */
  @Delete()
  @HttpCode(204)
  async close(
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<void> {
    const identity = await this.caller.changing(request);
    await this.sessions.close(identity);
    if (bearer(request) === undefined) response.setHeader('Set-Cookie', setSessionCookie(request, undefined));
  }
}

const infoOf = ({ actor, branchId }: Identity): SessionInfo => ({
  staffId: actor.id,
  name: actor.name,
  role: actor.role,
  branchId,
});
