/** What stands in the page's forms and is not saved: it outlives another section and a reload of the page [S-15]. */
import { computed, inject, reactive, watch } from 'vue';
import type { InjectionKey, WritableComputedRef } from 'vue';
import { tabMemory } from '../shared/memory.js';
import type { Elasticity } from '../../src/protocol/lookingBack.js';
import type { BranchInput } from './branches.js';
import type { PersonDraft } from './people.js';
import type { ScreenInput } from './screens.js';
import type { SettingChanges } from './settingFields.js';

/** What a past day is to be replayed with; no form of this one's is ever saved. */
export interface ReplayDraft {
  day: string;
  edits: SettingChanges;
  windows: Record<string, 'then' | 'open' | 'closed'>;
  elasticity: Elasticity | 'then';
}

/** A form is open while its draft is there. */
export interface Forms {
  settings?: SettingChanges;
  person?: PersonDraft;
  screen?: ScreenInput;
  branch?: BranchInput;
  replay?: ReplayDraft;
}

export const formsKey: InjectionKey<Forms> = Symbol('forms');

/** Passwords are remembered nowhere: after a reload they are typed again. */
const asText = (forms: Forms): string =>
  JSON.stringify(forms, (key, value: unknown) => (key === 'password' ? '' : value));

function remembered(key: string): Forms {
  try {
    // A number field that was emptied is no number, which JSON writes as null.
    return JSON.parse(tabMemory.get(key) ?? '{}', (_, value: unknown) => value ?? Number.NaN) as Forms;
  } catch {
    return {};
  }
}

/** Empty until `belongTo` says whose they are: nobody finds what another person typed in this tab. */
export function createForms() {
  const forms = reactive<Forms>({});
  const unsaved = computed(() => Object.keys(forms).some((name) => name !== 'replay'));
  let key: string | undefined;
  return {
    forms,
    unsaved,
    belongTo(person: string): void {
      if (key !== undefined) return;
      key = `forms:${person}`;
      Object.assign(forms, remembered(key));
    },
    keep: watch(
      forms,
      () => {
        if (key === undefined) return;
        if (Object.keys(forms).length > 0) tabMemory.set(key, asText(forms));
        else tabMemory.drop(key);
      },
      { deep: true },
    ),
  };
}

/** The draft of one form of this page; undefined while it is closed. */
export function useForm<K extends keyof Forms>(name: K): WritableComputedRef<Forms[K]> {
  const forms = inject(formsKey);
  if (forms === undefined) throw new Error('no forms');
  return computed({
    get: () => forms[name],
    set: (draft) => {
      if (draft === undefined) delete forms[name];
      else forms[name] = draft;
    },
  });
}
