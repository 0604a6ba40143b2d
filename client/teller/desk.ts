import { defineStore } from 'pinia';
import { computed, markRaw } from 'vue';
import { useLink } from '../shared/useLink.js';
import { useActs } from '../staff/acts.js';

/** All acts at the counter share one lane: one at a time, in the order of the keys. */
export const LANE = 'counter';

/** The teller's desk: the live view and the acts on it. The session's cookie speaks; in a demo the token in the address. */
export const useDesk = defineStore('desk', () => {
  const { view, phase, age, now, refusal, send } = useLink('teller', { signedIn: true });
  // Raw, so that components get the refs themselves and not a reactive copy.
  const acts = markRaw(useActs(send));
  const live = computed(() => phase.value === 'live');
  return { view, phase, age, now, refusal, live, acts };
});
