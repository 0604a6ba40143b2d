import { ApiProperty } from '@nestjs/swagger';
import { Type as Nested } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import type { CommandOf } from '../../protocol/commands.js';
import { overrideReasons, pauseReasons } from '../../protocol/vocabulary.js';
import type { OverrideReason, PauseReason } from '../../protocol/vocabulary.js';
import { Id, Ids, OneOf, Type, YesNo } from '../fields.js';
import { SettingsChangeDto } from './settings.js';

export class OpenDayDto {
  @Type('OpenDay') type!: 'OpenDay';
}

export class CloseDayDto {
  @Type('CloseDay') type!: 'CloseDay';
  @YesNo() endRemaining!: boolean;
}

export class ChangeSettingsDto {
  @Type('ChangeSettings') type!: 'ChangeSettings';
  @ApiProperty({ type: SettingsChangeDto })
  @IsObject()
  @ValidateNested()
  @Nested(() => SettingsChangeDto)
  settings!: SettingsChangeDto;
}

export class SetCounterServicesDto {
  @Type('SetCounterServices') type!: 'SetCounterServices';
  @Id() counterId!: string;
  @Ids(1, 64) serviceIds!: string[];
}

const staffingChanges = ['open', 'closed', 'services'] as const;

export class PreviewStaffingDto {
  @Type('PreviewStaffing') type!: 'PreviewStaffing';
  @Id() counterId!: string;
  @OneOf(staffingChanges) to!: CommandOf<'PreviewStaffing'>['to'];
  @Ids(1, 64, { optional: true }) serviceIds?: string[];
}

const counterOrders = ['paused', 'resumed', 'closing', 'reopened', 'faulty', 'repaired'] as const;

export class ManageCounterDto {
  @Type('ManageCounter') type!: 'ManageCounter';
  @Id() counterId!: string;
  @OneOf(counterOrders) to!: CommandOf<'ManageCounter'>['to'];
  @OneOf(pauseReasons, { optional: true }) reason?: PauseReason;
  @OneOf(overrideReasons, { optional: true }) override?: OverrideReason;
}

export class StartDutyDto {
  @Type('StartDuty') type!: 'StartDuty';
}

export class EndDutyDto {
  @Type('EndDuty') type!: 'EndDuty';
  @Id({ optional: true }) staffId?: string;
}
