import type { TellerView } from '../../src/protocol/views.js';
import type { Step } from '../staff/guide.js';
import { minutesSince } from '../staff/times.js';
import { both } from './texts.js';

const ids = ['greet', 'ask', 'receive', 'handle', 'suggest', 'remind', 'seeOff'] as const;
type StepId = (typeof ids)[number];

/** 举手迎 笑相问 礼貌接 及时办 巧营销 提醒递 目相送 */
export const steps: readonly Step[] = ids.map((id) => ({
  id,
  name: both(`step.${id}`),
  words: both(`stepWords.${id}`),
}));

/** The steps that fit the moment: while somebody comes, sits down, is served, and leaves; none at a window that doesn't call. */
export function presentSteps({ counter, current, undo }: TellerView, now: number): StepId[] {
  if (current?.startedAt !== undefined)
    return minutesSince(current.startedAt, now) < 1 ? ['ask', 'receive'] : ['handle', 'suggest'];
  const leaves = current === undefined && undo?.act === 'finish' && now < undo.until;
  if (leaves) return ['remind', 'seeOff'];
  const calls = counter?.held === true || !(counter?.paused ?? counter?.closing ?? counter?.faulty);
  return current !== undefined || calls ? ['greet'] : [];
}
