const MOST_NODES = 2_000;
const DEEPEST = 8;
const LONGEST_TEXT = 4_096;
/** Names that reach an object's prototype when they are copied carelessly. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of no class; realms have an Object.prototype each, so its own prototype is what tells. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * Looks a message over before any library touches it: only plain objects, arrays and JSON's own values, no
 * name that could reach a prototype, and within bounds that no honest message comes near.
 */
export function inspect(payload: unknown, mostNodes = MOST_NODES): 'plain' | 'odd' | 'too-large' {
  let nodes = 0;
  const walk = (value: unknown, depth: number): 'plain' | 'odd' | 'too-large' => {
    nodes += 1;
    if (nodes > mostNodes || depth > DEEPEST) return 'too-large';
    if (typeof value === 'string') return value.length > LONGEST_TEXT ? 'too-large' : 'plain';
    if (typeof value === 'number') return Number.isFinite(value) ? 'plain' : 'odd';
    if (typeof value === 'boolean' || value === null) return 'plain';
    if (Array.isArray(value)) return all(value, depth);
    if (!isRecord(value) || !isPlain(value)) return 'odd';
    const keys = Object.keys(value);
    if (keys.some((key) => forbidden.has(key))) return 'odd';
    return all(
      keys.map((key) => value[key]),
      depth,
    );
  };
  const all = (values: unknown[], depth: number): 'plain' | 'odd' | 'too-large' => {
    for (const value of values) {
      const found = walk(value, depth + 1);
      if (found !== 'plain') return found;
    }
    return 'plain';
  };
  return walk(payload, 0);
}
