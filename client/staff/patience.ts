/** An answer faster than this shows no waiting, so that buttons don't flicker and keep their focus. */
export const PATIENCE_MS = 150;
