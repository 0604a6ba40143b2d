/** How large the called number looks from the farthest seat, and what would help where it is too small [SPEC W-52]. */

import type { Arrangement } from '../arrangement.js';

/** Where a screen hangs. */
export interface Viewing {
  /** Diagonal, inches. */
  inches: number;
  /** From the screen to the farthest seat, metres. */
  metres: number;
}

export interface Shape {
  width: number;
  height: number;
}

export const INCHES = { least: 19, most: 120 };
export const METRES = { least: 1, most: 30 };
/** What the called number must subtend at the farthest seat, degrees. */
const NEEDED = 0.7;

/** Height of a digit as a part of its font size: cap height 733 of 1000 in Noto Sans CJK. */
const DIGIT = 0.733;
/**
 * Font size of the called number as a part of the screen's short side, in the smallest form that a number takes
 * (NewestCall.vue), and how many times larger it may grow before it meets what stands around it.
 */
const TYPE: Record<Arrangement, { size: number; most: number }> = {
  roomy: { size: 0.22, most: 1.25 },
  full: { size: 0.22, most: 1 },
  crowded: { size: 0.19, most: 1 },
  portrait: { size: 0.27, most: 1 },
};

interface Seen {
  /** By how much the called number is enlarged; 1 is its usual size. */
  scale: number;
  /** What it then subtends at the farthest seat, degrees. */
  degrees: number;
  /** Where that is too little: the smallest screen for this seat, and the farthest seat for this screen. */
  instead?: { inches: number; metres: number };
}

const METRES_PER_INCH = 0.0254;

/**
 * Visual angle of something `height` tall seen from `distance`, both in metres, in degrees: ψ = 2·arctan(h / 2d),
 * the definition by which ISO 9241-303 asks for character heights.
 */
export const visualAngle = (height: number, distance: number): number =>
  (2 * Math.atan(height / (2 * distance)) * 180) / Math.PI;

/** The inverse: how tall something must be, metres, to subtend `degrees` at `distance` metres. */
const heightFor = (degrees: number, distance: number): number =>
  2 * distance * Math.tan((degrees * Math.PI) / 360);

/** @param shape the page's width and height in any unit; only their ratio counts */
export function seenFrom(
  { inches, metres }: Viewing,
  { width, height }: Shape,
  arrangement: Arrangement,
): Seen {
  const { size, most } = TYPE[arrangement];
  /** Height of a digit at its usual size, metres, on a screen of one inch. */
  const perInch =
    ((METRES_PER_INCH * Math.min(width, height)) / Math.sqrt(width * width + height * height)) * size * DIGIT;
  const needed = heightFor(NEEDED, metres);
  const scale = Math.min(most, Math.max(1, needed / (perInch * inches)));
  const degrees = visualAngle(perInch * inches * scale, metres);
  if (needed <= perInch * inches * most) return { scale, degrees };
  return {
    scale,
    degrees,
    instead: {
      inches: Math.ceil(needed / (perInch * most)),
      metres: Math.floor(((metres * perInch * inches * most) / needed) * 10) / 10,
    },
  };
}
