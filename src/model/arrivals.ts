import type { CareNeed, ServiceClass, SupportNeed, Tier } from '../protocol/vocabulary.js';
import { careNeeds } from '../protocol/vocabulary.js';
import branchDay from './branch-day.json' with { type: 'json' };
import type { Chance } from './chance.js';
import { chanceOf } from './chance.js';

/**
 * Customers of one day, drawn from a published table of a large branch's arrivals and the assumptions of
 * branch-day.json. Everything here is minutes; nothing here knows a clock.
 */
export interface Customer {
  /** Minutes after local midnight at which the customer stands at the kiosk. */
  at: number;
  /** Of the branch template. */
  serviceId: string;
  tier: Tier;
  serviceMinutes: number;
  /** From the seat to the window once called. */
  walkMinutes: number;
  /** Booked minute after midnight; the customer checks in instead of taking a ticket. */
  booked?: number;
  /** Won't come when called. */
  leaves?: true;
  /** Somebody for a love window. */
  special?: Special;
}

export interface Special {
  needs: SupportNeed[];
  /** Until the lobby manager has seen the customer, from the arrival. */
  seenAfter: number;
  /** Asks for help at the kiosk; the others are seen at the door. */
  asks: boolean;
}

const model = branchDay.assumptions;
const { arrivalsByHour, arrivalsByWeekday } = branchDay;

const OPENS = 8 * 60;
const HOUR = 60;
/** Of those who need support, so many ask at the kiosk. Not from the published model. */
const ASKING = 0.3;
/** Booked customers come up to so many minutes early or late. Not from the published model. */
const PUNCTUALITY = 8;

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const workdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'] as const;

/** A weekday's arrivals against the mean of Monday to Friday; `weekday` 0 is Sunday. */
export function weekdayFactor(weekday: number): number {
  const mean = workdays.reduce((sum, day) => sum + arrivalsByWeekday[day], 0) / workdays.length;
  return arrivalsByWeekday[weekdays[weekday] ?? 'Mon'] / mean;
}

const MONTH_SHIFT = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** Day of the week of a date YYYY-MM-DD, 0 is Sunday. Source: Sakamoto's method (1992), for the Gregorian calendar. */
export function weekdayOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const from = month < 3 ? year - 1 : year;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return (from + leaps + (MONTH_SHIFT[month - 1] ?? 0) + date) % 7;
}

/** Customers expected in each hour of a day whose factor is 1: [hour, customers]. */
export function hourlyRates(): [hour: number, customers: number][] {
  const entries = Object.entries(arrivalsByHour);
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  return entries
    .map(([hour, count]): [number, number] => [Number(hour), (count / all) * model.customersPerDay])
    .sort(([a], [b]) => a - b);
}

/** How many come against the published day, and the share of those who need support (0 … 0.8). */
export interface Crowd {
  load: number;
  specialShare: number;
}

/** The published day itself. */
export const usualCrowd: Crowd = { load: 1, specialShare: model.segments.special };

/**
 * Minutes that a customer takes a counter, on average: the way to the window and the service, or the wait for
 * somebody who does not come.
 */
export function minutesPerCustomer(specialShare: number): number {
  const { lines, serviceClassShares, serviceMinutes, walkMinutes, noShowShare, noShowCostMinutes } = model;
  const { immediate, complex, approval } = serviceMinutes;
  const { personal, corporate } = serviceClassShares;
  const meanOf = (shares: typeof personal, longest: number): number =>
    shares.immediate * immediate.mean + shares.complex * complex.mean + shares.approval * longest;
  const withCash = 1 - lines.corporate;
  const cash = lines.cash * (1 - model.foreignExchangeShare);
  const service =
    lines.corporate * meanOf(corporate, approval.mean) +
    cash * meanOf(personal, complex.mean) +
    (withCash - cash) * meanOf(personal, approval.mean);
  const special = service * serviceMinutes.specialFactor + walkMinutes.special.mean;
  const usual = (1 - noShowShare) * (service + walkMinutes.normal.mean) + noShowShare * noShowCostMinutes;
  return specialShare * special + (1 - specialShare) * usual;
}

/**
 * A whole day's customers in the order in which they come: Poisson with the hour's rate, uniform within the hour.
 * @param weekday 0 is Sunday
 */
export function arrivalsOf(
  seed: number,
  weekday: number,
  { load, specialShare }: Crowd = usualCrowd,
): Customer[] {
  const chance = chanceOf(seed);
  const factor = load * weekdayFactor(weekday) * Math.max(0.5, 1 + model.dayToDayCv * chance.normal());
  const customers: Customer[] = [];
  for (const [hour, rate] of hourlyRates())
    for (let left = chance.poisson(rate * factor); left > 0; left -= 1)
      customers.push(customerAt((hour + chance.uniform()) * HOUR, specialShare, chance));
  return customers.sort((a, b) => a.at - b.at);
}

