import { commandDtos, commandTypes } from '../doors/commandDtos.js';
import { EnvelopeDto } from '../doors/dto/envelope.js';
import { SettingsChangeDto, SlopesDto } from '../doors/dto/settings.js';
import { rejectionCodes } from '../protocol/codes.js';
import { BEAT_MS, LIVE_NAMESPACE, MAX_MESSAGE_BYTES, PUBLIC_BEATS, STALE_MS } from '../protocol/live.js';
import errors from '../protocol/texts/errors.json' with { type: 'json' };
import { PROTOCOL_VERSION } from '../protocol/version.js';
import { audiences } from '../protocol/views.js';

/** What `ApiProperty` notes of a field; swagger keeps it under these two names. */
interface FieldNote {
  type?: unknown;
  enum?: unknown[];
  isArray?: boolean;
  required?: boolean;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}
const FIELDS = 'swagger/apiModelPropertiesArray';
const FIELD = 'swagger/apiModelProperties';

type Dto = new () => object;
/** Shown in sections of their own. */
const ownSections: readonly Dto[] = [SettingsChangeDto, SlopesDto];

const fieldsOf = (dto: Dto): { name: string; note: FieldNote }[] =>
  ((Reflect.getMetadata(FIELDS, dto.prototype as object) ?? []) as string[])
    .map((marked) => marked.slice(1))
    .map((name) => ({ name, note: Reflect.getMetadata(FIELD, dto.prototype as object, name) as FieldNote }));

function kindOf({
  type,
  enum: words,
  isArray,
  pattern,
  minLength,
  maxLength,
  minimum,
  maximum,
  minItems,
  maxItems,
}: FieldNote): string {
  const many =
    Array.isArray(type) || isArray === true ? `list of ${minItems ?? 0}–${maxItems ?? ''} different ` : '';
  if (words !== undefined) return `${many}${words.map((word) => `\`${String(word)}\``).join(' · ')}`;
  if (many !== '') return `${many}ids`;
  if (pattern !== undefined) return pattern.includes('{1,64}') ? 'id' : 'date YYYY-MM-DD';
  if (minimum !== undefined)
    return `${type === 'integer' ? 'whole number' : 'number'} ${minimum}–${maximum ?? ''}`;
  if (type === Boolean) return 'true or false';
  if (type === String) return `text of ${minLength ?? 0}–${maxLength ?? ''} characters`;
  if (typeof type !== 'function' || type === Object) return 'object';
  const dto = classOf(type as Dto | (() => Dto));
  if (ownSections.includes(dto)) return `\`${dto.name}\``;
  return fieldsOf(dto)
    .map(({ name, note }) => `\`${name}\`: ${kindOf(note)}`)
    .join('; ');
}

/** A nested object's class: written down as it is, or as a function that gives it. */
const classOf = (type: Dto | (() => Dto)): Dto =>
  'prototype' in type ? (type as Dto) : (type as () => Dto)();

const table = (dto: Dto, without: string[] = []): string[] => {
  const fields = fieldsOf(dto).filter(({ name }) => !without.includes(name));
  if (fields.length === 0) return ['No further fields.', ''];
  const row = ({ name, note }: { name: string; note: FieldNote }): string =>
    `| \`${name}\`${note.required === false ? ' (optional)' : ''} | ${kindOf(note)} |`;
  return ['| field | value |', '|---|---|', ...fields.map(row), ''];
};

const words: Record<string, { zh: string; en: string } | undefined> = errors;

/** docs/protocol.md: made from the classes that check messages, so it can't say anything else than they do. */
export function protocolDocument(): string {
  return [
    '# The protocol',
    '',
    'Made by `npm run docs:protocol` from `src/protocol` and the classes in `src/doors`; do not edit.',
    '',
    '## Connecting',
    '',
    `socket.io, namespace \`${LIVE_NAMESPACE}\`, WebSocket, protocol ${PROTOCOL_VERSION}, messages of at most ${MAX_MESSAGE_BYTES} bytes. The handshake's \`auth\` is`,
    '`{ protocol, token?, audience?, seen? }`. The token is that of a screen, of a ticket (`<visit id>.<token>`) or of a session; a signed-in',
    "person's cookie takes its place. `seen` is the `{ epoch, version }` of the latest frame: what was missed since then is sent, or the whole view.",
    'A refusal is a `connect_error` with `data: { code, params }`. A page of another protocol gets `malformed` with the parameter `protocol` and reloads itself.',
    '',
    '## From the server',
    '',
    '| event | frame |',
    '|---|---|',
    '| `view` | `{ epoch, version, at, audience, view }`: the whole view |',
    '| `patch` | `{ version, patch }`: JSON merge patch (RFC 7396) from `version - 1` |',
    `| \`beat\` | \`{ at, rate }\` every ${BEAT_MS / 1000} s while the branch is served; a page that hears nothing for ${STALE_MS / 1000} s says that it is old |`,
    '| `bye` | `{ retryMs }`: the server goes down in order |',
    '',
    `Public estimates and the neutral notice change on every ${PUBLIC_BEATS}rd beat only [L14]. Views, one type each in \`src/protocol/views/\`: ${audiences.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '## To the server',
    '',
    'One event, `command`, always answered: `{ ok: true, seq, result }` or `{ ok: false, code, params }`. Over REST the same body goes to',
    '`POST /api/v1/branches/{id}/commands`. A repeated id gets the first answer [L12]. Unknown fields are refused. Results are the type `CommandResults` in `src/protocol/commands.ts`.',
    '',
    ...table(EnvelopeDto),
    ...commandTypes.flatMap((type) => [`### ${type}`, '', ...table(commandDtos[type], ['type'])]),
    `### Settings (${SettingsChangeDto.name})`,
    '',
    ...table(SettingsChangeDto),
    `### Slopes (${SlopesDto.name})`,
    '',
    ...table(SlopesDto),
    '## Refusals',
    '',
    '| code | 中文 | English |',
    '|---|---|---|',
    ...rejectionCodes.map((code) => `| \`${code}\` | ${words[code]?.zh ?? ''} | ${words[code]?.en ?? ''} |`),
    '',
  ].join('\n');
}
