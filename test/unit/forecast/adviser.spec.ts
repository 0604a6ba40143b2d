import { Adviser } from '../../../src/forecast/live/adviser.js';
import type { Expectation } from '../../../src/forecast/ahead/expectation.js';
import { LobbyDay, MIDNIGHT, setupWith, tellerAt } from '../../support/lobby.js';

/** So many customers a minute all day, all for cash. */
const expecting = (rate: number, day: LobbyDay): Expectation => ({
  midnight: MIDNIGHT,
  rates: Array.from({ length: 48 }, () => rate),
  services: (day.state.setup?.services ?? []).map(({ id }) => (id === 'cash' ? 1 : 0)),
});

/** 09:00, three windows, so many in the line for cash. */
function lobby(line: number): LobbyDay {
  const day = new LobbyDay().open(setupWith({ autoCall: false })).signOn('w1', 'w2', 'w4');
  for (let i = 0; i < line; i += 1) day.issue();
  return day;
}

describe('[P-21] staffing advice', () => {
  it('asks for an elastic window when work piles up, and names what it would bring', () => {
    const day = lobby(16);
    const { advice } = new Adviser().look(day.state, expecting(0.9, day), day.now);
    expect(advice).toMatchObject({ to: 'open', counterId: 'w7', since: day.now });
    expect(advice?.work).toBeGreaterThan(15);
    expect(advice?.after).toBeLessThan((advice?.work ?? 0) - 3);
    expect(new Adviser().look(lobby(2).state, expecting(0.4, day), day.now)).toEqual({});
  });

  it('[P-11] comes early or not at all where the branch has chosen so', () => {
    const advised = (advice: 'off' | 'lean' | 'early', rate: number) => {
      const day = new LobbyDay().open(setupWith({ autoCall: false, advice })).signOn('w1', 'w2', 'w4');
      for (let i = 0; i < 9; i += 1) day.issue();
      return new Adviser().look(day.state, expecting(rate, day), day.now).advice?.to;
    };
    expect([advised('lean', 0.85), advised('early', 0.85)]).toEqual([undefined, 'open']);
    expect([advised('off', 2), advised('lean', 2)]).toEqual([undefined, 'open']);
  });

  it('stands while its figure moves a little, and goes when it has moved', () => {
    const day = lobby(11);
    const adviser = new Adviser();
    const since = day.now;
    // The work ahead sinks through the bound, slowly.
    const given = Array.from({ length: 40 }, (_, i) => 1 - i / 50).map((rate) => {
      const { advice } = adviser.look(day.state, expecting(rate, day), day.now);
      const fresh = new Adviser().look(day.state, expecting(rate, day), day.now).advice;
      return { work: advice?.work, since: advice?.since, fresh: fresh !== undefined };
    });
    expect(given.some(({ work, fresh }) => work !== undefined && !fresh)).toBe(true);
    expect(given.filter(({ work }) => work !== undefined).every((each) => each.since === since)).toBe(true);
    expect(given.at(-1)?.work).toBeUndefined();
  });

  it('once followed says, when its time is over, what was expected and what was seen', () => {
    const day = lobby(16);
    const adviser = new Adviser();
    const look = () => adviser.look(day.state, expecting(0.9, day), day.now);
    const expected = look().advice?.work;
    day.do({ type: 'SignOn', counterId: 'w7' }, tellerAt('w7'));
    const opened = day.now;
    expect(look().outcome).toBeUndefined();
    day.minutes(24);
    expect(look().outcome).toBeUndefined();
    day.minutes(1);
    const { outcome } = look();
    expect(outcome).toMatchObject({ to: 'open', counterId: 'w7', at: opened, expected });
    expect(outcome?.seen).toBeGreaterThan(5);
    day.minutes(29);
    expect(look().outcome).toBeDefined();
    day.minutes(1);
    expect(look().outcome).toBeUndefined();
  });

  it('lets one close that has been open for half an hour, and never one that is held', () => {
    const day = lobby(0).signOn('w7');
    const adviser = new Adviser();
    const look = () => adviser.look(day.state, expecting(0.1, day), day.now).advice;
    expect(look()).toBeUndefined();
    day.minutes(29);
    expect(look()).toBeUndefined();
    day.minutes(1);
    expect(look()).toMatchObject({ to: 'close', counterId: 'w7' });
    expect(look()?.work).toBeLessThan(9);
    day.do({ type: 'CloseCounter' }, tellerAt('w7'));
    expect(look()).toBeUndefined();
  });
});
