import type { IncomingMessage } from 'node:http';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { Branches } from '../identity/branches.js';
import { Devices } from '../identity/devices.js';
import type { DeviceEntry } from '../protocol/http.js';
import { NewDeviceDto, readBody } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

/** Tells which screens are connected; the gateway knows. */
export interface Presence {
  connected(deviceId: string): boolean;
}
export const PRESENCE = Symbol('PRESENCE');

/** The screens of the caller's branch. */
@ApiTags('administration')
@Controller('api/v1/devices')
export class DevicesController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Devices) private readonly devices: Devices,
    @Inject(Branches) private readonly branches: Branches,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  @Get()
  async list(@Req() request: IncomingMessage): Promise<DeviceEntry[]> {
    const { branchId } = await this.caller.inspecting(request);
    const screens = await this.devices.list(branchId);
    return screens.map(({ id, kind, place, label, enrolledAt, revokedAt, heardAt, printer }) => ({
      id,
      kind,
      place,
      label,
      enrolledAt,
      printer,
      heardAt,
      revoked: revokedAt !== null,
      connected: revokedAt === null && this.presence.connected(id),
    }));
  }

  /** Enrols a screen. Its token is in this answer and nowhere else [S-10]. */
  @Post()
  @ApiBody({ type: NewDeviceDto })
  async enrol(
    @Req() request: IncomingMessage,
    @Body() body: unknown,
  ): Promise<{ id: string; token: string }> {
    const { branchId } = await this.caller.administering(request, 'devices');
    const screen = readBody(NewDeviceDto, body);
    if (!this.#isPlace(branchId, screen)) throw new Refused(refuse('malformed', { field: 'place' }));
    const { kind, place, label } = screen;
    return this.devices.enrol({ kind, label, branchId, ...(place === undefined ? {} : { place }) });
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Req() request: IncomingMessage, @Param('id') id: string): Promise<void> {
    const { branchId } = await this.caller.administering(request, 'devices');
    if (!(await this.devices.revoke(id, branchId))) throw new Refused(refuse('unknown-screen'));
  }

  /** A sign or pad stands at a counter; a board hangs in the lobby or in a room's zone; a kiosk has no place. */
  #isPlace(branchId: string, { kind, place }: NewDeviceDto): boolean {
    const setup = this.branches.latest(branchId);
    switch (kind) {
      case 'counterSign':
      case 'ratingPad':
        return setup?.counters.some(({ id }) => id === place) === true;
      case 'board':
        return place === undefined || setup?.zones.some(({ id, room }) => room && id === place) === true;
      case 'kiosk':
        return place === undefined;
    }
  }
}
