/** The closed lists of docs/SPEC.md "Words". Screens, server and log spell them alike. */

/** A text in both languages of the product. */
export interface Text {
  zh: string;
  en: string;
}

export const roles = [
  'teller',
  'lobbyManager',
  'branchManager',
  'administrator',
  'auditor',
  'kiosk',
  'phone',
  'board',
  'counterSign',
  'ratingPad',
  'system',
] as const;
/** Who acts: people by their role, screens by their kind, `system` for deadlines. */
export type Role = (typeof roles)[number];

/** Needs that must be covered by the counter [SPEC V-6]. */
export const bindingNeeds = ['lowCounter', 'wheelchair', 'signLanguage', 'foreignLanguage'] as const;
export type BindingNeed = (typeof bindingNeeds)[number];
/** Capability that covers each binding need; a wheelchair fits under a low counter. */
export const capabilityFor: Record<BindingNeed, string> = {
  lowCounter: 'lowCounter',
  wheelchair: 'lowCounter',
  signLanguage: 'signLanguage',
  foreignLanguage: 'foreignLanguage',
};
/** Needs that staff are told of; they never limit the choice of a counter [SPEC V-6]. */
export const careNeeds = [
  'seat',
  'slowSpeech',
  'largePrint',
  'readAloud',
  'companion',
  'infantSeat',
] as const;
export type CareNeed = (typeof careNeeds)[number];
export const supportNeeds = [...bindingNeeds, ...careNeeds] as const;
export type SupportNeed = (typeof supportNeeds)[number];

/** Sealed fields read as this word once the day's key has been destroyed. */
export type Sealed<T> = T | 'erased';

export const serviceClasses = ['immediate', 'complex', 'approval'] as const;
export type ServiceClass = (typeof serviceClasses)[number];

export const pauseReasons = ['break', 'counting', 'approval', 'device', 'training', 'other'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export const overrideReasons = ['personal', 'complaint', 'escort', 'equipment', 'safety', 'other'] as const;
/** Why a named member of staff put an act above the rule; kept in the log. */
export type OverrideReason = (typeof overrideReasons)[number];

/** 0 = no tier; 3 is the highest VIP tier. */
export type Tier = 0 | 1 | 2 | 3;

/** Where in the line a moved visit is put. */
export type Placement = 'place' | 'front' | 'end';

export const callingModes = ['recommended', 'classRatio', 'strictFifo', 'strictPriority'] as const;
export type CallingMode = (typeof callingModes)[number];
/** Every visit is in the first of these that applies to it; strict priority calls them in this order. */
export const callingClasses = ['special', 'vip3', 'vip2', 'vip1', 'appointment', 'normal'] as const;
export type CallingClass = (typeof callingClasses)[number];
/** What a class ratio is made of; `rest` is every class that it does not name. */
export const ratioParts = [...callingClasses, 'rest'] as const;
export type RatioPart = (typeof ratioParts)[number];

/** Whether managers are advised on elastic counters, and whether late (`lean`) or for short waits (`early`). */
export const adviceStyles = ['off', 'lean', 'early'] as const;
export type AdviceStyle = (typeof adviceStyles)[number];

export const visitStatuses = [
  'waiting',
  'reserved',
  'called',
  'serving',
  'parked',
  'absent',
  'ended',
] as const;
export type VisitStatus = (typeof visitStatuses)[number];
export type VisitEnding = 'served' | 'left' | 'cancelled' | 'absent' | 'closed' | 'merged';

export type EpisodeEnding = 'served' | 'declined' | 'cancelled' | 'notFound' | 'counterLost' | 'closed';

export const taskKinds = [
  'help',
  'care',
  'noCounter',
  'unanswered',
  'longPause',
  'vipWait',
  'waitLimit',
  'printer',
] as const;
export type TaskKind = (typeof taskKinds)[number];
/** These describe a condition: once taken nothing is left to tick off, they go when it goes [K-1, K-5]. */
export const conditionKinds: readonly TaskKind[] = [
  'noCounter',
  'unanswered',
  'longPause',
  'waitLimit',
  'printer',
];

/** What is told to everybody at once: something out of order, the weather, or a page of information on the board. */
export const noticeKinds = ['incident', 'weather', 'slide'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Why a printer can't print now, by what it says of itself; `away`: it can't be reached or does not answer. */
export const printerFaults = ['paperOut', 'coverOpen', 'fault', 'away'] as const;
export type PrinterFault = (typeof printerFaults)[number];

export const helpPlaces = ['kiosk', 'phone', 'button', 'appointment', 'teller'] as const;
export type HelpPlace = (typeof helpPlaces)[number];
