import { join, resolve } from 'node:path';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module.js';
import type { Parts } from './app.module.js';
import { databasePath, lock, ownSecret, prepareDataDir } from './commands/dataDir.js';
import { refuseDemoData } from './commands/demoData.js';
import { nestLogger } from './commands/logging.js';
import { isTaken, PortTaken, refuseTakenPort } from './commands/port.js';
import { Readiness } from './commands/readiness.js';
import { sightWith } from './commands/sight.js';
import { CommandDoor } from './doors/door.js';
import { dutyWatch } from './doors/duty.js';
import { CommandLimits, productionRates } from './doors/limits.js';
import type { Rates } from './doors/limits.js';
import { PrinterWatch } from './doors/printerWatch.js';
import { Watch } from './doors/watch.js';
import type { Sight } from './doors/watch.js';
import { LiveAdapter } from './gateway/liveAdapter.js';
import { LiveGateway } from './gateway/live.gateway.js';
import { Publisher } from './gateway/publisher.js';
import type { Every } from './gateway/publisher.js';
import type { Demo } from './http/demo.controller.js';
import { installHttp } from './http/install.js';
import { History } from './history/history.js';
import { Rosters } from './history/rosters.js';
import { Learning } from './history/learning.js';
import { Branches } from './identity/branches.js';
import { Configuration } from './identity/configuration.js';
import { Devices } from './identity/devices.js';
import { identityEntities } from './identity/entities.js';
import { identityMigrations } from './identity/migrations.js';
import { Passwords } from './identity/passwords.js';
import { productionTimes, Sessions } from './identity/sessions.js';
import type { SessionTimes } from './identity/sessions.js';
import { SetUp } from './identity/setUp.js';
import { SignIn } from './identity/signIn.js';
import { Staff } from './identity/staff.js';
import { TicketTokens } from './identity/tokens.js';
import { Whois } from './identity/whois.js';
import { setupProblem, starvationProblem } from './lobby/settings-check.js';
import { branchTemplate } from './lobby/template.js';
import { productionPatience } from './printing/printer.js';
import type { Patience } from './printing/printer.js';
import { Printers } from './printing/printers.js';
import { LiveForecast } from './forecast/live/liveForecast.js';
import type { Asks } from './forecast/live/liveForecast.js';
import { FileDayKeys } from './runtime/day-keys.js';
import { ForecastKeeper } from './runtime/forecast-keeper.js';
import { ForecastThread } from './runtime/forecast-thread.js';
import { coreWith } from './runtime/lobby-core.js';
import { Lobbies } from './runtime/lobbies.js';
import type { Clock } from './runtime/ports.js';
import { RealClock } from './runtime/real-clock.js';
import { Database } from './store/database.js';
import { SqliteEventLog } from './store/sqlite-event-log.js';
import { SqliteKeptForecasts } from './store/sqlite-kept-forecasts.js';
import { SqliteKeptDays } from './store/sqlite-kept-days.js';

/** How a server is to run; everything beyond the first group has the value that production uses. */
export interface ServerOptions {
  dataDir: string;
  /** 0: any that is free. */
  port: number;
  logger: Pino;

  host?: string;
  /** Origins besides the server's own whose pages may connect. */
  origins?: readonly string[];
  /** Absent: made at the first start and kept in the data directory. */
  secret?: string;
  clientDir?: string;
  polling?: boolean;
  mostConnections?: number;
  mostPerCredential?: number;
  rates?: Rates;
  sessionTimes?: SessionTimes;
  clock?: Clock;
  /** How long receipt printers may take. */
  printerPatience?: Patience;
  /** Wall time of sessions, UTC ms. */
  wall?: () => number;
  /** Rings the beats. */
  every?: Every;
  /** The compiled program of the forecast thread. */
  forecastWorker?: URL;
  /** Makes the forecast, for whoever measures it. */
  forecast?: (ask: Asks) => LiveForecast;
  /** Every page says that it is a demo. */
  demo?: boolean;
  /** What the demo's own addresses show; without it they don't exist. */
  demoRoutes?: Demo;
}

/** A running server, with the handles that the demo, the benchmarks and the tests need. */
export interface RunningServer {
  port: number;
  url: string;
  lobbies: Lobbies;
  branches: Branches;
  staff: Staff;
  devices: Devices;
  sessions: Sessions;
  tickets: TicketTokens;
  publisher: Publisher;
  sight: Sight;
  /** The one-time code, while nobody can sign in yet. */
  setUpCode: string | undefined;
  /** Takes a branch that was configured after the start into service. */
  serve(branchId: string): Promise<void>;
  /** Looks for what was revoked, and ends those connections; also runs by itself every few seconds. */
  lookForRevoked(): Promise<void>;
  /** Asks how kiosks' printers are; also runs by itself every half minute. */
  lookAtPrinters(): Promise<void>;
  /** Resolves once no estimate is being worked out. */
  forecastSettled(): Promise<void>;
  /** Resolves once every past day has been learnt from. */
  learningSettled(): Promise<void>;
  /** Refuses new commands, finishes those at hand, tells the screens, closes. */
  close(): Promise<void>;
}

