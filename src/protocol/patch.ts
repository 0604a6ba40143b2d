/**
 * JSON merge patch (RFC 7396) over views. Views hold no null (absent fields are left out), so null in
 * a patch always means "gone"; arrays are replaced whole, collections are therefore keyed objects.
 */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const equal = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  const others = Object.keys(b).filter((key) => b[key] !== undefined);
  return keys.length === others.length && keys.every((key) => equal(a[key], b[key]));
};

/** The smallest merge patch that turns `from` into `to`; undefined when they are equal. */
export function diff(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return equal(from, to) ? undefined : to;
  const patch: Json = {};
  for (const key of Object.keys(from))
    if (from[key] !== undefined && to[key] === undefined) patch[key] = null;
  for (const key of Object.keys(to)) {
    if (to[key] === undefined) continue;
    const change = from[key] === undefined ? to[key] : diff(from[key], to[key]);
    if (change !== undefined) patch[key] = change;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** Applies a merge patch; neither argument is changed. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const next: Json = isObject(target) ? { ...target } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) Reflect.deleteProperty(next, key);
    else next[key] = merge(next[key], change);
  }
  return next;
}