function customerAt(at: number, specialShare: number, chance: Chance): Customer {
  const segment = segmentOf(chance.uniform(), specialShare);
  const serviceId = serviceFor(chance);
  const serviceMinutes = minutesOf(serviceId, segment === 'special', chance);
  const { normal, special } = model.walkMinutes;
  const walkMinutes =
    segment === 'special'
      ? Math.min(special.max, chance.lognormal(special.mean, special.cv))
      : chance.lognormal(normal.mean, normal.cv);
  const leaves = chance.happens(model.noShowShare);
  const booked = Math.max(OPENS, Math.round((at + chance.between(-PUNCTUALITY, PUNCTUALITY)) / 5) * 5);
  const tier: Tier = segment === 'vip' ? chance.oneOf([1, 1, 2, 3]) : 0;
  const support = specialOf(serviceId, chance);
  return {
    at,
    serviceId,
    tier,
    serviceMinutes,
    walkMinutes,
    ...(segment === 'appointment' && { booked }),
    // Somebody who is escorted to the window doesn't vanish on the way.
    ...(leaves && segment !== 'special' && { leaves: true as const }),
    ...(segment === 'special' && { special: support }),
  };
}

type Segment = 'special' | 'vip' | 'appointment' | 'normal';

function segmentOf(draw: number, special: number): Segment {
  const { vip, appointment } = model.segments;
  if (draw < special) return 'special';
  if (draw < special + vip) return 'vip';
  return draw < special + vip + appointment ? 'appointment' : 'normal';
}

const companyServices = ['corporate', 'corporateComplex', 'corporateApproval'] as const;
const personalServices = ['personal', 'personalComplex', 'personalApproval'] as const;
const classOfService: Record<string, ServiceClass> = {
  cash: 'immediate',
  cashComplex: 'complex',
  personal: 'immediate',
  personalComplex: 'complex',
  personalApproval: 'approval',
  corporate: 'immediate',
  corporateComplex: 'complex',
  corporateApproval: 'approval',
};

/** Immediate, complex or approval, by their shares. */
function placeIn({ immediate, complex }: { immediate: number; complex: number }, chance: Chance): 0 | 1 | 2 {
  const draw = chance.uniform();
  return draw < immediate ? 0 : draw < immediate + complex ? 1 : 2;
}

/** Services of the model branch by line and class; cash has no approval class and counts it as complex. */
function serviceFor(chance: Chance): string {
  const line = chance.uniform();
  const foreign = chance.happens(model.foreignExchangeShare);
  const { corporate, personal } = model.serviceClassShares;
  if (line < model.lines.corporate) return companyServices[placeIn(corporate, chance)];
  if (foreign) return ofAnyClass;
  if (line < model.lines.corporate + model.lines.cash)
    return placeIn(personal, chance) === 0 ? 'cash' : 'cashComplex';
  return personalServices[placeIn(personal, chance)];
}

/** A service whose class the model draws for each visit, as for the other personal ones. */
const ofAnyClass = 'foreignExchange';

/** Lognormal minutes at the window. */
function minutesOf(serviceId: string, special: boolean, chance: Chance): number {
  const own =
    serviceId === ofAnyClass
      ? personalServices[placeIn(model.serviceClassShares.personal, chance)]
      : serviceId;
  const { mean, cv } = model.serviceMinutes[classOfService[own] ?? 'immediate'];
  return chance.lognormal(mean, cv) * (special ? model.serviceMinutes.specialFactor : 1);
}

/** How long a window takes for somebody of whom nothing is known, such as a visitor of the demo at the kiosk. */
export const strangersMinutes = (serviceId: string, chance: Chance): number =>
  minutesOf(serviceId, false, chance);

/** Lines with a window for binding needs in the model branch: nobody asks there for what nobody could give. */
const supported: readonly string[] = ['cash', 'cashComplex', ...personalServices];

function specialOf(serviceId: string, chance: Chance): Special {
  const draw = chance.uniform();
  const { specialNeedingLowCounter: low, specialNeedingSignLanguage: sign } = model;
  const binding: SupportNeed[] =
    draw >= low + sign || !supported.includes(serviceId)
      ? []
      : draw < low
        ? ['lowCounter']
        : ['signLanguage'];
  const care = chance.oneOf<CareNeed>([...careNeeds]);
  return {
    needs: [...binding, care],
    seenAfter: chance.exponential(model.flagDelayMinutes.mean),
    asks: chance.happens(ASKING),
  };
}
