import type { IncomingMessage } from 'node:http';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { Devices } from '../identity/devices.js';
import { Sessions } from '../identity/sessions.js';
import { Staff } from '../identity/staff.js';
import { NewDeviceDto, NewStaffDto, readBody } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

interface StaffEntry {
  id: string;
  login: string;
  name: string;
  role: string;
  skills: string[];
  disabled: boolean;
}
interface DeviceEntry {
  id: string;
  kind: string;
  place: string | null;
  label: string;
  revoked: boolean;
}

/** Staff and screens of the administrator's branch. */
@ApiTags('administration')
@Controller('api/v1')
export class AdminController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Staff) private readonly staff: Staff,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Devices) private readonly devices: Devices,
  ) {}

  @Get('staff')
  async listStaff(@Req() request: IncomingMessage): Promise<StaffEntry[]> {
    const { branchId } = await this.caller.administering(request, 'staff');
    const members = await this.staff.list(branchId);
    return members.map(({ id, login, name, role, skills, disabledAt }) => ({
      id,
      login,
      name,
      role,
      skills,
      disabled: disabledAt !== null,
    }));
  }

  @Post('staff')
  @ApiBody({ type: NewStaffDto })
  async addStaff(@Req() request: IncomingMessage, @Body() body: unknown): Promise<{ id: string }> {
    const { branchId } = await this.caller.administering(request, 'staff');
    const person = readBody(NewStaffDto, body);
    if (await this.staff.has(person.login)) throw new Refused(refuse('malformed', { field: 'login' }));
    const { login, name, role, skills, password } = person;
    const { id } = await this.staff.add({ login, name, role, skills, password, branchId });
    return { id };
  }

  /** Ends the person's access at once; what they did stays in the log under their id. */
  @Delete('staff/:id')
  @HttpCode(204)
  async disableStaff(@Req() request: IncomingMessage, @Param('id') id: string): Promise<void> {
    const identity = await this.caller.administering(request, 'staff');
    const member = await this.staff.byId(id);
    // Nobody locks the last door behind themselves.
    if (member?.branchId !== identity.branchId || id === identity.actor.id)
      throw new Refused(refuse('forbidden'));
    await this.staff.disable(id);
    await this.sessions.closeAllOf(id);
  }

  @Get('devices')
  async listDevices(@Req() request: IncomingMessage): Promise<DeviceEntry[]> {
    const { branchId } = await this.caller.administering(request, 'devices');
    const screens = await this.devices.list(branchId);
    return screens.map(({ id, kind, place, label, revokedAt }) => ({
      id,
      kind,
      place,
      label,
      revoked: revokedAt !== null,
    }));
  }

  /** Enrols a screen. Its token is in this answer and nowhere else. */
  @Post('devices')
  @ApiBody({ type: NewDeviceDto })
  async enrol(
    @Req() request: IncomingMessage,
    @Body() body: unknown,
  ): Promise<{ id: string; token: string }> {
    const { branchId } = await this.caller.administering(request, 'devices');
    const screen = readBody(NewDeviceDto, body);
    const needsPlace = screen.kind === 'counterSign' || screen.kind === 'ratingPad';
    if (needsPlace && screen.place === undefined) throw new Refused(refuse('malformed', { field: 'place' }));
    const { kind, place, label } = screen;
    return this.devices.enrol({ kind, label, branchId, ...(place === undefined ? {} : { place }) });
  }

  @Delete('devices/:id')
  @HttpCode(204)
  async revoke(@Req() request: IncomingMessage, @Param('id') id: string): Promise<void> {
    const { branchId } = await this.caller.administering(request, 'devices');
    if (!(await this.devices.revoke(id, branchId))) throw new Refused(refuse('forbidden'));
  }
}
