import type { Rejection, RejectionCode, RejectionParams } from '../protocol/codes.js';

/** An expected refusal, as a value. */
export const reject = (code: RejectionCode, params: RejectionParams = {}): Rejection => ({
  ok: false,
  code,
  params,
});
