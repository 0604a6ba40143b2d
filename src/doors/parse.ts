import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import type { RejectionParams, Rejection, RejectionCode } from '../protocol/codes.js';
import type { CommandMessage } from '../protocol/commands.js';
import { commandDtos, isCommandType } from './commandDtos.js';
import { EnvelopeDto } from './dto/envelope.js';
import { inspect, isRecord } from './plainJson.js';

/** A refusal as the value every door answers with. */
export const refuse = (code: RejectionCode, params: RejectionParams = {}): Rejection => ({
  ok: false,
  code,
  params,
});

const malformed = (field: string): Rejection => refuse('malformed', { field });

/**
 * Reads a message of any origin. The result is the sender's own plain object, known to hold nothing but the
 * declared fields in their ranges; a refusal names the field's path and never repeats what was sent.
 */
export function parseCommand(payload: unknown): { ok: true; message: CommandMessage } | Rejection {
  const shape = inspect(payload);
  if (shape !== 'plain') return shape === 'too-large' ? refuse('too-large') : malformed('message');
  if (!isRecord(payload)) return malformed('message');

  const envelope = firstFault(EnvelopeDto, payload, '');
  if (envelope !== undefined) return malformed(envelope);
  const { command, day } = payload as { command: Record<string, unknown>; day?: string };

  const type = command['type'];
  if (typeof type !== 'string') return malformed('command.type');
  if (!isCommandType(type)) return refuse('unknown-command');
  const fault = firstFault(commandDtos[type], command, 'command.');
  if (fault !== undefined) return malformed(fault);
  if (day === undefined && type !== 'OpenDay') return malformed('day');

  return { ok: true, message: payload as unknown as CommandMessage };
}

/**
 * Path of the first field that breaks the class's rules, or undefined. A field that the class doesn't know is
 * reported as its parent: the name is the sender's text and is not repeated.
 */
export function firstFault(dto: new () => object, plain: object, prefix: string): string | undefined {
  const [error] = validateSync(plainToInstance(dto, plain), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
  });
  return error === undefined ? undefined : pathOf(error, prefix);
}

function pathOf(error: ValidationError, prefix: string): string {
  if (error.constraints?.['whitelistValidation'] !== undefined) return `${prefix}*`;
  const [child] = error.children ?? [];
  return child === undefined ? `${prefix}${error.property}` : pathOf(child, `${prefix}${error.property}.`);
}
