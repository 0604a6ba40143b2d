/**
 * Reads the kiosk's screens aloud, for the customer who asked for it: each screen as it comes, until they stop it or
 * leave [W-25]. One voice at a time; the player is made at the first wish, in answer to the touch that browsers want.
 */
import { onScopeDispose, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { readAloud } from '../../src/protocol/readAloud.js';
import type { ReadScreen } from '../../src/protocol/readAloud.js';
import { CLIP_LISTS, Vocabulary } from '../../src/protocol/spoken.js';
import { lang } from '../shared/i18n.js';
import { createPlayer } from '../shared/voice/player.js';

/** What is on the screen now; another `place` is another screen, while counts on the same one may change. */
export interface Shown {
  place: string;
  read: ReadScreen;
}

/** read: the screen has been read to its end, and the next one will be. */
export type Reading = 'off' | 'reading' | 'read';

/** A device without a loudspeaker never tells that sound is ready. */
const PATIENCE_MS = 4_000;

/** @param cannot told when nothing can be heard */
export function useReading(state: Ref<Reading>, shown: ComputedRef<Shown>, cannot: () => void) {
  /** The service that is being spoken of. */
  const of = ref<string>();
  let player: ReturnType<typeof createPlayer> | undefined;
  let turn = 0;
  let look = (): void => undefined;

  const audible = (voice: ReturnType<typeof createPlayer>): Promise<boolean> =>
    new Promise((resolve) => {
      const late = setTimeout(resolve, PATIENCE_MS, false);
      look = () => {
        const sound = voice.state();
        if (sound !== 'on' && sound !== 'silent') return;
        clearTimeout(late);
        resolve(sound === 'on');
      };
      look();
    });

  const stop = (): void => {
    turn += 1;
    player?.silence();
    state.value = 'off';
    of.value = undefined;
  };
  const giveUp = (): void => {
    stop();
    cannot();
  };

  const read = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    state.value = 'reading';
    of.value = undefined;
    player ??= createPlayer({
      lists: CLIP_LISTS.kiosk,
      ahead: false,
      onChange: () => {
        look();
      },
    });
    const voice = player;
    voice.silence();
    voice.wake();
    const can = await audible(voice);
    if (mine !== turn) return;
    const vocabulary = new Vocabulary(voice.clips());
    for (let at = 0; ; at += 1) {
      // Looked at anew each time: a ticket is printed while its number is being said.
      const next = can ? readAloud(shown.value.read, lang.value, vocabulary).utterances[at] : undefined;
      if (next === undefined && at > 0) break;
      of.value = next?.of;
      const heard = next !== undefined && (await voice.play(next.parts));
      if (mine !== turn) return;
      if (!heard) {
        giveUp();
        return;
      }
    }
    of.value = undefined;
    state.value = 'read';
  };

  watch([() => shown.value.place, lang], () => {
    if (state.value !== 'off') void read();
  });
  onScopeDispose(() => {
    stop();
    player?.close();
  });

  return {
    of,
    /** The button: reads, or stops what is being read. */
    toggle(): void {
      if (state.value === 'reading') stop();
      else void read();
    },
    stop,
  };
}
