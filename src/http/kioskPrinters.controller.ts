import type { IncomingMessage } from 'node:http';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { refuse } from '../doors/parse.js';
import { Devices } from '../identity/devices.js';
import { Printers } from '../printing/printers.js';
import type { PrintOutcome } from '../protocol/http.js';
import { testPage } from '../protocol/receipt.js';
import { KioskPrinterDto, readBody } from './bodies.js';
import { Caller } from './caller.js';
import { Refused } from './refused.js';

/** Which receipt printer stands in which kiosk of the administrator's branch. */
@ApiTags('administration')
@Controller('api/v1/devices/:id/printer')
export class KioskPrintersController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(Devices) private readonly devices: Devices,
    @Inject(Printers) private readonly printers: Printers,
  ) {}

  @Put()
  @HttpCode(204)
  @ApiBody({ type: KioskPrinterDto })
  async set(@Req() request: IncomingMessage, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const { branchId } = await this.caller.administering(request, 'devices');
    const { address } = readBody(KioskPrinterDto, body);
    if (!(await this.devices.setPrinter(id, branchId, address))) throw new Refused(refuse('unknown-screen'));
  }

  @Delete()
  @HttpCode(204)
  async remove(@Req() request: IncomingMessage, @Param('id') id: string): Promise<void> {
    const { branchId } = await this.caller.administering(request, 'devices');
    if (!(await this.devices.setPrinter(id, branchId, null))) throw new Refused(refuse('unknown-screen'));
  }

  /** Prints a test page and says what became of it. */
  @Post('test')
  @HttpCode(200)
  async test(@Req() request: IncomingMessage, @Param('id') id: string): Promise<{ outcome: PrintOutcome }> {
    const { branchId } = await this.caller.administering(request, 'devices');
    const kiosk = (await this.devices.list(branchId)).find((device) => device.id === id);
    if (kiosk === undefined || kiosk.printer === null) return { outcome: 'none' };
    return { outcome: await this.printers.print(kiosk.printer, testPage(kiosk.label, kiosk.printer)) };
  }
}
