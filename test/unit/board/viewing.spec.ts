import type { Arrangement } from '../../../client/board/arrangement.js';
import { seenFrom, visualAngle, type Shape, type Viewing } from '../../../client/board/setup/viewing.js';

const wide = { width: 1920, height: 1080 };
const tall = { width: 1080, height: 1920 };

describe('[W-52] the called number from the farthest seat', () => {
  it('measures an angle as ψ = 2·arctan(h / 2d)', () => {
    // One metre from 57.3 m is one degree, near enough; the sun's half a degree is 8.7 mm at arm's length.
    expect(visualAngle(1, 57.2943)).toBeCloseTo(1, 4);
    expect(visualAngle(0.0087, 1)).toBeCloseTo(0.4985, 3);
  });

  it('leaves the type as it is where it is large enough already', () => {
    const { scale, degrees, instead } = seenFrom({ inches: 55, metres: 6 }, wide, 'roomy');
    expect(scale).toBe(1);
    // 55 inches of 16:9 are 0.685 m high; digits of 0.22 × 0.733 of that are 0.1105 m.
    expect(degrees).toBeCloseTo(visualAngle(0.1105, 6), 2);
    expect(instead).toBeUndefined();
  });

  it('enlarges it to 0.7° and not further', () => {
    const { scale, degrees, instead } = seenFrom({ inches: 55, metres: 10 }, wide, 'roomy');
    expect(scale).toBeGreaterThan(1.05);
    expect(degrees).toBeCloseTo(0.7, 6);
    expect(instead).toBeUndefined();
  });

  it.each<[Viewing, Shape, Arrangement]>([
    [{ inches: 32, metres: 12 }, wide, 'roomy'],
    [{ inches: 43, metres: 15 }, wide, 'crowded'],
    [{ inches: 43, metres: 14 }, tall, 'portrait'],
  ])('%o: says which screen or seat would do, and either really does', (place, shape, arrangement) => {
    const { degrees, instead } = seenFrom(place, shape, arrangement);
    expect(degrees).toBeLessThan(0.7);
    if (!instead) throw new Error('no advice');
    expect(instead.inches).toBeGreaterThan(place.inches);
    expect(instead.metres).toBeLessThan(place.metres);
    expect(seenFrom({ ...place, inches: instead.inches }, shape, arrangement).instead).toBeUndefined();
    expect(seenFrom({ ...place, inches: instead.inches - 1 }, shape, arrangement).instead).toBeDefined();
    expect(seenFrom({ ...place, metres: instead.metres }, shape, arrangement).instead).toBeUndefined();
    expect(seenFrom({ ...place, metres: instead.metres + 0.1 }, shape, arrangement).instead).toBeDefined();
  });

  it('counts the short side of a screen, whichever way it hangs', () => {
    const place = { inches: 43, metres: 8 };
    expect(seenFrom(place, { width: 1080, height: 1920 }, 'portrait').degrees).toBeCloseTo(
      seenFrom(place, { width: 2160, height: 3840 }, 'portrait').degrees,
      9,
    );
    expect(seenFrom(place, tall, 'portrait').degrees).toBeGreaterThan(
      seenFrom({ inches: 43, metres: 9 }, tall, 'portrait').degrees,
    );
  });
});
