/**
 * JSON with sorted keys and without undefined fields: equal values give equal text, so hashes and
 * fingerprints can be taken from it. Takes plain JSON values only.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort())
    if (fields[key] !== undefined) result[key] = sorted(fields[key]);
  return result;
}
