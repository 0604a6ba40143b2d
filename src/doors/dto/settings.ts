import { ApiProperty } from '@nestjs/swagger';
import { Type as Nested } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import type { DaySettings } from '../../protocol/settings.js';
import { callingModes } from '../../protocol/vocabulary.js';
import type { CallingMode } from '../../protocol/vocabulary.js';
import { Amount, OneOf, Whole, YesNo } from '../fields.js';

const optional = { optional: true } as const;
const DAY = 24 * 60;

export class SlopesDto {
  @Amount(0.1, 100) normal!: number;
  @Amount(0.1, 100) vip!: number;
  @Amount(0.1, 100) appointment!: number;
  @Amount(0.1, 100) special!: number;
}

/** A change of the running day's settings: any of them, each in its range. */
export class SettingsChangeDto implements Partial<DaySettings> {
  @OneOf(callingModes, optional) mode?: CallingMode;
  @YesNo(optional) autoCall?: boolean;
  @ApiProperty({ type: SlopesDto, required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Nested(() => SlopesDto)
  slopes?: SlopesDto;
  @Amount(0.1, 120, optional) referenceMinutes?: number;
  @Whole(1, 100, optional) overtakesToProtect?: number;
  @Amount(1, DAY, optional) minutesToProtect?: number;
  @Whole(1, 100, optional) vipCap?: number;
  @Amount(0.5, DAY, optional) careAfter?: number;
  @Amount(0.5, DAY, optional) careReminder?: number;
  @Amount(0.5, DAY, optional) waitLimit?: number;
  @Amount(0.5, DAY, optional) vipResponse?: number;
  @Amount(0, DAY, optional) absentReturn?: number;
  @Amount(0, DAY, optional) appointmentLate?: number;
  @Amount(0.5, DAY, optional) pauseLimit?: number;
  @Amount(0.5, 60, optional) notFoundIdle?: number;
  @Amount(0.5, 60, optional) notFoundOnTheWay?: number;
  @Amount(5, 600, optional) acknowledgeWithin?: number;
  @Amount(0, 600, optional) recallGap?: number;
  @Amount(1, 120, optional) undoWithin?: number;
  @Amount(1, 120, optional) swapRefusal?: number;
  @Amount(5, 120, optional) ratingFor?: number;
  @Whole(1, 10, optional) calls?: number;
  @Whole(1, 10, optional) callsBeforeNoShow?: number;
  @Amount(0, 60, optional) swapGain?: number;
  @Amount(0, 60, optional) swapWalk?: number;
  @Amount(0, 60, optional) walkMinutes?: number;
  @YesNo(optional) earlyAppointments?: boolean;
  @Whole(0, 2 * DAY, optional) lastTicket?: number;
  @Whole(0, 2 * DAY, optional) closesItself?: number;
}
