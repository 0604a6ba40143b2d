import type { IncomingMessage, ServerResponse } from 'node:http';
import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { commandDtos } from '../doors/commandDtos.js';
import { CommandDoor } from '../doors/door.js';
import { EnvelopeDto } from '../doors/dto/envelope.js';
import type { Ack } from '../protocol/commands.js';
import { Caller } from './caller.js';
import { statusOf } from './refused.js';

const dtos = Object.values(commandDtos);

@ApiTags('commands')
@Controller('api/v1/branches')
export class CommandsController {
  constructor(
    @Inject(Caller) private readonly caller: Caller,
    @Inject(CommandDoor) private readonly door: CommandDoor,
  ) {}

  /** The same commands, checks and answers as over the socket. */
  @Post(':id/commands')
  @ApiExtraModels(EnvelopeDto, ...dtos)
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(EnvelopeDto) },
        {
          type: 'object',
          properties: { command: { oneOf: dtos.map((dto) => ({ $ref: getSchemaPath(dto) })) } },
        },
      ],
    },
  })
  async send(
    @Req() request: IncomingMessage,
    @Param('id') branchId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<Ack> {
    const identity = await this.caller.changing(request);
    const ack = await this.door.handle(identity, branchId, body);
    response.statusCode = ack.ok ? 200 : statusOf(ack);
    return ack;
  }
}
