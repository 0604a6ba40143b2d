import type { Demo } from '../http/demo.controller.js';
import type { DemoClock } from '../runtime/demo-clock.js';

/** Branch seconds per real second of what is played quickly: an hour takes about twelve seconds, and players keep up. */
export const QUICK = 300;

/**
 * The demo's control of time.
 * @param now the branch's own time, UTC ms: a demo that goes on may be ahead of its clock
 * @param tell pages reckon with the rate of the last beat: called after every change
 */
export function demoTime(clock: DemoClock, now: () => number, tell: () => void): Demo['clock'] {
  let quick: { until: number; ahead: number; then: number; cancel: () => void } | undefined;
  const change = (act: () => void): void => {
    act();
    tell();
  };
  const end = (): void => {
    quick?.cancel();
    quick = undefined;
  };
  return {
    read: () => ({
      now: now(),
      rate: clock.rate(),
      ...(quick && { quick: { until: quick.until + quick.ahead, then: quick.then } }),
    }),
    setRate(rate) {
      end();
      change(() => clock.setRate(rate));
    },
    step: (ms) => change(() => clock.step(ms)),
    play(ms) {
      const then = quick?.then ?? clock.rate();
      const ahead = quick?.ahead ?? now() - clock.now();
      const until = (quick?.until ?? clock.now()) + ms;
      end();
      const cancel = clock.wake(until, () => {
        quick = undefined;
        change(() => clock.setRate(then));
      });
      quick = { until, ahead, then, cancel };
      change(() => clock.setRate(QUICK));
    },
  };
}
