import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { CommandDoor } from './doors/door.js';
import { PrinterWatch } from './doors/printerWatch.js';
import { Watch } from './doors/watch.js';
import { LIVE_OPTIONS, LiveGateway } from './gateway/live.gateway.js';
import type { LiveOptions } from './gateway/liveAdapter.js';
import { Publisher } from './gateway/publisher.js';
import { BranchController } from './http/branch.controller.js';
import { Caller, ORIGINS } from './http/caller.js';
import { CommandsController } from './http/commands.controller.js';
import { DEMO, DemoController } from './http/demo.controller.js';
import type { Demo } from './http/demo.controller.js';
import { DaysController, PAST_DAYS } from './http/days.controller.js';
import type { PastDays } from './http/days.controller.js';
import { DevicesController, PRESENCE } from './http/devices.controller.js';
import type { Presence } from './http/devices.controller.js';
import { HealthController, READINESS } from './http/health.controller.js';
import type { Readiness } from './http/health.controller.js';
import { KioskPrintersController } from './http/kioskPrinters.controller.js';
import { PrinterController } from './http/printer.controller.js';
import { COMING_DAYS, RosterController } from './http/roster.controller.js';
import type { ComingDays } from './http/roster.controller.js';
import { SessionController } from './http/session.controller.js';
import { SetUpController } from './http/setUp.controller.js';
import { StaffController } from './http/staff.controller.js';
import { TicketsController } from './http/tickets.controller.js';
import { Branches } from './identity/branches.js';
import { Configuration } from './identity/configuration.js';
import { Devices } from './identity/devices.js';
import { Sessions } from './identity/sessions.js';
import { SetUp } from './identity/setUp.js';
import { SignIn } from './identity/signIn.js';
import { Staff } from './identity/staff.js';
import { Whois } from './identity/whois.js';
import { Printers } from './printing/printers.js';

/** The parts of a running server that Nest hands to controllers and gateway. */
export interface Parts {
  door: CommandDoor;
  watch: Watch;
  publisher: Publisher;
  whois: Whois;
  staff: Staff;
  sessions: Sessions;
  devices: Devices;
  branches: Branches;
  configuration: Configuration;
  presence: Presence;
  printers: Printers;
  printerWatch: PrinterWatch;
  signIn: SignIn;
  setUp: SetUp;
  readiness: Readiness;
  pastDays: PastDays;
  comingDays: ComingDays;
  live: LiveOptions;
  /** Present in demo mode only; without it the demo's addresses don't exist. */
  demo?: Demo;
}

const given = <T>(provide: Type<T>, useValue: T): Provider => ({ provide, useValue });

@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        SessionController,
        SetUpController,
        CommandsController,
        TicketsController,
        BranchController,
        DaysController,
        RosterController,
        DevicesController,
        StaffController,
        KioskPrintersController,
        PrinterController,
        HealthController,
        ...(parts.demo === undefined ? [] : [DemoController]),
      ],
      providers: [
        LiveGateway,
        Caller,
        given(CommandDoor, parts.door),
        given(Watch, parts.watch),
        given(Publisher, parts.publisher),
        given(Whois, parts.whois),
        given(Staff, parts.staff),
        given(Sessions, parts.sessions),
        given(Devices, parts.devices),
        given(Branches, parts.branches),
        given(Configuration, parts.configuration),
        { provide: PRESENCE, useValue: parts.presence },
        given(Printers, parts.printers),
        given(PrinterWatch, parts.printerWatch),
        given(SignIn, parts.signIn),
        given(SetUp, parts.setUp),
        { provide: PAST_DAYS, useValue: parts.pastDays },
        { provide: COMING_DAYS, useValue: parts.comingDays },
        { provide: READINESS, useValue: parts.readiness },
        { provide: LIVE_OPTIONS, useValue: parts.live },
        { provide: ORIGINS, useValue: parts.live.origins },
        ...(parts.demo === undefined ? [] : [{ provide: DEMO, useValue: parts.demo }]),
      ],
    };
  }
}
