/** A dozen pages at once on a busy machine. */
export const PATIENCE_MS = 90_000;

/** Tests that go on where the last one ended: once one has failed the others say so at once. */
export function steps(): (name: string, run: () => Promise<void> | void) => void {
  let failed: string | undefined;
  return (name, run) => {
    it(
      name,
      async () => {
        if (failed !== undefined) throw new Error(`not reached: "${failed}" failed`);
        failed = name;
        await run();
        failed = undefined;
      },
      PATIENCE_MS,
    );
  };
}
