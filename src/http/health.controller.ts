import type { ServerResponse } from 'node:http';
import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Live } from '../protocol/http.js';
import { DEMO } from './demo.controller.js';

/** Whether the server can do its work; the composition root knows the parts. */
export interface Readiness {
  ready(): Promise<boolean>;
}
export const READINESS = Symbol('READINESS');

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(READINESS) private readonly readiness: Readiness,
    @Optional() @Inject(DEMO) private readonly demo?: unknown,
  ) {}

  /** The process answers; a demo says that it is one [W-81]. */
  @Get('live')
  live(): Live {
    return { status: 'live', ...(this.demo !== undefined && { demo: true }) };
  }

  /** Every branch's runner is alive and the store can be written. */
  @Get('ready')
  async ready(
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<{ status: 'ready' | 'not-ready' }> {
    if (await this.readiness.ready()) return { status: 'ready' };
    response.statusCode = 503;
    return { status: 'not-ready' };
  }
}
