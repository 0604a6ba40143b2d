/** [P-14] A seed that nobody has chosen: 31 bits of what a commit's hash begins with. */
export function seedFrom(hash: string): number {
  const digits = /^[0-9a-f]{8}/i.exec(hash)?.[0];
  if (digits === undefined) throw new Error('--seed-from wants at least eight hex digits');
  return Number.parseInt(digits, 16) % 2 ** 31;
}
