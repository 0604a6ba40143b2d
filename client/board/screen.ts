/** The page's own size; a television's never changes while the page is open. */
export const isPortrait = (): boolean => window.innerHeight > window.innerWidth;
