import { defineStore } from 'pinia';
import { computed, markRaw, shallowRef } from 'vue';
import type { ManagerVisit } from '../../src/protocol/views.js';
import { useLink } from '../shared/useLink.js';
import { useActs } from '../staff/acts.js';
import type { FlagTarget } from '../staff/flagTarget.js';

/** What lies over the floor, one at a time: the main screen itself stays calm. */
export type Sheet =
  | { kind: 'visit'; visitId: string }
  | { kind: 'counter'; counterId: string }
  | { kind: 'flag'; target?: FlagTarget }
  | { kind: 'reveal'; visit: { visitId: string; version: number; ticket: string } }
  | { kind: 'issue' }
  | { kind: 'appointments' }
  | { kind: 'care' }
  | { kind: 'notices' }
  | { kind: 'day' };

/** The lobby as its manager sees it, and the sheet that is open over it. */
export const useFloor = defineStore('floor', () => {
  const { view, phase, age, now, refusal, send } = useLink('manager', { signedIn: true });
  // Raw, so that components get the refs themselves and not a reactive copy.
  const acts = markRaw(useActs(send));
  const live = computed(() => phase.value === 'live');
  /** The reader has acts at all: an auditor only looks [W-86]. */
  const mayAct = computed(() => view.value?.readOnly !== true);
  const sheet = shallowRef<Sheet>();
  const show = (next: Sheet | undefined): void => void (sheet.value = next);
  return { view, phase, age, now, refusal, live, mayAct, acts, sheet, show };
});

export const flagTarget = (visit: ManagerVisit): FlagTarget => ({
  visitId: visit.visitId,
  ticket: visit.ticket,
  ...(visit.status === 'called' ? { called: true } : {}),
  ...(visit.flag === undefined ? {} : { flagged: true }),
});

/** A window may be planned for: flagged, waiting, and neither arranged already nor lost from sight. */
export const canPlan = ({ flag, status }: ManagerVisit): boolean =>
  flag !== undefined && flag.episodeId === undefined && flag.notFound === undefined && status === 'waiting';

/** Estimates older than this are worse than none. */
export const ESTIMATE_AGE_S = 60;
