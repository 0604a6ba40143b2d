import type { Clock } from '../../../src/runtime/ports.js';
import { Branch, NINE, settled } from '../../support/branch.js';

const MINUTE = 60_000;

/** Each look at it finds it later, as on a fast demo clock: deadlines come due between two looks. */
class HurriedClock implements Clock {
  readonly alarms = new Set<() => void>();
  constructor(
    private at: number,
    private readonly by: number,
  ) {}
  now(): number {
    return (this.at += this.by);
  }
  rate(): number {
    return 60;
  }
  wake(_at: number, run: () => void): () => void {
    this.alarms.add(run);
    return () => this.alarms.delete(run);
  }
  onStep(): () => void {
    return () => undefined;
  }
  async ring(): Promise<void> {
    const due = [...this.alarms];
    this.alarms.clear();
    for (const run of due) run();
    await settled();
  }
}

describe('Time that runs on while it is being passed', () => {
  it('calls no deadline stuck that came due between two looks at the clock', async () => {
    for (let looks = 0; looks < 12; looks += 1) {
      const clock = new HurriedClock(NINE, MINUTE);
      const branch = await Branch.open({ clock });
      await branch.issue();
      for (let look = 0; look < looks; look += 1) clock.now();
      for (let round = 0; round < 12; round += 1) await clock.ring();
      expect(branch.logger.said).not.toContain('a deadline stays due');
      expect(await branch.events()).toContain('TaskRaised');
    }
  });
});
