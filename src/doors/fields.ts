import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type as Nested } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/**
 * One decorator per kind of field: it checks the value and describes it for OpenAPI and docs/protocol.md, so
 * that the check and its description cannot differ. `optional` means that the field may be left out; null is
 * a value like any other and is refused.
 */
interface Presence {
  optional?: true;
}

/** Names that every object answers to are no ids: as keys they would reach what all objects share. */
const SHARED = Object.getOwnPropertyNames(Object.prototype).join('|');
const ID = new RegExp(`^(?!(?:${SHARED})$)[A-Za-z0-9_-]{1,64}$`);
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const present = ({ optional }: Presence): PropertyDecorator[] =>
  optional === true ? [ValidateIf((_, value) => value !== undefined)] : [];

/** An opaque id: 1–64 of `A-Z a-z 0-9 _ -`. */
export const Id = (presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    Matches(ID),
    ApiProperty({ type: String, pattern: '^[A-Za-z0-9_-]{1,64}$', required: presence.optional !== true }),
  );

/** A text that people read, without control characters: names go into logs and onto screens. */
export const Words = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Length(least, most),
    Matches(/^[^\p{Cc}\p{Cf}]*$/u),
    ApiProperty({ type: String, minLength: least, maxLength: most }),
  );

/** A text that people read and that may not be left out or blank. */
export const Sentence = (most: number): PropertyDecorator => applyDecorators(Words(1, most), Matches(/\S/));

/** An object of the class given. */
export const One = (dto: () => new () => object, presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsObject(),
    ValidateNested(),
    Nested(dto),
    ApiProperty({ type: dto, required: presence.optional !== true }),
  );

/** At most so many objects of the class given. */
export const Some = (dto: () => new () => object, most: number, presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsArray(),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Nested(dto),
    ApiProperty({ type: dto, isArray: true, maxItems: most, required: presence.optional !== true }),
  );

/** A list of different ids. */
export const Ids = (least: number, most: number, presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsArray(),
    ArrayMinSize(least),
    ArrayMaxSize(most),
    ArrayUnique(),
    Matches(ID, { each: true }),
    ApiProperty({
      type: [String],
      minItems: least,
      maxItems: most,
      uniqueItems: true,
      required: presence.optional !== true,
    }),
  );

/** A business date, YYYY-MM-DD. */
export const BusinessDate = (presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    Matches(DATE),
    ApiProperty({ type: String, pattern: DATE.source, required: presence.optional !== true }),
  );

/** A whole number from `least` to `most`. */
export const Whole = (least: number, most: number, presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsInt(),
    Min(least),
    Max(most),
    ApiProperty({ type: 'integer', minimum: least, maximum: most, required: presence.optional !== true }),
  );

/** A finite number from `least` to `most`. */
export const Amount = (least: number, most: number, presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsNumber({ allowNaN: false, allowInfinity: false }),
    Min(least),
    Max(most),
    ApiProperty({ type: Number, minimum: least, maximum: most, required: presence.optional !== true }),
  );

/** One word, or number, of a closed list. */
export const OneOf = (list: readonly (string | number)[], presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsIn([...list]),
    ApiProperty({ enum: [...list], required: presence.optional !== true }),
  );

/** Different words of a closed list. */
export const SomeOf = (list: readonly string[], most = list.length): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(most),
    ArrayUnique(),
    IsIn([...list], { each: true }),
    ApiProperty({ enum: [...list], isArray: true, maxItems: most, uniqueItems: true }),
  );

/** True or false. */
export const YesNo = (presence: Presence = {}): PropertyDecorator =>
  applyDecorators(
    ...present(presence),
    IsBoolean(),
    ApiProperty({ type: Boolean, required: presence.optional !== true }),
  );

/** The word that tells a command's type. */
export const Type = (name: string): PropertyDecorator =>
  applyDecorators(IsIn([name]), ApiProperty({ enum: [name] }));
