import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { BusinessDate, Id } from '../fields.js';

/** What every command travels in; `command` is checked by the DTO of its own type. */
export class EnvelopeDto {
  @Id() id!: string;
  @BusinessDate({ optional: true }) day?: string;
  @ApiProperty({ type: Object })
  @IsObject()
  command!: object;
}
