import type { ManagerView } from '../../src/protocol/views.js';
import type { TaskKind } from '../../src/protocol/vocabulary.js';
import type { Step } from '../staff/guide.js';
import { both } from './texts.js';

const ids = ['greet', 'guide', 'assist', 'ease', 'keep', 'follow', 'seeOff'] as const;
type StepId = (typeof ids)[number];

/** 迎 分 辅 缓 维 跟 送 */
export const steps: readonly Step[] = ids.map((id) => ({
  id,
  name: both(`step.${id}`),
  words: both(`stepWords.${id}`),
}));

/** So many who wait for each open window: a quicker way is worth a word. */
const MANY_EACH = 3;

/** The step that the lobby asks for most: somebody who needs a hand, then order, then who has waited long. */
export function presentStep({ tasks, episodes, visits, counters, counts, phase }: ManagerView): StepId {
  const open = (...kinds: TaskKind[]): boolean =>
    Object.values(tasks).some((task) => kinds.includes(task.kind) && task.acknowledgedBy === undefined);
  const inHand = Object.values(episodes).some((episode) => episode.phase !== 'serving');
  if (inHand || open('help', 'unanswered')) return 'assist';
  if (open('noCounter', 'waitLimit', 'longPause', 'printer')) return 'keep';
  if (open('care', 'vipWait')) return 'ease';
  if (phase === 'ticketsEnded') return 'seeOff';
  const windows = Object.values(counters).filter(({ status }) => status === 'open').length;
  if (counts.waiting >= MANY_EACH * Math.max(1, windows)) return 'guide';
  const away = Object.values(visits).some(({ status }) => status === 'parked' || status === 'absent');
  return away ? 'follow' : 'greet';
}
