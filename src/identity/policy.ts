import type { CommandType } from '../protocol/commands.js';
import type { Audience } from '../protocol/views.js';
import type { Role } from '../protocol/vocabulary.js';

/** Roles that come through a door; `system` is the server itself and never does. */
export type OutsideRole = Exclude<Role, 'system'>;

const managers: readonly OutsideRole[] = ['lobbyManager', 'branchManager'];
const floor: readonly OutsideRole[] = ['teller', 'lobbyManager', 'branchManager'];
const teller: readonly OutsideRole[] = ['teller'];

/**
 * Who may send which command: the whole table, and what it doesn't name is refused. A role only ever acts in
 * its own branch, a teller at the own counter, a phone on its own visit and a pad at its own counter; that a
 * teller flags and escorts only while no manager is on duty is decided by the core, which knows.
 */
const mayCommand: Record<CommandType, readonly OutsideRole[]> = {
  OpenDay: managers,
  CloseDay: managers,
  ChangeSettings: ['branchManager'],
  SetCounterServices: managers,
  ManageCounter: managers,
  PostNotice: managers,
  WithdrawNotice: managers,
  StartDuty: managers,
  EndDuty: managers,
  IssueTicket: [...floor, 'kiosk'],
  BookAppointment: managers,
  CheckIn: [...managers, 'kiosk'],
  RequestHelp: [...floor, 'kiosk', 'phone'],
  CancelVisit: [...managers, 'phone'],
  LeaveVisit: floor,
  ReturnVisit: floor,
  AddService: floor,
  MoveVisit: managers,
  MergeVisits: managers,
  CallSpecialist: managers,
  Undo: [...floor, 'phone'],
  SignOn: teller,
  SignOff: teller,
  CloseCounter: teller,
  PauseCounter: teller,
  ResumeCounter: teller,
  CallNext: teller,
  CallVisit: teller,
  Recall: teller,
  StartService: teller,
  FinishService: teller,
  MarkNoShow: teller,
  ParkVisit: teller,
  ResumeParked: teller,
  TransferVisit: teller,
  MarkLongService: teller,
  FlagPriority: floor,
  FlagNewVisit: floor,
  AmendNeeds: floor,
  DeclinePriority: floor,
  ConfirmLoveWindow: floor,
  AcknowledgeAlert: floor,
  MarkOnTheWay: floor,
  MarkArrived: floor,
  RefuseSwap: floor,
  MarkHereAgain: floor,
  RevealNeeds: floor,
  AcknowledgeTasks: floor,
  CompleteTask: floor,
  RateService: ['ratingPad'],
  PreviewLoveWindow: floor,
  PreviewStaffing: managers,
};

/** Which pages a role may watch; the first is the one it gets when it asks for none. */
const mayWatch: Record<OutsideRole, readonly Audience[]> = {
  teller: ['teller'],
  lobbyManager: ['manager'],
  branchManager: ['manager', 'admin'],
  administrator: ['admin'],
  auditor: ['admin', 'manager'],
  kiosk: ['kiosk'],
  phone: ['ticket'],
  board: ['board'],
  counterSign: ['counter'],
  ratingPad: ['rating'],
};

/** Acts that are no command of a lobby. */
const mayAdminister: Record<Administration, readonly OutsideRole[]> = {
  staff: ['administrator'],
  devices: ['administrator'],
  branches: ['administrator'],
};
export type Administration = 'staff' | 'devices' | 'branches';

/** Who may read how the branch is configured, without being able to change it [S-13]. */
const mayInspect: readonly OutsideRole[] = ['branchManager', 'administrator', 'auditor'];

/** Who may read what a day of the branch has been like, and play it anew [H-1, H-8]. */
const mayLookBack: readonly OutsideRole[] = ['branchManager', 'administrator', 'auditor'];

const isOutside = (role: Role): role is OutsideRole => role !== 'system';

/** True when the role may send this command in `branchId`, being of `homeBranch`. */
export const permits = (role: Role, type: CommandType, homeBranch: string, branchId: string): boolean =>
  isOutside(role) && homeBranch === branchId && mayCommand[type].includes(role);

/** The pages a role may watch in its own branch. */
export const watches = (role: Role): readonly Audience[] => (isOutside(role) ? mayWatch[role] : []);

/** True when the role may configure this part of the server. */
export const administers = (role: Role, part: Administration): boolean =>
  isOutside(role) && mayAdminister[part].includes(role);

/** True when the role may read how its branch is configured: people, screens and set-up [S-13]. */
export const inspects = (role: Role): boolean => isOutside(role) && mayInspect.includes(role);

/** True when the role may look back at its branch's days, and see what coming ones need. */
export const looksBack = (role: Role): boolean => isOutside(role) && mayLookBack.includes(role);

/** The table for docs/roles.md; a test fails when the file is not this text. */
export function rolesDocument(): string {
  const columns = Object.keys(mayWatch) as OutsideRole[];
  const row = (name: string, allowed: readonly OutsideRole[]): string =>
    `| ${name} | ${columns.map((role) => (allowed.includes(role) ? '✓' : '')).join(' | ')} |`;
  return [
    '# Who may do what',
    '',
    'Made from `src/identity/policy.ts` by `npm run docs:protocol`; what has no mark is refused. Everybody acts in the',
    'own branch only, a teller at the own counter, a phone on its own visit, a rating pad at its own counter. A teller',
    'flags, previews, confirms, escorts (*on the way*, *arrived*) and refuses a swap only while no manager is on duty.',
    '',
    `| | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...Object.entries(mayCommand).map(([type, allowed]) => row(type, allowed)),
    ...Object.entries(mayAdminister).map(([part, allowed]) => row(`configure ${part}`, allowed)),
    row('read the configuration', mayInspect),
    row('look back at a day, and see a roster', mayLookBack),
    '',
    '| role | watches |',
    '|---|---|',
    ...columns.map((role) => `| ${role} | ${mayWatch[role].join(', ')} |`),
    '',
  ].join('\n');
}
