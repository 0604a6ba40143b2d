/**
 * Every refusal a client can get. The code is stable; its words in both languages stand in
 * texts/errors.json, with `{name}` places filled from the refusal's parameters.
 */
export const rejectionCodes = [
  // the message itself
  'malformed',
  'too-large',
  'unknown-command',
  'unknown-event',
  'too-many',
  // who and where
  'not-signed-in',
  'forbidden',
  'unknown-branch',
  // the day
  'day-not-open',
  'day-already-open',
  'day-not-closed',
  'stale-day',
  'lobby-not-empty',
  'tickets-ended',
  // the command's identity
  'command-id-reused',
  'stale',
  // things named
  'unknown-visit',
  'unknown-counter',
  'unknown-service',
  'unknown-episode',
  'unknown-task',
  'unknown-appointment',
  'unknown-notice',
  'unknown-ticket',
  'unknown-person',
  'unknown-screen',
  'unknown-day',
  'day-not-over',
  'day-not-ahead',
  'replay-busy',
  'replay-too-long',
  // visits
  'visit-not-waiting',
  'visit-not-here',
  'visit-ended',
  'visit-not-absent',
  'visit-not-parked',
  'return-too-late',
  'recall-too-soon',
  'recall-limit',
  'no-show-too-soon',
  'already-serving',
  'not-serving',
  'same-visit',
  'cannot-merge',
  'service-closed',
  'service-full',
  'numbers-exhausted',
  'already-checked-in',
  'nothing-to-undo',
  'undo-too-late',
  // counters
  'no-counter',
  'counter-busy',
  'counter-taken',
  'counter-open',
  'counter-closed',
  'counter-paused',
  'counter-not-paused',
  'counter-held',
  'counter-faulty',
  'already-signed-on',
  'last-counter',
  'last-counter-for-service',
  'nobody-to-call',
  'left-to-others',
  'not-capable',
  // love window
  'consent-needed',
  'already-flagged',
  'not-flagged',
  'episode-running',
  'episode-not-held',
  'already-on-duty',
  'not-on-duty',
  'already-acknowledged',
  'already-on-the-way',
  'already-arrived',
  'no-swap',
  'swap-too-late',
  'not-lost',
  'customer-not-found',
  'needs-not-yours',
  // tasks, rating, settings
  'already-acknowledged-task',
  'no-rating-asked',
  'bad-settings',
  'may-starve',
  // notices
  'notice-title',
  'notice-ticket',
  'notice-phrase',
  'notice-stands',
  'too-many-notices',
  // who works here, and the branch
  'login-taken',
  'last-administrator',
  'not-yourself',
  'branch-taken',
  // the server
  'storage-unavailable',
  'shutting-down',
  'internal',
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** Values that the words of a refusal name: ids, counts, minutes. Never support needs. */
export type RejectionParams = Readonly<Record<string, string | number>>;

export interface Rejection {
  ok: false;
  code: RejectionCode;
  params: RejectionParams;
}
