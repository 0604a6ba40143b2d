import { supportNeeds } from '../../protocol/vocabulary.js';
import type { SupportNeed, Tier } from '../../protocol/vocabulary.js';
import { Id, Ids, OneOf, SomeOf, Type, YesNo } from '../fields.js';
import { OnVisitDto } from './visits.js';

export class FlagPriorityDto extends OnVisitDto {
  @Type('FlagPriority') type!: 'FlagPriority';
  @SomeOf(supportNeeds) needs!: SupportNeed[];
  @YesNo() consent!: boolean;
}

export class FlagNewVisitDto {
  @Type('FlagNewVisit') type!: 'FlagNewVisit';
  @Ids(1, 8) serviceIds!: string[];
  @OneOf([0, 1, 2, 3], { optional: true }) tier?: Tier;
  @SomeOf(supportNeeds) needs!: SupportNeed[];
  @YesNo() consent!: boolean;
}

export class AmendNeedsDto extends OnVisitDto {
  @Type('AmendNeeds') type!: 'AmendNeeds';
  @SomeOf(supportNeeds) needs!: SupportNeed[];
  @YesNo() consent!: boolean;
}

export class DeclinePriorityDto extends OnVisitDto {
  @Type('DeclinePriority') type!: 'DeclinePriority';
}

export class ConfirmLoveWindowDto extends OnVisitDto {
  @Type('ConfirmLoveWindow') type!: 'ConfirmLoveWindow';
  @Id({ optional: true }) counterId?: string;
}

export class AcknowledgeAlertDto {
  @Type('AcknowledgeAlert') type!: 'AcknowledgeAlert';
  @Id() episodeId!: string;
}

export class MarkOnTheWayDto {
  @Type('MarkOnTheWay') type!: 'MarkOnTheWay';
  @Id() episodeId!: string;
}

export class MarkArrivedDto {
  @Type('MarkArrived') type!: 'MarkArrived';
  @Id() episodeId!: string;
}

export class RefuseSwapDto {
  @Type('RefuseSwap') type!: 'RefuseSwap';
  @Id() episodeId!: string;
}

export class MarkHereAgainDto extends OnVisitDto {
  @Type('MarkHereAgain') type!: 'MarkHereAgain';
}

export class RevealNeedsDto extends OnVisitDto {
  @Type('RevealNeeds') type!: 'RevealNeeds';
}

export class PreviewLoveWindowDto {
  @Type('PreviewLoveWindow') type!: 'PreviewLoveWindow';
  @Id() visitId!: string;
}
