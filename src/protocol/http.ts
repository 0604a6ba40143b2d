import type { Role, Text } from './vocabulary.js';

/** Bodies of the REST door; paths below `/api/v1`. */

/** `POST /api/v1/session`; sets the session's cookie. */
export interface SignInRequest {
  name: string;
  password: string;
}

/** `GET /api/v1/session` */
export interface SessionInfo {
  staffId: string;
  name: string;
  role: Role;
  branchId: string;
}

/** `POST /api/v1/set-up`, once, with the one-time code that the server printed at its first start. */
export interface SetUpRequest {
  code: string;
  name: string;
  password: string;
}

/** `GET /demo/screens`, demo mode only: what the start page lists. */
export interface DemoScreens {
  branchId: string;
  speed: number;
  screens: {
    kind: 'board' | 'counter' | 'rating' | 'kiosk' | 'teller' | 'manager' | 'admin';
    label: Text;
    url: string;
  }[];
}

/** `/demo/clock` on localhost, demo mode only: GET reads, POST sets. */
export interface DemoClock {
  /** Branch time, UTC ms. */
  now: number;
  /** Branch seconds per real second; 0 is frozen. */
  rate: number;
}
export type DemoClockChange = { rate: number } | { stepMs: number };
