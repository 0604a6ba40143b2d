import type { CommandOf, CommandType } from '../protocol/commands.js';
import * as counter from './dto/counter.js';
import * as day from './dto/day.js';
import * as loveWindow from './dto/loveWindow.js';
import * as notices from './dto/notices.js';
import * as tasks from './dto/tasks.js';
import * as visits from './dto/visits.js';

const table = {
  OpenDay: day.OpenDayDto,
  CloseDay: day.CloseDayDto,
  ChangeSettings: day.ChangeSettingsDto,
  SetCounterServices: day.SetCounterServicesDto,
  ManageCounter: day.ManageCounterDto,
  StartDuty: day.StartDutyDto,
  EndDuty: day.EndDutyDto,
  PostNotice: notices.PostNoticeDto,
  WithdrawNotice: notices.WithdrawNoticeDto,
  IssueTicket: visits.IssueTicketDto,
  BookAppointment: visits.BookAppointmentDto,
  CheckIn: visits.CheckInDto,
  RequestHelp: visits.RequestHelpDto,
  CancelVisit: visits.CancelVisitDto,
  LeaveVisit: visits.LeaveVisitDto,
  ReturnVisit: visits.ReturnVisitDto,
  AddService: visits.AddServiceDto,
  MoveVisit: visits.MoveVisitDto,
  MergeVisits: visits.MergeVisitsDto,
  CallSpecialist: visits.CallSpecialistDto,
  Undo: visits.UndoDto,
  SignOn: counter.SignOnDto,
  SignOff: counter.SignOffDto,
  CloseCounter: counter.CloseCounterDto,
  PauseCounter: counter.PauseCounterDto,
  ResumeCounter: counter.ResumeCounterDto,
  CallNext: counter.CallNextDto,
  CallVisit: counter.CallVisitDto,
  Recall: counter.RecallDto,
  StartService: counter.StartServiceDto,
  FinishService: counter.FinishServiceDto,
  MarkNoShow: counter.MarkNoShowDto,
  ParkVisit: counter.ParkVisitDto,
  ResumeParked: counter.ResumeParkedDto,
  TransferVisit: counter.TransferVisitDto,
  MarkLongService: counter.MarkLongServiceDto,
  FlagPriority: loveWindow.FlagPriorityDto,
  FlagNewVisit: loveWindow.FlagNewVisitDto,
  AmendNeeds: loveWindow.AmendNeedsDto,
  DeclinePriority: loveWindow.DeclinePriorityDto,
  ConfirmLoveWindow: loveWindow.ConfirmLoveWindowDto,
  AcknowledgeAlert: loveWindow.AcknowledgeAlertDto,
  MarkOnTheWay: loveWindow.MarkOnTheWayDto,
  MarkArrived: loveWindow.MarkArrivedDto,
  RefuseSwap: loveWindow.RefuseSwapDto,
  MarkHereAgain: loveWindow.MarkHereAgainDto,
  RevealNeeds: loveWindow.RevealNeedsDto,
  AcknowledgeTasks: tasks.AcknowledgeTasksDto,
  CompleteTask: tasks.CompleteTaskDto,
  RateService: tasks.RateServiceDto,
  PreviewLoveWindow: loveWindow.PreviewLoveWindowDto,
  PreviewStaffing: day.PreviewStaffingDto,
} satisfies { [T in CommandType]: new () => CommandOf<T> };

/** Commands whose DTO lacks a field or has one too many. */
type Unequal = {
  [T in CommandType]: keyof InstanceType<(typeof table)[T]> extends keyof CommandOf<T>
    ? keyof CommandOf<T> extends keyof InstanceType<(typeof table)[T]>
      ? never
      : T
    : T;
}[CommandType];
/** `never`, and then the next declaration doesn't compile, unless the table covers the union exactly. */
type Exact = [Unequal, Exclude<keyof typeof table, CommandType>] extends [never, never]
  ? typeof table
  : never;

/** The DTO of each command type: the one table that sockets, REST, OpenAPI and the docs are made from. */
export const commandDtos: Exact = table;

/** Every command type, in the order of the table. */
export const commandTypes = Object.keys(table) as CommandType[];

/** True when the word is a command type of this version. */
export const isCommandType = (word: string): word is CommandType => Object.hasOwn(table, word);