/** Where a server listens that is told nothing else: on its own machine. */
export const ownHost = '127.0.0.1';
const RETRY_AFTER_MS = 1_000;
const PRINTERS_LOOKED_AT_MS = 30_000;
/** A crash loses no more of when screens were last heard of. */
const HEARD_KEPT_MS = 60_000;
/** A crash loses no more of what estimates have learnt today. */
const FORECAST_KEPT_MS = 60_000;
const everyReal: Every = (ms, tick) => {
  const timer = setInterval(tick, ms);
  return () => clearInterval(timer);
};

/**
 * Starts a whole server on one data directory.
 * @throws PortTaken before anything is made, AlreadyRunning when another server uses the directory, NotEmpty when a demo's data are in it,
 * LogFailure when what is stored is damaged
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await refuseTakenPort(options.port, options.host ?? ownHost);
  if (options.demo !== true) refuseDemoData(options.dataDir);
  prepareDataDir(options.dataDir);
  const release: (() => void | Promise<void>)[] = [lock(options.dataDir)];
  try {
    return await startLocked(options, release);
  } catch (error) {
    for (const give of release.reverse()) await give();
    throw error;
  }
}

/** @param release what to give back, last taken first, when the server ends or can't start */
async function startLocked(
  options: ServerOptions,
  release: (() => void | Promise<void>)[],
): Promise<RunningServer> {
  const { dataDir, logger } = options;
  const wall = options.wall ?? Date.now;
  const database = await Database.open(databasePath(dataDir), {
    entities: identityEntities,
    migrations: identityMigrations,
  });
  release.push(() => database.close());
  const log = await SqliteEventLog.open(database);
  release.push(() => log.close());

  const branches = new Branches(database, wall);
  await branches.load();
  const staff = new Staff(database, new Passwords(), wall);
  const sessions = new Sessions(database, staff, wall, options.sessionTimes ?? productionTimes);
  const devices = new Devices(database, wall);
  const tickets = new TicketTokens(options.secret ?? ownSecret(dataDir));

  const keys = new FileDayKeys(join(dataDir, 'keys'));
  const worker = options.forecastWorker ?? new URL('./runtime/forecast-worker.js', import.meta.url);
  const threads = { public: new ForecastThread(worker, logger), staff: new ForecastThread(worker, logger) };
  for (const thread of Object.values(threads)) release.push(() => thread.close());
  const ask = { public: threads.public.ask, staff: threads.staff.ask };
  const forecast = options.forecast?.(ask) ?? new LiveForecast(ask);
  const forecastKeeper = new ForecastKeeper(forecast, new SqliteKeptForecasts(database), logger);
  await forecastKeeper.start();

  const learning: Learning = new Learning({
    log,
    kept: new SqliteKeptDays(database),
    logger,
    openDay: (branchId) => openDayOf(lobbies, branchId),
  });
  release.push(() => learning.close());
  const lobbies = new Lobbies({
    log,
    clock: options.clock ?? new RealClock(),
    keys,
    setups: {
      branchIds: () => Promise.resolve(branches.ids()),
      setupOf: (id) => Promise.resolve(setupOf(branches, id)),
      opening: (setup, day) => learning.opening(setup, day),
    },
    logger,
    core: coreWith(forecast),
  });
  await lobbies.start();
  await learning.start(lobbies.branchIds());
  lobbies.onShown((branchId) => {
    const { phase, day } = lobbies.shown(branchId).state;
    if (phase === 'closed') learning.dayOver(branchId, day);
  });

  const whois = new Whois(sessions, devices, tickets, (visitId) => branchOfVisit(lobbies, visitId), wall);
  const sight = sightWith(forecast);
  const watch = new Watch(lobbies, sight, (id) => branches.latest(id), options.demo ?? false);
  const live = {
    origins: options.origins ?? [],
    polling: options.polling ?? false,
    mostConnections: options.mostConnections ?? 10_000,
    mostPerCredential: options.mostPerCredential ?? 20,
    onFault: (error: unknown) => logger.error({ error }, 'a command failed'),
    onDeviceLeft: (id: string) => devices.heard([id]),
  };
  const publisher: Publisher = new Publisher({
    watch,
    broadcast: (room, name, frame) => gateway().broadcast(room, name, frame),
    every: options.every ?? everyReal,
    steady: () => performance.now(),
    onFault: (error, { branchId, audience }) =>
      logger.error({ error, branchId, audience }, 'a view could not be made'),
  });
  const printers = new Printers({
    patience: options.printerPatience ?? productionPatience,
    onTrouble: (printer, outcome) => logger.warn({ printer, outcome }, 'a receipt was not printed'),
  });
  release.push(() => printers.close());
  const printerWatch = new PrinterWatch(
    lobbies,
    async () =>
      (await devices.withPrinter()).map(({ branchId, id, label, printer }) => ({
        branchId,
        kiosk: { id, name: label },
        address: printer ?? '',
      })),
    (address) => printers.status(address),
  );
  const history = new History({ log, keys, openDay: (branchId) => openDayOf(lobbies, branchId) });
  release.push(() => history.close());
  const setUp = new SetUp(staff, branches, branchTemplate);
  const parts: Parts = {
    door: new CommandDoor(lobbies, whois, new CommandLimits(options.rates ?? productionRates), tickets),
    watch,
    publisher,
    whois,
    staff,
    sessions,
    devices,
    branches,
    configuration: new Configuration(branches, staff, {
      problem: (setup, before) => setupProblem(setup) ?? starvationProblem(setup, before),
      model: branchTemplate,
      wall,
      learnt: (setup) => learning.learnt(setup),
      serve: (branchId) => serve(branchId),
    }),
    presence: { connected: (id) => gateway().connected(`device:${id}`) },
    printers,
    printerWatch,
    signIn: new SignIn(staff, sessions),
    setUp,
    readiness: new Readiness(lobbies, database),
    pastDays: history,
    comingDays: new Rosters({
      log,
      openDay: (branchId) => openDayOf(lobbies, branchId),
      setupOf: (id) => learning.timed(setupOf(branches, id)),
      now: (branchId) => lobbies.shown(branchId).now(),
    }),
    live,
    ...(options.demoRoutes === undefined ? {} : { demo: options.demoRoutes }),
  };

  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
  const settings: NestApplicationOptions = {
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
    logger: nestLogger(logger),
  };
  const app = await NestFactory.create<NestExpressApplication>(AppModule.of(parts), settings);
  const gateway = (): LiveGateway => app.get(LiveGateway);
  app.useWebSocketAdapter(new LiveAdapter(app, live));
  installHttp(app, {
    clientDir: options.clientDir ?? resolve('dist/client'),
    recordingsDir: join(dataDir, 'voice'),
    onFault: (error) => logger.error({ error }, 'a request failed'),
  });
  try {
    await app.listen(options.port, options.host ?? ownHost);
  } catch (error) {
    await lobbies.stop();
    throw isTaken(error) ? new PortTaken(options.port) : error;
  }

  const serve = async (branchId: string): Promise<void> => {
    await lobbies.add(branchId);
    await learning.start([branchId]);
    watch.publicBeat(branchId);
  };
  setUp.onDone = () => serve(branchTemplate.id);
  publisher.start();
  const endForgottenDuty = dutyWatch(lobbies, sessions);
  const dropRevoked = async (): Promise<void> => {
    gateway().dropRevoked();
    await endForgottenDuty();
    devices.heard(gateway().devices());
  };
  whois.start(dropRevoked);
  // What could not be recorded, or asked, is found by the next look.
  const lookAtPrinters = setInterval(
    () => void printerWatch.look().catch(() => undefined),
    PRINTERS_LOOKED_AT_MS,
  );
  lookAtPrinters.unref();
  const keepHeard = setInterval(() => void devices.keepHeard().catch(() => undefined), HEARD_KEPT_MS);
  keepHeard.unref();
  const keepForecast = setInterval(() => void forecastKeeper.keep(), FORECAST_KEPT_MS);
  keepForecast.unref();

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    publisher.bye(RETRY_AFTER_MS);
    publisher.stop();
    whois.stop();
    clearInterval(lookAtPrinters);
    clearInterval(keepHeard);
    clearInterval(keepForecast);
    await lobbies.stop();
    // The last answers are on their way out before the connections end.
    await new Promise(setImmediate);
    gateway().dropAll();
    // The disk may be what the server ends for.
    await devices.keepHeard().catch(() => undefined);
    await forecastKeeper.keep();
    await app.close();
    for (const give of release.reverse()) await give();
  };
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    lobbies,
    branches,
    staff,
    devices,
    sessions,
    tickets,
    publisher,
    sight,
    setUpCode: await setUp.code(),
    serve,
    lookForRevoked: async () => {
      await whois.refresh();
      await dropRevoked();
    },
    lookAtPrinters: () => printerWatch.look(),
    forecastSettled: async () => {
      await Promise.all(Object.values(threads).map((thread) => thread.settled()));
    },
    learningSettled: () => learning.settled(),
    close: () => (closing ??= close()),
  };
}

function setupOf(branches: Branches, branchId: string) {
  const setup = branches.latest(branchId);
  if (setup === undefined) throw new RangeError('unknown branch');
  return setup;
}

/** The business date that runs now. */
function openDayOf(lobbies: Lobbies, branchId: string): string | undefined {
  const { phase, day } = lobbies.shown(branchId).state;
  return phase === 'open' ? day : undefined;
}

/** Visits of running days only: a ticket's token is dead once its day is closed. */
function branchOfVisit(lobbies: Lobbies, visitId: string): { branchId: string } | undefined {
  for (const branchId of lobbies.branchIds()) {
    const { state } = lobbies.shown(branchId);
    if (Object.hasOwn(state.visits, visitId)) return state.phase === 'open' ? { branchId } : undefined;
  }
  return undefined;
}
