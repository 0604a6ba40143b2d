/** The board's voice: from the view's calls to the loudspeaker [SPEC W-10 … W-14]. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { Part, Tongue } from '../../../src/protocol/spoken.js';
import { CHIME, sentence, Vocabulary } from '../../../src/protocol/spoken.js';
import type { BoardView, PublicCall } from '../../../src/protocol/views.js';
import type { Phase } from '../../shared/link.js';
import { tabMemory } from '../../shared/memory.js';
import { voiceChoices } from './choices.js';
import type { VoiceChoices } from './choices.js';
import { newsOf } from './news.js';
import { createPlayer } from '../../shared/voice/player.js';
import type { Sound } from '../../shared/voice/player.js';
import { queueFor } from './queue.js';

const KEY = 'announced';
/** Nobody passes a television's keyboard by chance: after this the question becomes a small sign. */
const ASK_MS = 120_000;
const BREATH_MS = { chime: 120, languages: 420, end: 500 };
const GESTURES = ['click', 'keydown', 'touchend'] as const;

export interface Voice {
  choices: VoiceChoices;
  sound: Ref<Sound>;
  /** Nothing is heard, whoever wants it so: the browser, the missing device, or this screen's choices. */
  muted: ComputedRef<boolean>;
  /** The browser waits for a tap or a key, and the question has not been put away. */
  asking: ComputedRef<boolean>;
  /** Words on this branch's windows that no clip says. */
  unsaid: ComputedRef<string[]>;
  keepSilent: () => void;
  /** Says a call once, as an example. */
  tryOut: (call: Pick<PublicCall, 'ticket' | 'counter'>) => void;
}

interface Seen {
  view: ShallowRef<BoardView | undefined>;
  phase: ShallowRef<Phase>;
  branchNow: () => number;
}

export function useVoice({ view, phase, branchNow }: Seen): Voice {
  const choices = voiceChoices();
  const sound = ref<Sound>('loading');
  const vocabulary = shallowRef(new Vocabulary([]));
  const asked = ref(false);

  const player = createPlayer({
    onChange: () => {
      // What came while nobody could hear it is old by the time they can.
      if (player.state() !== 'on') queue.clear();
      sound.value = player.state();
      vocabulary.value = new Vocabulary(player.clips());
    },
  });
  sound.value = player.state();

  const spoken = (call: Pick<PublicCall, 'ticket' | 'counter'>, tongues: Tongue[]): Part[] => {
    const parts: Part[] = [CHIME, BREATH_MS.chime];
    for (const tongue of tongues) {
      if (!choices[tongue]) continue;
      parts.push(...sentence(call, tongue, choices, vocabulary.value).parts, BREATH_MS.languages);
    }
    return parts;
  };
  /** Whom nobody waits for any more is not called. */
  const audible = (): PublicCall[] => view.value?.calls.filter(({ missed }) => missed !== true) ?? [];
  const queue = queueFor<PublicCall>({
    say: async (call, tongues) => {
      const heard = await player.play(spoken(call, tongues));
      if (heard) await new Promise((resolve) => setTimeout(resolve, BREATH_MS.end));
      return heard;
    },
    times: () => choices.times,
    stillShown: ({ ticket }) => audible().some((row) => row.ticket === ticket),
  });

  const off = computed(() => choices.volume === 0 || !(choices.zh || choices.en));
  const news = newsOf(Number(tabMemory.get(KEY) ?? 0));
  watch([view, phase], () => {
    const fresh = news.next({
      calls: audible(),
      live: phase.value === 'live',
      now: branchNow(),
      steady: performance.now(),
    });
    if (fresh.length === 0) return;
    tabMemory.set(KEY, String(news.newest()));
    if (sound.value === 'on' && !off.value) queue.add(fresh);
  });

  watch(
    () => choices.volume,
    (level) => {
      player.setVolume(level / 100);
    },
    { immediate: true },
  );

  const wake = (event: Event): void => {
    const silent = event.target instanceof Element && event.target.closest('.keep-silent') !== null;
    if (!silent) player.wake();
  };
  GESTURES.forEach((gesture) => {
    document.addEventListener(gesture, wake);
  });
  const asking = setTimeout(() => {
    asked.value = true;
  }, ASK_MS);
  onScopeDispose(() => {
    GESTURES.forEach((gesture) => {
      document.removeEventListener(gesture, wake);
    });
    clearTimeout(asking);
    player.close();
  });

  return {
    choices,
    sound,
    muted: computed(() => off.value || sound.value === 'held' || sound.value === 'silent'),
    asking: computed(() => sound.value === 'held' && !off.value && !asked.value),
    unsaid: computed(() => {
      if (sound.value !== 'on') return [];
      const labels = Object.values(view.value?.counters ?? {}).map((counter) => counter.label);
      const names = new Set<string>();
      for (const tongue of ['zh', 'en'] as const)
        for (const counter of choices[tongue] ? labels : [])
          if (sentence({ ticket: '', counter }, tongue, choices, vocabulary.value).missing.length > 0)
            names.add(counter[tongue]);
      return [...names];
    }),
    keepSilent: () => {
      asked.value = true;
    },
    tryOut: (call) => {
      if (sound.value === 'on') void player.play(spoken(call, ['zh', 'en']));
    },
  };
}
