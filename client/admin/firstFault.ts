import { nextTick } from 'vue';

/** Leads to the first field of the open form that has to be mended. */
export async function toFirstFault(): Promise<void> {
  await nextTick();
  document.querySelector<HTMLElement>('main form [aria-invalid="true"]')?.focus();
}
