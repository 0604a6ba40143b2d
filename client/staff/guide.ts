import { ref } from 'vue';
import type { Text } from '../../src/protocol/vocabulary.js';
import { deviceMemory } from '../shared/memory.js';

/** One of the bank's seven steps 七步曲, in both languages. */
export interface Step {
  id: string;
  name: Text;
  words: Text;
}

const KEY = 'guide';
const shown = ref(deviceMemory.get(KEY) !== 'away');

/** Whether this screen shows the seven steps; remembered on it [W-38]. */
export const guideShown = (): boolean => shown.value;

export function showGuide(show: boolean): void {
  shown.value = show;
  if (show) deviceMemory.drop(KEY);
  else deviceMemory.set(KEY, 'away');
}
