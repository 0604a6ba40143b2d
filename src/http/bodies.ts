import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { Id, Ids, OneOf } from '../doors/fields.js';
import { firstFault, refuse } from '../doors/parse.js';
import { inspect, isRecord } from '../doors/plainJson.js';
import { deviceKinds, staffRoles } from '../identity/identity.js';
import type { DeviceKind, StaffRole } from '../identity/identity.js';
import type { SetUpRequest, SignInRequest } from '../protocol/http.js';
import { Refused } from './refused.js';

const Words = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Length(least, most),
    // No control characters: names go into logs and onto screens.
    Matches(/^[^\p{Cc}\p{Cf}]*$/u),
    ApiProperty({ type: String, minLength: least, maxLength: most }),
  );

const SHORTEST_NEW_PASSWORD = 12;
const LONGEST_PASSWORD = 256;
const LONGEST_NAME = 64;

export class SignInDto implements SignInRequest {
  @Words(1, LONGEST_NAME) name!: string;
  @Words(1, LONGEST_PASSWORD) password!: string;
}

export class SetUpDto implements SetUpRequest {
  @Words(1, LONGEST_NAME) code!: string;
  @Words(1, LONGEST_NAME) name!: string;
  @Words(SHORTEST_NEW_PASSWORD, LONGEST_PASSWORD) password!: string;
}

export class NewStaffDto {
  @Words(1, LONGEST_NAME) login!: string;
  @Words(1, LONGEST_NAME) name!: string;
  @OneOf(staffRoles) role!: StaffRole;
  @Ids(0, 20) skills!: string[];
  @Words(SHORTEST_NEW_PASSWORD, LONGEST_PASSWORD) password!: string;
}

export class NewDeviceDto {
  @OneOf(deviceKinds) kind!: DeviceKind;
  /** Counter of a sign or pad; zone of the room a board hangs in. */
  @Id({ optional: true }) place?: string;
  @Words(1, LONGEST_NAME) label!: string;
}

/** The body as the class declares it, or a refusal that names the field and repeats nothing. */
export function readBody<T extends object>(dto: new () => T, body: unknown): T {
  const shape = inspect(body);
  if (shape === 'too-large') throw new Refused(refuse('too-large'));
  if (shape === 'odd' || !isRecord(body)) throw new Refused(refuse('malformed', { field: 'message' }));
  const fault = firstFault(dto, body, '');
  if (fault !== undefined) throw new Refused(refuse('malformed', { field: fault }));
  return body as unknown as T;
}
