import type { RejectionCode } from '../../src/protocol/codes.js';
import { DAY } from './lobby.js';

/** A message that must be refused, and how. */
export interface Hostile {
  name: string;
  payload: unknown;
  code: RejectionCode;
  field?: string;
}

const of = (command: unknown, more: Record<string, unknown> = {}): unknown => ({
  id: 'h',
  day: DAY,
  command,
  ...more,
});
const issue = { type: 'IssueTicket', serviceIds: ['cash'] };
const notice = {
  type: 'PostNotice',
  kind: 'weather',
  text: { zh: '雨天路滑', en: 'The floor may be wet' },
  minutes: 30,
};
const onVisit = { visitId: 'v1', version: 1 };
const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `s${String(i)}`);

let deep: unknown = {};
for (let i = 0; i < 50; i += 1) deep = { deep };

const malformed = (name: string, payload: unknown, field: string): Hostile => ({
  name,
  payload,
  code: 'malformed',
  field,
});
/** A command whose own field is wrong. */
const field = (command: Record<string, unknown>, name: string, why: string): Hostile =>
  malformed(`${String(command['type'])} with ${why}`, of(command), `command.${name}`);

/** What a lobby manager might send by mistake or in bad faith; each with the one right answer. */
export const hostileMessages: Hostile[] = [
  malformed('nothing', null, 'message'),
  malformed('a text', 'CallNext', 'message'),
  malformed('a number', 7, 'message'),
  malformed('a list', [of(issue)], 'message'),
  malformed('an empty object', {}, 'id'),
  malformed('no command', { id: 'h', day: DAY }, 'command'),
  malformed('a command that is a list', of([issue]), 'command'),
  malformed('a command that is a text', of('OpenDay'), 'command'),
  malformed('a command that is null', of(null), 'command'),
  malformed('a command without a type', of({}), 'command.type'),
  malformed('a type that is a number', of({ type: 1 }), 'command.type'),
  malformed('a type that is an object', of({ type: { type: 'OpenDay' } }), 'command.type'),
  malformed('no id', { day: DAY, command: issue }, 'id'),
  malformed('an empty id', of(issue, { id: '' }), 'id'),
  malformed('an id of 65', of(issue, { id: 'x'.repeat(65) }), 'id'),
  malformed('an id with a space', of(issue, { id: 'a b' }), 'id'),
  malformed('an id with a line break', of(issue, { id: 'a\n' }), 'id'),
  malformed('an id that is a number', of(issue, { id: 5 }), 'id'),
  malformed('an id that is a list', of(issue, { id: ['h'] }), 'id'),
  malformed('no day', { id: 'h', command: issue }, 'day'),
  malformed('a day that is none', of(issue, { day: '2026-13-01' }), 'day'),
  malformed('a day with a time', of(issue, { day: `${DAY}T00:00` }), 'day'),
  malformed('a day that is null', of(issue, { day: null }), 'day'),
  malformed('an unknown field in the envelope', of(issue, { actor: 'root' }), '*'),
  malformed('a role in the envelope', of(issue, { role: 'branchManager' }), '*'),
  malformed('an unknown field in the command', of({ ...issue, at: 1 }), 'command.*'),
  malformed('an actor in the command', of({ ...issue, actor: { role: 'administrator' } }), 'command.*'),
  malformed('a counter in the command', of({ type: 'CallNext', counterId: 'w2' }), 'command.*'),
  malformed('a branch in the envelope', of(issue, { branchId: 'other' }), '*'),
  malformed(
    '__proto__ in the envelope',
    JSON.parse(`{"id":"h","day":"${DAY}","command":{"type":"OpenDay"},"__proto__":{"ok":true}}`),
    'message',
  ),
  malformed(
    '__proto__ in the command',
    JSON.parse(`{"id":"h","day":"${DAY}","command":{"type":"OpenDay","__proto__":{"a":1}}}`),
    'message',
  ),
  malformed(
    'constructor in the settings',
    JSON.parse(
      `{"id":"h","day":"${DAY}","command":{"type":"ChangeSettings","settings":{"constructor":{"prototype":{"a":1}}}}}`,
    ),
    'message',
  ),
  { name: 'a type of Object.prototype', payload: of({ type: 'toString' }), code: 'unknown-command' },
  { name: 'a type named hasOwnProperty', payload: of({ type: 'hasOwnProperty' }), code: 'unknown-command' },
  { name: 'a type of the system', payload: of({ type: 'PassTime' }), code: 'unknown-command' },
  {
    name: 'another type of the system',
    payload: of({ type: 'BeginDay', day: DAY }),
    code: 'unknown-command',
  },
  { name: 'an event as a command', payload: of({ type: 'VisitIssued' }), code: 'unknown-command' },
  { name: 'a type with other letters', payload: of({ type: 'callnext' }), code: 'unknown-command' },
  field({ type: 'SignOn', counterId: '__proto__' }, 'counterId', 'an id that every object answers to'),
  field({ type: 'CheckIn', code: 'constructor' }, 'code', 'a code that every object answers to'),
  field({ type: 'AcknowledgeTasks', taskIds: ['toString'] }, 'taskIds', 'such an id in a list'),
  field({ type: 'IssueTicket' }, 'serviceIds', 'no services'),
  field({ type: 'IssueTicket', serviceIds: [] }, 'serviceIds', 'an empty list'),
  field({ type: 'IssueTicket', serviceIds: 'cash' }, 'serviceIds', 'a text for a list'),
  field({ type: 'IssueTicket', serviceIds: many(9) }, 'serviceIds', 'too many services'),
  field({ type: 'IssueTicket', serviceIds: ['cash', 'cash'] }, 'serviceIds', 'a service twice'),
  field({ type: 'IssueTicket', serviceIds: [null] }, 'serviceIds', 'null in the list'),
  field({ type: 'IssueTicket', serviceIds: [['cash']] }, 'serviceIds', 'a list in the list'),
  field({ type: 'IssueTicket', serviceIds: ["cash'; DROP TABLE events; --"] }, 'serviceIds', 'SQL'),
  field({ ...issue, tier: 4 }, 'tier', 'a tier of 4'),
  field({ ...issue, tier: '1' }, 'tier', 'a tier as text'),
  field({ ...issue, tier: null }, 'tier', 'a tier of null'),
  field({ type: 'CancelVisit', visitId: 'v1' }, 'version', 'no version'),
  field({ type: 'CancelVisit', visitId: 'v1', version: 1.5 }, 'version', 'half a version'),
  field({ type: 'CancelVisit', visitId: 'v1', version: -1 }, 'version', 'a negative version'),
  field({ type: 'CancelVisit', visitId: 'v1', version: 1e300 }, 'version', 'a huge version'),
  field({ type: 'CancelVisit', visitId: 'v1', version: '1' }, 'version', 'a version as text'),
  field({ type: 'CancelVisit', visitId: '../../etc/passwd', version: 1 }, 'visitId', 'a path'),
  field({ type: 'CancelVisit', visitId: '', version: 1 }, 'visitId', 'an empty visit'),
  field({ type: 'CancelVisit', visitId: { $ne: null }, version: 1 }, 'visitId', 'an operator for a visit'),
  field({ type: 'FlagPriority', ...onVisit, needs: ['pregnant'], consent: true }, 'needs', 'a diagnosis'),
  field(
    { type: 'FlagPriority', ...onVisit, needs: ['seat', 'seat'], consent: true },
    'needs',
    'a need twice',
  ),
  field({ type: 'FlagPriority', ...onVisit, needs: {}, consent: true }, 'needs', 'needs that are no list'),
  field({ type: 'FlagPriority', ...onVisit, needs: [] }, 'consent', 'no assent'),
  field({ type: 'FlagPriority', ...onVisit, needs: [], consent: 'yes' }, 'consent', 'assent as text'),
  field(
    { type: 'MoveVisit', ...onVisit, placement: 'place', reason: 'other' },
    'placement',
    'a placement that is none',
  ),
  field({ type: 'MoveVisit', ...onVisit, placement: 'front', reason: 'because' }, 'reason', 'a free reason'),
  field({ type: 'ManageCounter', counterId: 'w1', to: 'exploded' }, 'to', 'an order that is none'),
  field(
    { type: 'ManageCounter', counterId: 'w1', to: 'paused', reason: null },
    'reason',
    'null for a reason',
  ),
  field({ type: 'CloseDay' }, 'endRemaining', 'no word on those who remain'),
  field({ type: 'CloseDay', endRemaining: 1 }, 'endRemaining', 'a number for yes'),
  field({ type: 'ChangeSettings', settings: [] }, 'settings', 'settings that are a list'),
  field({ type: 'ChangeSettings', settings: { vipCap: 0 } }, 'settings.vipCap', 'a figure below its range'),
  field(
    { type: 'ChangeSettings', settings: { careAfter: 1e9 } },
    'settings.careAfter',
    'a figure above its range',
  ),
  field(
    { type: 'ChangeSettings', settings: { slopes: { normal: 1 } } },
    'settings.slopes.vip',
    'half the slopes',
  ),
  field({ type: 'ChangeSettings', settings: { mode: 'whatever' } }, 'settings.mode', 'a mode that is none'),
  malformed(
    'ChangeSettings with an unknown setting',
    of({ type: 'ChangeSettings', settings: { admin: true } }),
    'command.settings.*',
  ),
  field({ type: 'BookAppointment', code: 'c', at: '2026', serviceIds: ['cash'] }, 'at', 'a time as text'),
  field(
    { type: 'BookAppointment', code: 'c', at: 1_790_000_000, serviceIds: ['cash'] },
    'at',
    'a time in seconds',
  ),
  field({ type: 'AcknowledgeTasks', taskIds: many(201) }, 'taskIds', 'too many tasks'),
  field({ ...notice, kind: 'priority' }, 'kind', 'a kind that is none'),
  field({ ...notice, text: '雨' }, 'text', 'one language only'),
  field({ ...notice, text: { zh: '雨天路滑' } }, 'text.en', 'no English'),
  field({ ...notice, text: { zh: '雨天路滑', en: ' ' } }, 'text.en', 'blank English'),
  field({ ...notice, text: { zh: '雨'.repeat(41), en: 'rain' } }, 'text.zh', 'a long text'),
  field({ ...notice, text: { zh: '雨', en: 'r'.repeat(101) } }, 'text.en', 'a long English text'),
  field({ ...notice, text: { zh: '雨\n天', en: 'rain' } }, 'text.zh', 'a line break'),
  field(
    { ...notice, title: { zh: '十二个字以内的标题才放得下', en: 'A title' } },
    'title.zh',
    'a long title',
  ),
  field({ ...notice, minutes: 4 }, 'minutes', 'too short a time'),
  field({ ...notice, minutes: 721 }, 'minutes', 'too long a time'),
  field({ ...notice, by: 'the bank' }, '*', 'a name to post it under'),
  field({ type: 'RequestHelp', place: 'roof' }, 'place', 'a place that is none'),
  { name: 'a long text', payload: of({ ...issue, note: 'x'.repeat(10_000) }), code: 'too-large' },
  { name: 'a long list', payload: of({ type: 'AcknowledgeTasks', taskIds: many(3_000) }), code: 'too-large' },
  { name: 'a deep object', payload: of(deep), code: 'too-large' },
];

