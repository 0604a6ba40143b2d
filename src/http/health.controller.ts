import type { ServerResponse } from 'node:http';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

/** Whether the server can do its work; the composition root knows the parts. */
export interface Readiness {
  ready(): Promise<boolean>;
}
export const READINESS = Symbol('READINESS');

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
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
