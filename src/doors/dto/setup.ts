import { ApiProperty } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import type { BranchSetup, CounterSetup, Service, Zone } from '../../protocol/settings.js';
import { serviceClasses } from '../../protocol/vocabulary.js';
import type { ServiceClass, Text } from '../../protocol/vocabulary.js';
import { Amount, Id, Ids, One, OneOf, Some, Whole, Words, YesNo } from '../fields.js';
import { DaySettingsDto } from './settings.js';

/** The shape of a branch's configuration; whether a day can be run with it is told by setupRules.ts [S-9]. */
const LONGEST_NAME = 64;
const LONGEST_LINE = 200;
const MOST_ZONES = 16;
const MOST_SERVICES = 26;
const MOST_COUNTERS = 40;

export class TextDto implements Text {
  @Words(0, LONGEST_NAME) zh!: string;
  @Words(0, LONGEST_NAME) en!: string;
}

class LineDto implements Text {
  @Words(0, LONGEST_LINE) zh!: string;
  @Words(0, LONGEST_LINE) en!: string;
}

class ZoneDto implements Zone {
  @Id() id!: string;
  @One(() => TextDto) name!: TextDto;
  @YesNo() room!: boolean;
}

class HoursDto {
  @Whole(0, 24 * 60) from!: number;
  @Whole(0, 24 * 60) to!: number;
}

class ServiceTimeDto {
  @Amount(0.1, 480) mean!: number;
  @Amount(0, 5) cv!: number;
}

class ServiceDto implements Service {
  @Id() id!: string;
  @One(() => TextDto) name!: TextDto;
  @Matches(/^[A-Z]$/)
  @ApiProperty({ type: String, pattern: '^[A-Z]$' })
  prefix!: string;
  @Id() zone!: string;
  @OneOf(serviceClasses) class!: ServiceClass;
  @Ids(0, 20) capabilities!: string[];
  @One(() => LineDto) documents!: LineDto;
  @One(() => HoursDto) hours!: HoursDto;
  @Whole(0, 9999) cap!: number;
  @ValidateIf((_, value) => value !== undefined)
  @One(() => ServiceTimeDto)
  time?: ServiceTimeDto;
}

class CounterSetupDto implements CounterSetup {
  @Id() id!: string;
  @One(() => TextDto) label!: TextDto;
  @Id() zone!: string;
  @Ids(0, 20) equipment!: string[];
  @Ids(0, MOST_SERVICES) services!: string[];
  @YesNo() vip!: boolean;
  @YesNo() standing!: boolean;
  @YesNo() elastic!: boolean;
}

/** A configuration without its branch's id, which comes from the session [S-2]. */
export class BranchSetupDto implements Omit<BranchSetup, 'id' | 'settings'> {
  @One(() => TextDto) name!: TextDto;
  @Words(1, LONGEST_NAME) timeZone!: string;
  @Some(() => ZoneDto, MOST_ZONES) zones!: ZoneDto[];
  @Some(() => ServiceDto, MOST_SERVICES) services!: ServiceDto[];
  @Some(() => CounterSetupDto, MOST_COUNTERS) counters!: CounterSetupDto[];
  @One(() => DaySettingsDto) settings!: DaySettingsDto;
}

/** A whole configuration has more parts than any command. */
export const MOST_SETUP_NODES = 10_000;
