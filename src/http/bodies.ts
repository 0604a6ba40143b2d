import { ApiProperty } from '@nestjs/swagger';
import { Type as Nested } from 'class-transformer';
import { IsObject, Validate, ValidateIf, ValidateNested, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { ReplaySettingsDto } from '../doors/dto/settings.js';
import { BranchSetupDto, TextDto } from '../doors/dto/setup.js';
import { Id, Ids, One, OneOf, Whole, Words, YesNo } from '../doors/fields.js';
import { firstFault, refuse } from '../doors/parse.js';
import { inspect, isRecord } from '../doors/plainJson.js';
import { deviceKinds, staffRoles } from '../identity/identity.js';
import type { DeviceKind, StaffRole } from '../identity/identity.js';
import { parseAddress } from '../printing/address.js';
import { elasticities } from '../protocol/lookingBack.js';
import type { Elasticity, ReplayRequest } from '../protocol/lookingBack.js';
import type { PrintRequest, SetUpRequest, SignInRequest } from '../protocol/http.js';
import { Refused } from './refused.js';

@ValidatorConstraint()
class PrinterPlace implements ValidatorConstraintInterface {
  validate(text: unknown): boolean {
    return typeof text === 'string' && parseAddress(text) !== undefined;
  }
}

const SHORTEST_NEW_PASSWORD = 12;
const LONGEST_PASSWORD = 256;
const LONGEST_NAME = 64;

/** May be left out; the decorators that follow hold for what is there. */
const Given = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export class SignInDto implements SignInRequest {
  @Words(1, LONGEST_NAME) name!: string;
  @Words(1, LONGEST_PASSWORD) password!: string;
}

export class SetUpDto implements SetUpRequest {
  @Words(1, LONGEST_NAME) code!: string;
  @Words(1, LONGEST_NAME) name!: string;
  @Words(SHORTEST_NEW_PASSWORD, LONGEST_PASSWORD) password!: string;
}

export class FirstAdministratorDto {
  @Words(1, LONGEST_NAME) login!: string;
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

/** Any of a person's fields; what is absent stays. */
export class StaffChangeDto {
  @Given()
  @Words(1, LONGEST_NAME)
  name?: string;
  @OneOf(staffRoles, { optional: true }) role?: StaffRole;
  @Given()
  @Ids(0, 20)
  skills?: string[];
  @Given()
  @Words(SHORTEST_NEW_PASSWORD, LONGEST_PASSWORD)
  password?: string;
  @YesNo({ optional: true }) disabled?: boolean;
}

export class NewDeviceDto {
  @OneOf(deviceKinds) kind!: DeviceKind;
  /** Counter of a sign or pad; zone of the room a board hangs in. */
  @Id({ optional: true }) place?: string;
  @Words(1, LONGEST_NAME) label!: string;
}

/** A configuration, and the version it was made from. */
export class SetupChangeDto {
  @Whole(0, 1_000_000_000) version!: number;
  @ApiProperty({ type: BranchSetupDto })
  @IsObject()
  @ValidateNested()
  @Nested(() => BranchSetupDto)
  setup!: BranchSetupDto;
}

export class NewBranchDto {
  @Id() id!: string;
  @ApiProperty({ type: TextDto })
  @IsObject()
  @ValidateNested()
  @Nested(() => TextDto)
  name!: TextDto;
  /** What it begins with: the model branch, or a copy of the caller's own. */
  @OneOf(['model', 'own']) like!: 'model' | 'own';
  @ApiProperty({ type: FirstAdministratorDto })
  @IsObject()
  @ValidateNested()
  @Nested(() => FirstAdministratorDto)
  administrator!: FirstAdministratorDto;
}

export class ReplayDto implements ReplayRequest {
  @One(() => ReplaySettingsDto) settings!: ReplaySettingsDto;
  @Ids(0, 100) open!: string[];
  @Ids(0, 100) closed!: string[];
  @OneOf(elasticities, { optional: true }) elasticity?: Elasticity;
}

export class PrintDto implements PrintRequest {
  @Words(1, 200) ticket!: string;
}

export class KioskPrinterDto {
  /** `host`, `host:port` or `[IPv6]:port`; without a port it is 9100. */
  @Words(1, 255)
  @Validate(PrinterPlace)
  address!: string;
}

/** The body as the class declares it, or a refusal that names the field and repeats nothing. */
export function readBody<T extends object>(dto: new () => T, body: unknown, mostNodes?: number): T {
  const shape = inspect(body, mostNodes);
  if (shape === 'too-large') throw new Refused(refuse('too-large'));
  if (shape === 'odd' || !isRecord(body)) throw new Refused(refuse('malformed', { field: 'message' }));
  const fault = firstFault(dto, body, '');
  if (fault !== undefined) throw new Refused(refuse('malformed', { field: fault }));
  return body as unknown as T;
}
