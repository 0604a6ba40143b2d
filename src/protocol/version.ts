/** Raised when a page built earlier could misread what the server sends; the page then reloads itself. */
export const PROTOCOL_VERSION = 2;
