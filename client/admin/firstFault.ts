import { nextTick } from 'vue';

/** Leads to the first field of the open form that has to be mended, or to what is said of a whole list. */
export async function toFirstFault(): Promise<void> {
  await nextTick();
  const form = document.querySelector('main form');
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (field) field.focus();
  else form?.querySelector('.fault')?.scrollIntoView({ block: 'center' });
}
