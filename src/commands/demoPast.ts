import { join } from 'node:path';
import { workdayOf } from '../demo/kiosk.js';
import { dateOf } from '../demo/localDay.js';
import { leanLimits } from '../forecast/staffing.js';
import { identityEntities } from '../identity/entities.js';
import { identityMigrations } from '../identity/migrations.js';
import { arrivalsOf, usualCrowd } from '../model/arrivals.js';
import type { Customer } from '../model/arrivals.js';
import type { BranchSetup } from '../protocol/settings.js';
import { businessDay } from '../runtime/business-day.js';
import type { BusinessDay } from '../runtime/business-day.js';
import { FileDayKeys } from '../runtime/day-keys.js';
import { toGroup } from '../runtime/group.js';
import type { DayKeys, EventLog, Group } from '../runtime/ports.js';
import { GENESIS } from '../runtime/record.js';
import { expected } from '../simulator/bench/policies.js';
import { CoreHall } from '../simulator/coreHall.js';
import type { Witness } from '../simulator/coreHall.js';
import { advised } from '../simulator/elasticity.js';
import { Day } from '../simulator/play.js';
import { Database } from '../store/database.js';
import { SqliteEventLog } from '../store/sqlite-event-log.js';
import { databasePath, prepareDataDir } from './dataDir.js';

const MINUTE = 60_000;
const A_DAY = 24 * 60 * MINUTE;
/** Days are counted from noon to noon: one may have an hour more or less. */
const HALF = 0.5;
const BEGINS = 7 * 60 - 10;
const CLOSES = 18 * 60;

export interface PastDays {
  /** UTC ms of a local midnight: the last of the days ends with it. */
  before: number;
  /** How many, 0 to 30. */
  days: number;
  /** The same as the players', whose days these could have been. */
  seed: number;
}

/**
 * Writes what a branch's log would hold of the days before: each is played on the core, as the benchmark plays them,
 * and kept as the server keeps it. Reports, replays, rosters and learnt service times then have something to show.
 * The data directory must be new, and nobody may use it yet.
 */
export async function writePastDays(dataDir: string, setup: BranchSetup, past: PastDays): Promise<void> {
  prepareDataDir(dataDir);
  const database = await Database.open(databasePath(dataDir), {
    entities: identityEntities,
    migrations: identityMigrations,
  });
  try {
    const log = await SqliteEventLog.open(database);
    const keys = new FileDayKeys(join(dataDir, 'keys'));
    for (let ago = past.days; ago >= 1; ago -= 1)
      await writeDay(
        { log, keys },
        setup,
        businessDay(past.before - (ago - HALF) * A_DAY, setup.timeZone),
        past.seed,
      );
    log.close();
  } finally {
    await database.close();
  }
}

async function writeDay(
  { log, keys }: { log: EventLog; keys: DayKeys },
  setup: BranchSetup,
  { day, midnight }: BusinessDay,
  seed: number,
): Promise<void> {
  const stream = { branchId: setup.id, day };
  const key = await keys.create(stream);
  const { number, weekday } = dateOf(day);
  const workday = workdayOf(weekday);
  const customers = arrivalsOf(seed + number, workday).filter(comesInTime(setup));
  const bookings = customers.flatMap(({ booked, at, serviceId }, customer) =>
    booked === undefined ? [] : [{ customer, at: midnight + Math.round(at * MINUTE), serviceId }],
  );
  const groups: Group[] = [];
  let link = { seq: 0, hash: (await log.tail(setup.id))?.hash ?? GENESIS };
  const keep: Witness = (input, events) => {
    const of = { stream, link, key, epoch: log.epoch, input, fingerprint: '' };
    const group = toGroup(of, { ok: true, events: [...events], result: {} });
    const last = group.events.at(-1);
    if (last) link = { seq: last.seq, hash: last.hash };
    groups.push(group);
  };
  // A simulated teller presses the key at once.
  const played = { ...setup, settings: { ...setup.settings, autoCall: true } };
  const begin = midnight + BEGINS * MINUTE;
  let hall: CoreHall | undefined;
  new Day(
    customers,
    midnight,
    (told) => (hall = new CoreHall(played, told, midnight, begin, bookings, keep)),
    advised(leanLimits, expected(workday, usualCrowd)),
  ).play();
  hall?.closeDay(Math.max(midnight + CLOSES * MINUTE, hall.state.at + MINUTE));
  await log.append({ groups, snapshots: [] });
}

/** Whoever gets a ticket, be it at the kiosk or from the lobby manager who meets them. */
const comesInTime =
  ({ services, settings }: BranchSetup) =>
  ({ at, serviceId, special }: Customer): boolean => {
    const hours = services.find(({ id }) => id === serviceId)?.hours;
    const until = Math.min(hours?.to ?? 0, settings.lastTicket);
    return hours !== undefined && at >= hours.from && at + (special?.seenAfter ?? 0) < until;
  };
