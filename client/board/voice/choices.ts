import { reactive, watch } from 'vue';
import { deviceMemory } from '../../shared/memory.js';

/** How this one screen speaks: a small room and a hall differ, so each board keeps its own [SPEC W-14]. */
export interface VoiceChoices {
  /** 0 to 100; 0 is off. */
  volume: number;
  /** How often each call is said. */
  times: number;
  zh: boolean;
  en: boolean;
  /** 幺 for 一 in numbers. */
  yao: boolean;
}

const KEY = 'voice';
const usual: VoiceChoices = { volume: 80, times: 2, zh: true, en: true, yao: false };

function stored(): Partial<Record<keyof VoiceChoices, unknown>> {
  try {
    const kept: unknown = JSON.parse(deviceMemory.get(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && value >= least && value <= most ? Math.round(value) : otherwise;
const flag = (value: unknown, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise;

/** The screen's choices; each change is remembered on it. */
export function voiceChoices(): VoiceChoices {
  const { volume, times, zh, en, yao } = stored();
  const choices = reactive<VoiceChoices>({
    volume: within(volume, 0, 100, usual.volume),
    times: within(times, 1, 3, usual.times),
    zh: flag(zh, usual.zh),
    en: flag(en, usual.en),
    yao: flag(yao, usual.yao),
  });
  watch(choices, (now) => {
    deviceMemory.set(KEY, JSON.stringify(now));
  });
  return choices;
}
