import { overrideReasons, pauseReasons } from '../../protocol/vocabulary.js';
import type { OverrideReason, PauseReason, Placement } from '../../protocol/vocabulary.js';
import { Id, OneOf, Type, Whole, YesNo } from '../fields.js';
import { OnVisitDto } from './visits.js';

const placements = ['place', 'front', 'end'] as const;
const LONGEST_SERVICE = 480;

export class SignOnDto {
  @Type('SignOn') type!: 'SignOn';
  @Id() counterId!: string;
  @YesNo({ optional: true }) takeOver?: boolean;
}

export class SignOffDto {
  @Type('SignOff') type!: 'SignOff';
}

export class CloseCounterDto {
  @Type('CloseCounter') type!: 'CloseCounter';
}

export class PauseCounterDto {
  @Type('PauseCounter') type!: 'PauseCounter';
  @OneOf(pauseReasons) reason!: PauseReason;
}

export class ResumeCounterDto {
  @Type('ResumeCounter') type!: 'ResumeCounter';
}

export class CallNextDto {
  @Type('CallNext') type!: 'CallNext';
}

export class CallVisitDto extends OnVisitDto {
  @Type('CallVisit') type!: 'CallVisit';
  @OneOf(overrideReasons) reason!: OverrideReason;
}

export class RecallDto extends OnVisitDto {
  @Type('Recall') type!: 'Recall';
}

export class StartServiceDto extends OnVisitDto {
  @Type('StartService') type!: 'StartService';
}

export class FinishServiceDto extends OnVisitDto {
  @Type('FinishService') type!: 'FinishService';
  @OneOf(placements, { optional: true }) placement?: Placement;
}

export class MarkNoShowDto extends OnVisitDto {
  @Type('MarkNoShow') type!: 'MarkNoShow';
}

export class ParkVisitDto extends OnVisitDto {
  @Type('ParkVisit') type!: 'ParkVisit';
}

export class ResumeParkedDto extends OnVisitDto {
  @Type('ResumeParked') type!: 'ResumeParked';
}

export class TransferVisitDto extends OnVisitDto {
  @Type('TransferVisit') type!: 'TransferVisit';
  @Id() serviceId!: string;
  @OneOf(placements) placement!: Placement;
}

export class MarkLongServiceDto extends OnVisitDto {
  @Type('MarkLongService') type!: 'MarkLongService';
  @Whole(1, LONGEST_SERVICE) minutes!: number;
}
