/**
 * What a page remembers in its browser. Storage may be blocked or full on a TV box or in private mode;
 * a page then works all the same and only forgets, so nothing here throws.
 */
export interface Memory {
  get: (key: string) => string | undefined;
  set: (key: string, value: string) => void;
  drop: (key: string) => void;
}

const over = (storage: () => Storage): Memory => {
  const attempt = <T>(act: (store: Storage) => T): T | undefined => {
    try {
      return act(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => attempt((store) => store.getItem(`lw:${key}`)) ?? undefined,
    set: (key, value) => {
      attempt((store) => {
        store.setItem(`lw:${key}`, value);
      });
    },
    drop: (key) => {
      attempt((store) => {
        store.removeItem(`lw:${key}`);
      });
    },
  };
};

/** Lives as long as the tab, reloads included. */
export const tabMemory = over(() => window.sessionStorage);
/** Lives as long as the device. */
export const deviceMemory = over(() => window.localStorage);
