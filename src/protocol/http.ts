import type { BranchSetup, LearntTime } from './settings.js';
import type { ReceiptLine } from './receipt.js';
import type { PrinterFault, Role, Text } from './vocabulary.js';

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

/** `GET /api/v1/set-up` */
export interface SetUpState {
  /** Nobody can sign in yet. */
  open: boolean;
}

/** `POST /api/v1/set-up`, once, with the one-time code that the server printed at its first start. */
export interface SetUpRequest {
  code: string;
  name: string;
  password: string;
}

/** `GET /api/v1/staff`: one of the people of the branch. */
export interface StaffEntry {
  id: string;
  login: string;
  name: string;
  role: Role;
  skills: string[];
  disabled: boolean;
  signedIn: boolean;
}

/** `GET /api/v1/devices`: one of the screens of the branch. */
export interface DeviceEntry {
  id: string;
  kind: 'board' | 'counterSign' | 'ratingPad' | 'kiosk';
  /** Counter of a sign or pad; zone of the room a board hangs in. */
  place: string | null;
  label: string;
  /** UTC ms. */
  enrolledAt: number;
  revoked: boolean;
  /** Its page is open and speaks with the server. */
  connected: boolean;
  /** UTC ms at which it last was, to the minute; null: never yet. */
  heardAt: number | null;
  /** Network address of a kiosk's receipt printer. */
  printer: string | null;
}

/** `GET /api/v1/branch`: the latest version of the configuration. */
export interface KeptConfiguration {
  version: number;
  setup: BranchSetup;
  /** By service: what the branch's past days say, with which a day would open now [P-22]. */
  learnt: Record<string, LearntTime>;
  /** UTC ms, and the name of who kept it; empty for the first set-up. */
  at: number;
  by: string;
}

/** `GET /api/v1/branches` */
export interface BranchEntry {
  id: string;
  name: Text;
  own: boolean;
}

/** `GET /health/live` */
export interface Live {
  status: 'live';
  /** Only of a demo. */
  demo?: true;
}

/** `GET /demo/screens`, demo mode only: what the start page lists. */
export interface DemoScreens {
  branchId: string;
  speed: number;
  /** Phones reach this demo: the kiosk's code leads there. */
  phones: boolean;
  screens: {
    kind: 'board' | 'counter' | 'rating' | 'kiosk' | 'ticket' | 'teller' | 'manager' | 'admin';
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
  /** Time is being played quickly, until this branch time (UTC ms), and runs at `then` afterwards. */
  quick?: { until: number; then: number };
}
/** `stepMs` puts the clock forward; `playMs` plays so much branch time quickly, and everybody in it acts. */
export type DemoClockChange = { rate: number } | { stepMs: number } | { playMs: number };

/** `busy`: more receipts wait for it than one kiosk prints. */
export type PrinterTrouble = PrinterFault | 'busy';

/** `GET /api/v1/printer`, for a kiosk: whether it has a printer, and how that one is. */
export interface PrinterStatus {
  printer: 'none' | 'ready' | PrinterTrouble;
}

/** `POST /api/v1/printer/receipts`, for a kiosk. */
export interface PrintRequest {
  /** `<visit id>.<token>` of the ticket, as the kiosk was told when it was issued. */
  ticket: string;
}

/** `unsure`: the printer was lost while it printed, so nobody knows. */
export type PrintOutcome = 'none' | 'printed' | 'unsure' | PrinterTrouble;

export interface Printed {
  outcome: PrintOutcome;
  /** What was printed, for the screen. */
  lines: ReceiptLine[];
}
