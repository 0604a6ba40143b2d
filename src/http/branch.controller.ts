import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, Inject, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { MOST_SETUP_NODES } from '../doors/dto/setup.js';
import { refuse } from '../doors/parse.js';
import { Configuration } from '../identity/configuration.js';
import { Staff } from '../identity/staff.js';
import type { BranchEntry, KeptConfiguration } from '../protocol/http.js';
import type { BranchSetup } from '../protocol/settings.js';
import { NewBranchDto, readBody, SetupChangeDto } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

/** How branches are configured. */
@ApiTags('administration')
@Controller('api/v1')
export class BranchController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Staff) private readonly staff: Staff,
  ) {}

  /** The configuration of the caller's branch, with which its next day opens. */
  @Get('branch')
  async show(@Req() request: IncomingMessage): Promise<KeptConfiguration> {
    const { branchId } = await this.caller.inspecting(request);
    const kept = this.configuration.kept(branchId);
    if (kept === undefined) throw new Refused(refuse('unknown-branch'));
    const { version, setup, at, by } = kept;
    const member = await this.staff.byId(by);
    return { version, setup, learnt: this.configuration.learnt(setup), at, by: member?.name ?? '' };
  }

  /** Keeps a new version; the running day goes on with what it was opened with [S-8][L16]. */
  @Put('branch')
  @ApiBody({ type: SetupChangeDto })
  async change(@Req() request: IncomingMessage, @Body() body: unknown): Promise<{ version: number }> {
    const { branchId, actor } = await this.caller.administering(request, 'branches');
    const { version, setup } = readBody(SetupChangeDto, body, MOST_SETUP_NODES);
    // The DTO has all settings; their numbers are declared by a loop, which the type checker can't follow.
    const whole = Object.assign(setup, { id: branchId }) as unknown as BranchSetup;
    const outcome = await this.configuration.change(whole, version, actor);
    if (!outcome.ok) throw new Refused(outcome);
    return { version: outcome.version };
  }

  /** Names of all branches of this server. */
  @Get('branches')
  async list(@Req() request: IncomingMessage): Promise<BranchEntry[]> {
    const { branchId } = await this.caller.inspecting(request);
    return this.configuration.list().map(({ id, name }) => ({ id, name, own: id === branchId }));
  }

  /** A new branch with its first administrator, who does the rest: nobody reaches into another branch [S-14]. */
  @Post('branches')
  @ApiBody({ type: NewBranchDto })
  async add(@Req() request: IncomingMessage, @Body() body: unknown): Promise<{ id: string }> {
    const { branchId, actor } = await this.caller.administering(request, 'branches');
    const { id, name, like, administrator } = readBody(NewBranchDto, body);
    const outcome = await this.configuration.add(
      { id, name, like: like === 'own' ? branchId : undefined, administrator },
      actor.id,
    );
    if (!outcome.ok) throw new Refused(outcome);
    return { id };
  }
}
