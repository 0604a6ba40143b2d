import { helpPlaces, overrideReasons } from '../../protocol/vocabulary.js';
import type { HelpPlace, OverrideReason, Tier } from '../../protocol/vocabulary.js';
import { Id, Ids, OneOf, Type, Whole } from '../fields.js';

const MOST_SERVICES = 8;
const MOST_VERSION = 1_000_000_000;
const tiers = [0, 1, 2, 3] as const;
/** Appointments from 2020 to 2100, UTC ms: anything else is a mistake of units. */
const EARLIEST = 1_577_836_800_000;
const LATEST = 4_102_444_800_000;

/** A command that acts on the visit as the sender saw it. */
export class OnVisitDto {
  @Id() visitId!: string;
  @Whole(0, MOST_VERSION) version!: number;
}

export class IssueTicketDto {
  @Type('IssueTicket') type!: 'IssueTicket';
  @Ids(1, MOST_SERVICES) serviceIds!: string[];
  @OneOf(tiers, { optional: true }) tier?: Tier;
}

export class BookAppointmentDto {
  @Type('BookAppointment') type!: 'BookAppointment';
  @Id() code!: string;
  @Whole(EARLIEST, LATEST) at!: number;
  @Ids(1, MOST_SERVICES) serviceIds!: string[];
}

export class CheckInDto {
  @Type('CheckIn') type!: 'CheckIn';
  @Id() code!: string;
}

export class RequestHelpDto {
  @Type('RequestHelp') type!: 'RequestHelp';
  @OneOf(helpPlaces) place!: HelpPlace;
  @Id({ optional: true }) visitId?: string;
}

export class CancelVisitDto extends OnVisitDto {
  @Type('CancelVisit') type!: 'CancelVisit';
}

export class LeaveVisitDto extends OnVisitDto {
  @Type('LeaveVisit') type!: 'LeaveVisit';
}

export class ReturnVisitDto extends OnVisitDto {
  @Type('ReturnVisit') type!: 'ReturnVisit';
}

export class AddServiceDto extends OnVisitDto {
  @Type('AddService') type!: 'AddService';
  @Id() serviceId!: string;
}

export class MoveVisitDto extends OnVisitDto {
  @Type('MoveVisit') type!: 'MoveVisit';
  @OneOf(['front', 'end']) placement!: 'front' | 'end';
  @OneOf(overrideReasons) reason!: OverrideReason;
}

export class MergeVisitsDto extends OnVisitDto {
  @Type('MergeVisits') type!: 'MergeVisits';
  @Id() otherId!: string;
  @Whole(0, MOST_VERSION) otherVersion!: number;
}

export class CallSpecialistDto extends OnVisitDto {
  @Type('CallSpecialist') type!: 'CallSpecialist';
  @Id() capability!: string;
}

export class UndoDto {
  @Type('Undo') type!: 'Undo';
  @Id() commandId!: string;
}
