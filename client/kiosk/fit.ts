import { nextTick, onMounted, onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';

/**
 * How closely the tiles stand, from 0, as roomy as can be: close enough that all are in sight. It is measured, as
 * names, notices and screens differ; what counts people may only bring them closer, so that nothing goes to and fro.
 * @param most the closest that there is
 * @param anew when the measuring begins at 0 again
 */
export function useFit(list: Readonly<Ref<HTMLElement | null>>, most: () => number, anew: () => unknown) {
  const close = ref(0);
  /** What stands as close as it can and is still longer than the screen. */
  const cut = ref(false);
  const atEnd = ref(false);
  let box: HTMLElement | null = null;
  let run = 0;

  const longer = (): boolean => box !== null && box.scrollHeight > box.clientHeight;
  const look = (): void => {
    atEnd.value = box !== null && box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
  };
  async function fit(from: number): Promise<void> {
    const mine = ++run;
    close.value = from;
    cut.value = false;
    // Before the next picture is painted: nobody sees it try.
    await nextTick();
    while (mine === run && longer() && close.value < most()) {
      close.value += 1;
      await nextTick();
    }
    if (mine !== run) return;
    cut.value = longer();
    await nextTick();
    look();
  }

  const resized = new ResizeObserver(() => void fit(0));
  onMounted(() => {
    box = list.value?.closest('main') ?? null;
    if (box === null) return;
    box.addEventListener('scroll', look, { passive: true });
    resized.observe(box);
  });
  onScopeDispose(() => {
    box?.removeEventListener('scroll', look);
    resized.disconnect();
  });
  watch(anew, () => void fit(0), { flush: 'post' });
  return {
    close,
    cut,
    atEnd,
    /** To be called when the words on the tiles have changed. */
    closer: () => void fit(Math.min(close.value, most())),
    /** One screen on, or back to the first tile. */
    scroll: (): void => {
      if (box === null) return;
      if (atEnd.value) box.scrollTo({ top: 0 });
      else box.scrollBy({ top: box.clientHeight / 2 });
    },
  };
}
