import { computed, ref, shallowRef, watch } from 'vue';
import type { LoveWindowPlan } from '../../src/protocol/commands.js';
import type { MinutesRange } from '../../src/protocol/views.js';
import type { Text, VisitStatus } from '../../src/protocol/vocabulary.js';
import type { Acts, Refused } from './acts.js';

/** Where the page's view says that a visit is now. */
export interface Whereabouts {
  version: number;
  status: VisitStatus;
  /** The window it is at, or that is kept for it. */
  counter?: Text;
  /** A love window is arranged already. */
  arranged?: boolean;
  /** Expected minutes until it is called. */
  minutes?: MinutesRange;
}

/** Why there is nothing left to plan: the visit went on meanwhile. */
export type MovedOn = { how: 'atWindow' | 'kept' | 'queued' | 'away' | 'ended'; counter?: Text };

/**
 * The plan of one flagged visit: asked for, refused in words, asked for again when the visit has changed, and given
 * up by itself once the view shows that the visit went on [W-31].
 */
export function usePlan(
  acts: Acts,
  whereabouts: (visitId: string) => Whereabouts | undefined,
  seesAll: () => boolean,
) {
  const visitId = ref<string>();
  const plan = shallowRef<LoveWindowPlan>();
  const refused = shallowRef<Refused>();
  /** Confirmed: from then on the visit moves on as it should. */
  const confirmed = ref(false);
  /** The view shows what the confirmation did before its answer comes: that isn't somebody else's doing. */
  const confirming = ref(false);
  const changed = ref(false);
  const renewed = ref(false);
  /** A visit made a moment ago may reach the page after its answer did: it hasn't ended for that. */
  const seen = ref(false);

  const at = computed(() => (visitId.value === undefined ? undefined : whereabouts(visitId.value)));
  const movedOn = computed<MovedOn | undefined>(() => {
    if (visitId.value === undefined || confirmed.value || confirming.value) return undefined;
    if (at.value === undefined) return seen.value && seesAll() ? { how: 'ended' } : undefined;
    const { status, counter, arranged } = at.value;
    const where = counter === undefined ? {} : { counter };
    if (status === 'called' || status === 'serving') return { how: 'atWindow', ...where };
    if (status === 'reserved') return { how: 'kept', ...where };
    if (status === 'ended') return { how: 'ended' };
    if (arranged === true) return { how: 'queued' };
    return status === 'parked' || status === 'absent' ? { how: 'away' } : undefined;
  });

  function forget(): void {
    visitId.value = undefined;
    plan.value = undefined;
    refused.value = undefined;
    confirmed.value = false;
    changed.value = false;
    renewed.value = false;
    seen.value = false;
  }

  async function look(): Promise<void> {
    const asked = visitId.value;
    if (asked === undefined) return;
    refused.value = undefined;
    const answer = await acts.ask<'PreviewLoveWindow'>({ type: 'PreviewLoveWindow', visitId: asked }, 'flag');
    if (answer === undefined || visitId.value !== asked) return;
    plan.value = answer.ok ? answer.result : undefined;
    refused.value = answer.ok ? undefined : answer;
  }

  async function begin(id: string): Promise<void> {
    forget();
    visitId.value = id;
    seen.value = whereabouts(id) !== undefined;
    await look();
  }

  /** Resolves true once the window is kept, or waited for. */
  async function confirm(): Promise<boolean> {
    const asked = visitId.value;
    const previewed = plan.value;
    if (asked === undefined || previewed === undefined) return false;
    confirming.value = true;
    const answer = await acts.ask<'ConfirmLoveWindow'>(
      {
        type: 'ConfirmLoveWindow',
        visitId: asked,
        version: previewed.version ?? at.value?.version ?? 0,
        ...(previewed.counterId === undefined ? {} : { counterId: previewed.counterId }),
      },
      'flag',
    );
    confirming.value = false;
    if (answer === undefined || visitId.value !== asked) return false;
    if (answer.ok) {
      confirmed.value = true;
      changed.value = answer.result.changed;
      // The answer names no cost; that of the same window stays true, that of another isn't known [W-31].
      const { cost } = previewed;
      plan.value = { ...answer.result.plan, ...(answer.result.changed || !cost ? {} : { cost }) };
      return true;
    }
    if (answer.code === 'stale') {
      renewed.value = true;
      await look();
      return false;
    }
    plan.value = undefined;
    refused.value = answer;
    return false;
  }

  watch(at, (now) => {
    if (now === undefined) return;
    seen.value = true;
    // Another need, another service, another place: the plan that is shown would be refused.
    const shown = plan.value?.version;
    if (shown === undefined || confirmed.value || confirming.value || now.version <= shown || movedOn.value)
      return;
    renewed.value = true;
    void look();
  });

  return { visitId, plan, refused, confirmed, changed, renewed, movedOn, begin, look, confirm, forget };
}