/** Well-formed commands that the role must not send. */
export const forbiddenFor: Record<string, Record<string, unknown>[]> = {
  kiosk: [
    { type: 'OpenDay' },
    { type: 'CallNext' },
    { type: 'FlagPriority', ...onVisit, needs: [], consent: true },
    { type: 'CancelVisit', ...onVisit },
    { type: 'RequestHelp', place: 'phone' },
    { ...issue, tier: 1 },
  ],
  board: [{ type: 'IssueTicket', serviceIds: ['cash'] }, { type: 'RequestHelp', place: 'kiosk' }, notice],
  counterSign: [{ type: 'CallNext' }],
  ratingPad: [{ type: 'IssueTicket', serviceIds: ['cash'] }],
  teller: [
    { type: 'OpenDay' },
    { type: 'CloseDay', endRemaining: true },
    { type: 'ChangeSettings', settings: {} },
    { type: 'MoveVisit', ...onVisit, placement: 'front', reason: 'other' },
    { type: 'RateService', ratingId: 'r1', stars: 5 },
    { type: 'RequestHelp', place: 'kiosk' },
    notice,
    { type: 'WithdrawNotice', noticeId: 'n1' },
  ],
  lobbyManager: [
    { type: 'CallNext' },
    { type: 'ChangeSettings', settings: { vipCap: 3 } },
    { type: 'SignOn', counterId: 'w1' },
  ],
  administrator: [
    { type: 'OpenDay' },
    { type: 'IssueTicket', serviceIds: ['cash'] },
    { type: 'RevealNeeds', ...onVisit },
  ],
  auditor: [{ type: 'OpenDay' }, { type: 'RevealNeeds', ...onVisit }, { type: 'Undo', commandId: 'c' }],
};
