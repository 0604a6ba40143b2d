import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { Sessions } from '../identity/sessions.js';
import { Staff } from '../identity/staff.js';
import type { StaffEntry } from '../protocol/http.js';
import { NewStaffDto, readBody, StaffChangeDto } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

/** The people of the caller's branch. */
@ApiTags('administration')
@Controller('api/v1/staff')
export class StaffController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Staff) private readonly staff: Staff,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Get()
  async list(@Req() request: IncomingMessage): Promise<StaffEntry[]> {
    const { branchId } = await this.caller.inspecting(request);
    const members = await this.staff.list(branchId);
    const here = await this.sessions.signedIn(members.map(({ id }) => id));
    return members.map(({ id, login, name, role, skills, disabledAt }) => ({
      id,
      login,
      name,
      role,
      skills,
      disabled: disabledAt !== null,
      signedIn: here.has(id),
    }));
  }

  @Post()
  @ApiBody({ type: NewStaffDto })
  async add(@Req() request: IncomingMessage, @Body() body: unknown): Promise<{ id: string }> {
    const { branchId } = await this.caller.administering(request, 'staff');
    const { login, name, role, skills, password } = readBody(NewStaffDto, body);
    const outcome = await this.staff.admit({ login, name, role, skills, password, branchId });
    if (!outcome.ok) throw new Refused(refuse(outcome.code, { field: 'login' }));
    return { id: outcome.id };
  }

  /**
   * Changes a person. Their sessions end at once, as they carry who the person was; what the person did stays in
   * the log under their id [S-11].
   */
  @Patch(':id')
  @HttpCode(204)
  @ApiBody({ type: StaffChangeDto })
  async change(
    @Req() request: IncomingMessage,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { branchId, actor } = await this.caller.administering(request, 'staff');
    const { name, role, skills, password, disabled } = readBody(StaffChangeDto, body);
    const outcome = await this.staff.change(id, branchId, actor.id, {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(skills !== undefined && { skills }),
      ...(password !== undefined && { password }),
      ...(disabled !== undefined && { disabled }),
    });
    if (!outcome.ok) throw new Refused(outcome);
    await this.sessions.closeAllOf(id, id === actor.id ? actor.session : undefined);
  }
}
