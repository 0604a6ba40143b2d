/**
 * The branch's configuration while it is being edited: what the server keeps, the draft made from it, its faults,
 * and saving as a new version. The draft outlives a reload of the page, as the tab remembers it [S-15].
 */
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { KeptConfiguration } from '../../src/protocol/http.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { setupFaults } from '../../src/protocol/setupRules.js';
import type { SetupFault } from '../../src/protocol/setupFault.js';
import { refusedHazards } from '../../src/protocol/starvation.js';
import { tabMemory } from '../shared/memory.js';
import { call } from './api.js';
import type { Refused } from './api.js';

interface Draft {
  /** The version it was made from. */
  version: number;
  setup: BranchSetup;
}

const copy = (setup: BranchSetup): BranchSetup => JSON.parse(JSON.stringify(setup)) as BranchSetup;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function remembered(branchId: string): Draft | undefined {
  const text = tabMemory.get(`draft:${branchId}`);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Draft);
  } catch {
    return undefined;
  }
}

export function useConfiguration() {
  const kept = shallowRef<KeptConfiguration>();
  const draft = ref<Draft>();
  const busy = ref(false);
  const saves = ref(0);
  const refused = shallowRef<Refused>();
  /** Somebody else's version, which came in between. */
  const theirs = shallowRef<KeptConfiguration>();

  const dirty = computed(
    () => draft.value !== undefined && kept.value !== undefined && !same(draft.value.setup, kept.value.setup),
  );
  /** What may starve somebody wants a reason [P-24]. */
  const unreasoned = computed<SetupFault[]>(() =>
    draft.value !== undefined && refusedHazards(draft.value.setup, kept.value?.setup).length > 0
      ? [{ field: 'settings.acceptance', reason: 'needed' }]
      : [],
  );
  const faults = computed<SetupFault[]>(() =>
    draft.value === undefined ? [] : [...setupFaults(draft.value.setup), ...unreasoned.value],
  );

  const take = (configuration: KeptConfiguration): void => {
    kept.value = configuration;
    draft.value = { version: configuration.version, setup: copy(configuration.setup) };
    theirs.value = undefined;
  };

  async function load(): Promise<void> {
    refused.value = await look();
  }

  /** Takes what the server keeps, beside a draft that is not saved; gives the refusal, if it was one. */
  async function look(): Promise<Refused | undefined> {
    const outcome = await call<KeptConfiguration>('GET', 'branch');
    if (!outcome.ok) return outcome;
    const edited = dirty.value ? draft.value : remembered(outcome.value.setup.id);
    if (edited === undefined || same(edited.setup, outcome.value.setup)) take(outcome.value);
    else {
      kept.value = outcome.value;
      draft.value = edited;
      if (edited.version !== outcome.value.version) theirs.value = outcome.value;
    }
    return undefined;
  }

  async function save(): Promise<void> {
    if (draft.value === undefined || busy.value) return;
    busy.value = true;
    const { version, setup } = draft.value;
    const { id, ...rest } = copy(setup);
    // Who accepted it and when is the server's to write.
    delete rest.settings.acceptance?.by;
    delete rest.settings.acceptance?.at;
    const outcome = await call<{ version: number }>('PUT', 'branch', { version, setup: rest });
    refused.value = outcome.ok || outcome.code === 'stale' ? undefined : outcome;
    if (outcome.ok) {
      saves.value += 1;
      const learnt = kept.value?.learnt ?? {};
      take({ version: outcome.value.version, setup: { id, ...rest }, learnt, at: Date.now(), by: '' });
      // Who and when as the server wrote it; without an answer the page goes on with what it knows.
      await look();
    } else if (outcome.code === 'stale' || outcome.code === 'no-answer') {
      // Nobody knows whether an unanswered save arrived: what the server keeps tells, once it can be asked.
      await look();
    }
    busy.value = false;
  }

  const discard = (): void => {
    if (kept.value !== undefined) take(kept.value);
  };
  /** Keeps the draft although somebody else saved meanwhile: the next save goes on top of theirs. */
  const insist = (): void => {
    if (draft.value !== undefined && kept.value !== undefined) draft.value.version = kept.value.version;
    theirs.value = undefined;
  };

  watch(
    [draft, dirty],
    () => {
      const id = kept.value?.setup.id;
      if (id === undefined || draft.value === undefined) return;
      if (dirty.value) tabMemory.set(`draft:${id}`, JSON.stringify(draft.value));
      else tabMemory.drop(`draft:${id}`);
    },
    { deep: true },
  );

  return reactive({ kept, draft, dirty, faults, busy, saves, refused, theirs, load, save, discard, insist });
}

export type Configuration = ReturnType<typeof useConfiguration>;
