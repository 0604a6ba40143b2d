/** `lang` for a person's name, which is in neither page language by rule; undefined: as the page. */
export const nameLang = (name: string): string | undefined =>
  /[\u4e00-\u9fff]/.test(name) ? 'zh-CN' : undefined;

/** A keyed collection of a view in its own order, with the keys as `id`. */
export const inOrder = <T extends { order: number }>(keyed: Record<string, T>): (T & { id: string })[] =>
  Object.entries(keyed)
    .map(([id, item]) => ({ ...item, id }))
    .sort((a, b) => a.order - b.order);
