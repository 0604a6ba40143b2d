import { placeOf, upkeep, type Seen } from '../../../client/board/upkeep.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A screen whose minutes pass by hand; a reload begins the page anew and keeps the count of attempts. */
class Screen {
  at = 0;
  reloads: number[] = [];
  page: string | undefined = 'page <script src="/a1.js">';
  seen: Seen = { live: true, calledAt: 0, now: 100 * HOUR, hour: 10, visible: true, paintedAt: 0 };
  paints = true;
  #total = 0;
  #attempts = 0;
  #look = this.#begin();

  #begin() {
    this.at = 0;
    this.seen.paintedAt = 0;
    return upkeep(() => this.seen, {
      steady: () => this.at,
      fetchPage: () => Promise.resolve(this.page),
      build: '/a1.js',
      attempts: { get: () => this.#attempts, set: (n) => (this.#attempts = n) },
      reload: () => {
        this.reloads.push(this.#total);
        this.#look = this.#begin();
      },
    });
  }

  async pass(minutes: number): Promise<number[]> {
    for (let i = 0; i < minutes; i += 1) {
      this.at += MINUTE;
      this.#total += 1;
      this.seen.now += MINUTE;
      if (this.paints) this.seen.paintedAt = this.at;
      await this.#look();
    }
    return this.reloads;
  }
}

describe('[W-53] a screen that nobody touches', () => {
  it('takes a new build when it is idle, never while a call is read', async () => {
    const screen = new Screen();
    screen.page = 'page <script src="/a2.js">';
    screen.seen.calledAt = screen.seen.now;
    expect(await screen.pass(2)).toEqual([]);
    expect((await screen.pass(1))[0]).toBe(3);
  });

  it('begins anew once in the branch’s night, and not by day', async () => {
    const screen = new Screen();
    expect(await screen.pass(12 * 60)).toEqual([]);
    screen.seen.hour = 2;
    expect(await screen.pass(3 * 60)).toEqual([12 * 60 + 1]);
  });

  it('cut off for long, tries a fresh start, each time after twice the wait, and from the first once live again', async () => {
    const screen = new Screen();
    screen.seen.live = false;
    expect(await screen.pass(70)).toEqual([10, 30, 70]);
    screen.seen.live = true;
    await screen.pass(3);
    screen.seen.live = false;
    expect((await screen.pass(10)).length).toBe(4);
  });

  it('that paints nothing any more is started anew, with the same patience', async () => {
    const screen = new Screen();
    screen.paints = false;
    screen.seen.calledAt = screen.seen.now + 10 * HOUR;
    expect(await screen.pass(14)).toEqual([2, 6, 14]);
  });

  it('out of sight paints nothing and is left in peace', async () => {
    const screen = new Screen();
    screen.paints = false;
    screen.seen.visible = false;
    expect(await screen.pass(60)).toEqual([]);
  });

  it('never leaves a picture for an error page', async () => {
    const screen = new Screen();
    screen.seen.live = false;
    screen.page = undefined;
    expect(await screen.pass(300)).toEqual([]);
  });

  it('moves its picture by two pixels at most, in the course of 80 minutes, but not while a call is new', () => {
    const here = { x: 0, y: 0 };
    const places = [0, 20, 40, 60, 80].map((minutes) => placeOf(minutes * MINUTE, -HOUR, here));
    expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(4);
    for (const { x, y } of places) expect(Math.min(x, y) >= -2 && Math.max(x, y) <= 0).toBe(true);
    expect(placeOf(20 * MINUTE, 20 * MINUTE - 59_000, here)).toBe(here);
    expect(placeOf(20 * MINUTE, 19 * MINUTE, here)).not.toEqual(here);
  });
});
