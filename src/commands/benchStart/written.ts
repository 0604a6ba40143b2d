import { join } from 'node:path';
import { Branches } from '../../identity/branches.js';
import { identityEntities } from '../../identity/entities.js';
import { identityMigrations } from '../../identity/migrations.js';
import type { LobbyEvent } from '../../lobby/events.js';
import type { Input } from '../../lobby/input.js';
import { arrivalsOf, weekdayOf } from '../../model/arrivals.js';
import { daysAfter } from '../../model/calendar.js';
import { businessDay } from '../../runtime/business-day.js';
import { FileDayKeys } from '../../runtime/day-keys.js';
import { toGroup } from '../../runtime/group.js';
import type { EventLog, Group } from '../../runtime/ports.js';
import { GENESIS } from '../../runtime/record.js';
import type { Link } from '../../runtime/record.js';
import { modelBranch, standing } from '../../simulator/branch.js';
import { CoreHall } from '../../simulator/coreHall.js';
import { Day } from '../../simulator/play.js';
import { Database } from '../../store/database.js';
import { SqliteEventLog } from '../../store/sqlite-event-log.js';
import { databasePath, prepareDataDir } from '../dataDir.js';

const HOUR = 3_600_000;
const BEGINS = 6 * HOUR;
/** Events that are handed to the database at once. */
const BATCH = 5_000;
/** Branches differ in who comes, but one day played for each would take longer than all else. */
const VARIANTS = 4;

/** A command of a played day with what it led to. */
interface Act {
  input: Input;
  events: readonly LobbyEvent[];
}

export interface Wanted {
  branches: number;
  /** Days that are over, of each branch. */
  pastDays: number;
  /** Of each branch's running day; 0: none is open. */
  events: number;
  seed: number;
}

export interface Written {
  branches: number;
  events: number;
  visits: number;
  /** The branches' running days were last served then, UTC ms. */
  at: number;
}

/**
 * Fills a new data directory with what a server of so many branches would have left behind: days played on the
 * production core as the policy's benchmark plays them, kept with the production log's rows, hashes and keys.
 */
export async function writeBranches(
  dataDir: string,
  { branches, pastDays, events, seed }: Wanted,
): Promise<Written> {
  prepareDataDir(dataDir);
  const database = await Database.open(databasePath(dataDir), {
    entities: identityEntities,
    migrations: identityMigrations,
  });
  const log = await SqliteEventLog.open(database);
  const keys = new FileDayKeys(join(dataDir, 'keys'));
  const ids = Array.from({ length: branches }, (_, i) => `b${String(i + 1)}`);
  const written: Written = { branches, events: 0, visits: 0, at: 0 };
  const configured = new Branches(database, Date.now);
  await configured.load();
  for (const id of ids) await configured.save({ ...modelBranch(), id }, 'bench');
  const today = businessDay(Date.now(), modelBranch().timeZone);
  const hashes = new Map<string, string>();
  const writer = new Batches(log);
  for (let ago = pastDays; ago >= (events > 0 ? 0 : 1); ago -= 1) {
    const day = daysAfter(today.day, -ago);
    const midnight = today.midnight - ago * 24 * HOUR;
    const played = Array.from({ length: Math.min(VARIANTS, branches) }, (_, i) =>
      playedDay(day, midnight, seed + VARIANTS * ago + i),
    );
    for (const [i, branchId] of ids.entries()) {
      const whole = played[i % VARIANTS] ?? [];
      const acts = ago > 0 ? whole : upTo(whole, events);
      const key = await keys.create({ branchId, day });
      let link: Link = { seq: 0, hash: hashes.get(branchId) ?? GENESIS };
      for (const { input, events: happened } of acts) {
        const own = happened.map((event) => ofBranch(event, branchId));
        const of = { stream: { branchId, day }, link, key, epoch: log.epoch, input };
        const group = toGroup(
          { ...of, fingerprint: key.fingerprint(input.id) },
          { ok: true, events: own, result: {} },
        );
        const last = group.events.at(-1);
        if (last) link = { seq: last.seq, hash: last.hash };
        written.visits += own.filter(({ type }) => type === 'VisitIssued').length;
        written.at = Math.max(written.at, input.at);
        await writer.add(group);
      }
      written.events += link.seq;
      hashes.set(branchId, link.hash);
    }
  }
  await writer.flush();
  log.close();
  await database.close();
  return written;
}

/** Has the next start fold every log from its beginning, and learn from every past day. */
export async function forgetWhatIsDerived(dataDir: string): Promise<void> {
  const tables = { entities: identityEntities, migrations: identityMigrations };
  const database = await Database.open(databasePath(dataDir), tables);
  for (const table of ['snapshots', 'service_times']) await database.source.query(`DELETE FROM "${table}"`);
  await database.close();
}

/** A whole day with its closing. */
function playedDay(day: string, midnight: number, seed: number): Act[] {
  const customers = arrivalsOf(seed, Math.min(5, Math.max(1, weekdayOf(day))));
  const bookings = customers.flatMap(({ booked, at, serviceId }, customer) =>
    booked === undefined ? [] : [{ customer, at: midnight + Math.round(at * 60_000), serviceId }],
  );
  const acts: Act[] = [];
  const witness = (input: Input, events: readonly LobbyEvent[]): void => void acts.push({ input, events });
  let hall: CoreHall | undefined;
  new Day(
    customers,
    midnight,
    (told) => (hall = new CoreHall(modelBranch(), told, midnight, midnight + BEGINS, bookings, witness)),
    { from: standing },
  ).play();
  hall?.closeDay(hall.state.at + HOUR);
  return acts;
}

/** The first commands, until they make so many events. */
function upTo(acts: readonly Act[], events: number): Act[] {
  const first: Act[] = [];
  for (let i = 0, count = 0; count < events && i < acts.length; i += 1) {
    const act = acts[i];
    if (!act) break;
    first.push(act);
    count += act.events.length;
  }
  return first;
}

const ofBranch = (event: LobbyEvent, id: string): LobbyEvent =>
  event.type === 'DayOpened' ? { ...event, setup: { ...event.setup, id } } : event;

/** Groups on their way to the log, many in one transaction. */
class Batches {
  #groups: Group[] = [];
  #events = 0;

  constructor(private readonly log: EventLog) {}

  async add(group: Group): Promise<void> {
    this.#groups.push(group);
    this.#events += group.events.length;
    if (this.#events >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const groups = this.#groups.splice(0);
    this.#events = 0;
    if (groups.length > 0) await this.log.append({ groups, snapshots: [] });
  }
}
