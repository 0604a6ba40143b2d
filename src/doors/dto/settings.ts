import { ApiProperty } from '@nestjs/swagger';
import { Type as Nested } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsObject,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { ReplaySettings } from '../../protocol/lookingBack.js';
import {
  overflowRange,
  quickRange,
  ratioRange,
  settingRanges,
  slopeRange,
  waitRuleRange,
} from '../../protocol/settingRanges.js';
import type { NumberSetting } from '../../protocol/settingRanges.js';
import type {
  Acceptance,
  DaySettings,
  Overflow,
  QuickCounter,
  RatioStep,
  WaitRule,
} from '../../protocol/settings.js';
import { adviceStyles, callingModes, ratioParts } from '../../protocol/vocabulary.js';
import type { AdviceStyle, CallingMode, RatioPart } from '../../protocol/vocabulary.js';
import { Amount, Id, One, OneOf, Sentence, Some, Whole, YesNo } from '../fields.js';

const LONGEST_REASON = 200;
const MOST_HAZARDS = 100;
const MOST_RULES = 40;
const HAZARD = /^[A-Za-z]{1,20}(\.[A-Za-z0-9_-]{1,64}){0,2}$/;
const optional = { optional: true } as const;

/** A number of the settings, in the range that the core holds it to. */
const within = (key: NumberSetting, presence: { optional?: true } = optional): PropertyDecorator => {
  const { min, max, unit } = settingRanges[key];
  return unit === 'times' || unit === 'clock' ? Whole(min, max, presence) : Amount(min, max, presence);
};
const Slope = (): PropertyDecorator => Amount(slopeRange.min, slopeRange.max);

export class SlopesDto {
  @Slope() normal!: number;
  @Slope() vip!: number;
  @Slope() appointment!: number;
  @Slope() special!: number;
}

class RatioStepDto implements RatioStep {
  @OneOf(ratioParts) of!: RatioPart;
  @Whole(ratioRange.min, ratioRange.max) calls!: number;
}

class WaitRuleDto implements WaitRule {
  @OneOf(['service', 'zone', 'class']) of!: WaitRule['of'];
  @Id() id!: string;
  @Amount(waitRuleRange.min, waitRuleRange.max) minutes!: number;
}

class OverflowDto implements Overflow {
  @Id() counterId!: string;
  @Id() serviceId!: string;
  @Amount(overflowRange.min, overflowRange.max) seconds!: number;
}

class QuickCounterDto implements QuickCounter {
  @Id() counterId!: string;
  @Amount(quickRange.min, quickRange.max) minutes!: number;
  @OneOf(['ifNoneWaits', 'never']) others!: QuickCounter['others'];
}

/** Why settings that may starve somebody are wanted; who and when the server adds itself [S-2]. */
export class AcceptanceDto implements Acceptance {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_HAZARDS)
  @ArrayUnique()
  @Matches(HAZARD, { each: true })
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_HAZARDS,
    uniqueItems: true,
  })
  of!: string[];
  @Sentence(LONGEST_REASON) reason!: string;
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
  @within('referenceMinutes') referenceMinutes?: number;
  @within('overtakesToProtect') overtakesToProtect?: number;
  @within('minutesToProtect') minutesToProtect?: number;
  @within('vipCap') vipCap?: number;
  @within('careAfter') careAfter?: number;
  @within('careReminder') careReminder?: number;
  @within('waitLimit') waitLimit?: number;
  @within('vipResponse') vipResponse?: number;
  @within('absentReturn') absentReturn?: number;
  @within('appointmentLate') appointmentLate?: number;
  @within('pauseLimit') pauseLimit?: number;
  @within('notFoundIdle') notFoundIdle?: number;
  @within('notFoundOnTheWay') notFoundOnTheWay?: number;
  @within('acknowledgeWithin') acknowledgeWithin?: number;
  @within('recallGap') recallGap?: number;
  @within('undoWithin') undoWithin?: number;
  @within('swapRefusal') swapRefusal?: number;
  @within('ratingFor') ratingFor?: number;
  @within('calls') calls?: number;
  @within('callsBeforeNoShow') callsBeforeNoShow?: number;
  @within('swapGain') swapGain?: number;
  @within('swapWalk') swapWalk?: number;
  @within('walkMinutes') walkMinutes?: number;
  @OneOf(adviceStyles, optional) advice?: AdviceStyle;
  @YesNo(optional) learntTimes?: boolean;
  @YesNo(optional) earlyAppointments?: boolean;
  @within('lastTicket') lastTicket?: number;
  @within('closesItself') closesItself?: number;
  @Some(() => RatioStepDto, ratioParts.length, optional) ratio?: RatioStepDto[];
  @YesNo(optional) protectedBand?: boolean;
  @Some(() => WaitRuleDto, MOST_RULES, optional) waitRules?: WaitRuleDto[];
  @Some(() => OverflowDto, MOST_RULES, optional) overflows?: OverflowDto[];
  @Some(() => QuickCounterDto, MOST_RULES, optional) quickCounters?: QuickCounterDto[];
  @One(() => AcceptanceDto, optional) acceptance?: AcceptanceDto;
}

/** What a day may be played anew with: settings that decide whom a counter calls or which one is held. */
export class ReplaySettingsDto implements ReplaySettings {
  @OneOf(callingModes, optional) mode?: CallingMode;
  @One(() => SlopesDto, optional) slopes?: SlopesDto;
  @within('referenceMinutes') referenceMinutes?: number;
  @within('overtakesToProtect') overtakesToProtect?: number;
  @within('minutesToProtect') minutesToProtect?: number;
  @within('vipCap') vipCap?: number;
  @within('walkMinutes') walkMinutes?: number;
  @within('swapGain') swapGain?: number;
  @within('swapWalk') swapWalk?: number;
  @YesNo(optional) earlyAppointments?: boolean;
  @Some(() => RatioStepDto, ratioParts.length, optional) ratio?: RatioStepDto[];
  @YesNo(optional) protectedBand?: boolean;
  @Some(() => WaitRuleDto, MOST_RULES, optional) waitRules?: WaitRuleDto[];
  @Some(() => OverflowDto, MOST_RULES, optional) overflows?: OverflowDto[];
  @Some(() => QuickCounterDto, MOST_RULES, optional) quickCounters?: QuickCounterDto[];
}

/** All settings, as a branch's configuration keeps them for the days to come. */
export class DaySettingsDto {
  @OneOf(callingModes) mode!: CallingMode;
  @YesNo() autoCall!: boolean;
  @ApiProperty({ type: SlopesDto })
  @IsObject()
  @ValidateNested()
  @Nested(() => SlopesDto)
  slopes!: SlopesDto;
  @OneOf(adviceStyles, optional) advice?: AdviceStyle;
  @YesNo(optional) learntTimes?: boolean;
  @YesNo() earlyAppointments!: boolean;
  @Some(() => RatioStepDto, ratioParts.length, optional) ratio?: RatioStepDto[];
  @YesNo(optional) protectedBand?: boolean;
  @Some(() => WaitRuleDto, MOST_RULES, optional) waitRules?: WaitRuleDto[];
  @Some(() => OverflowDto, MOST_RULES, optional) overflows?: OverflowDto[];
  @Some(() => QuickCounterDto, MOST_RULES, optional) quickCounters?: QuickCounterDto[];
  @One(() => AcceptanceDto, optional) acceptance?: AcceptanceDto;
}
for (const key of Object.keys(settingRanges) as NumberSetting[])
  within(key, {})(DaySettingsDto.prototype, key);
