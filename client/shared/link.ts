/**
 * The one live link that every page has to the server: keeps the page's view whole, knows how old it
 * is, and carries commands. Framework-free; Vue pages use it through `useLink` (useLink.ts):
 *
 *     const { view, phase, age, now, refusal, send } = useLink('board');       // screens: token in #token=
 *     const { view, phase, send } = useLink('teller', { signedIn: true });    // staff: session cookie
 *
 *     view     the audience's view, or undefined before the first; replaced whole on each change
 *     phase    connecting | live | reconnecting | stale | refused
 *     age      whole seconds since the server was last heard; hide estimates from 60 on
 *     now      branch time, UTC ms; ticks each second while live, stands still otherwise
 *     refusal  why the server won't have this page: { code, params }, words in errors.json
 *     send     const answer = await send({ type: 'CallNext' });
 *              answer.ok ? answer.result : show(answer)     // RefusalToast takes the answer as it is
 */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { RejectionCode, RejectionParams } from '../../src/protocol/codes.js';
import { rejectionCodes } from '../../src/protocol/codes.js';
import type { Ack, CommandOf, CommandType } from '../../src/protocol/commands.js';
import type {
  BeatFrame,
  ClientToServer,
  Handshake,
  PatchFrame,
  ServerToClient,
  ViewFrame,
} from '../../src/protocol/live.js';
import { LIVE_NAMESPACE, STALE_MS } from '../../src/protocol/live.js';
import { merge } from '../../src/protocol/patch.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import type { Audience, ViewOf } from '../../src/protocol/views.js';
import { ANSWER_MS, createOutbox } from './outbox.js';
import type { Answer } from './outbox.js';
import { forgetView, keepView, keptView } from './keptView.js';
import { tabMemory } from './memory.js';

export type Phase = 'connecting' | 'live' | 'reconnecting' | 'stale' | 'refused';

export interface Refusal {
  code: RejectionCode;
  params: RejectionParams;
}

export interface LinkState<A extends Audience> {
  view: ViewOf[A] | undefined;
  phase: Phase;
  /** Whole seconds since the last frame; 0 while nothing was ever heard. */
  age: number;
  /** Branch time, UTC ms; held while the link is not live. */
  now: number;
  refusal: Refusal | undefined;
}

export interface LinkOptions<A extends Audience> {
  audience: A;
  /** Device or ticket token; absent for staff, whose cookie speaks. */
  token?: string | undefined;
  /** Keep the last view over a reload of this tab, dimmed until the server is heard. */
  keep?: boolean;
  onChange: (state: LinkState<A>) => void;
}

export interface Link {
  send: <T extends CommandType>(command: CommandOf<T>) => Promise<Answer<T>>;
  /** Branch time this instant, UTC ms; stands still while the demo's clock is frozen. */
  branchNow: () => number;
  /** Drops the connection and asks for the whole view again. */
  refresh: () => void;
  close: () => void;
}

/** The server is only busy: ask again soon, without telling the reader that they are refused. */
const passing: readonly string[] = ['storage-unavailable', 'shutting-down', 'too-many'];
const REFUSED_RETRY_MS = 30_000;
const PASSING_RETRY_MS = 3_000;

const isCode = (code: unknown): code is RejectionCode => rejectionCodes.includes(code as RejectionCode);
/** Spread over half the delay again, so that a branch's screens don't all return at one instant. */
const jittered = (ms: number): number => ms * (1 + Math.random() / 2);

export function createLink<A extends Audience>(options: LinkOptions<A>): Link {
  const { audience, token } = options;
  const kept = options.keep === true ? keptView(audience) : undefined;

  let view = kept?.view as ViewOf[A] | undefined;
  let seen = kept?.seen;
  let refusal: Refusal | undefined;
  // A frame of *this* connection was heard: only then is the page known to miss nothing.
  let caughtUp = false;
  let everLive = false;
  // Two clocks: the steady one stops while a tablet sleeps, the wall clock can be set; the older rules.
  let heard = kept
    ? { steady: performance.now() - (Date.now() - kept.heardAt), wall: kept.heardAt }
    : undefined;
  let clock = { at: kept?.at ?? Date.now(), steady: performance.now(), rate: 1 };
  let now = clock.at;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const handshake = (): Handshake => ({
    audience,
    protocol: PROTOCOL_VERSION,
    ...(token === undefined ? {} : { token }),
    ...(seen === undefined ? {} : { seen }),
  });

  const socket: Socket<ServerToClient, ClientToServer> = io(LIVE_NAMESPACE, {
    transports: ['websocket'],
    auth: (give) => {
      give(handshake());
    },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
    forceNew: true,
  });

  const outbox = createOutbox(
    (message, done) => {
      socket.timeout(ANSWER_MS).emit('command', message, (error: unknown, ack: Ack) => {
        done(error, ack);
      });
    },
    () => socket.connected,
  );

  const branchNow = (): number => clock.at + (performance.now() - clock.steady) * clock.rate;
  const ageMs = (): number =>
    heard === undefined ? 0 : Math.max(performance.now() - heard.steady, Date.now() - heard.wall, 0);

  const phase = (): Phase => {
    if (refusal !== undefined) return 'refused';
    if (ageMs() >= STALE_MS) return 'stale';
    if (caughtUp && socket.connected) return 'live';
    return everLive ? 'reconnecting' : 'connecting';
  };

  const tell = (): void => {
    const current = phase();
    if (current === 'live') now = branchNow();
    options.onChange({ view, phase: current, age: Math.floor(ageMs() / 1000), now, refusal });
  };

  const hear = (): void => {
    heard = { steady: performance.now(), wall: Date.now() };
    caughtUp = true;
    everLive = true;
    refusal = undefined;
  };

  const reconnect = (delay: number): void => {
    clearTimeout(retry);
    retry = setTimeout(() => {
      socket.connect();
    }, delay);
  };

  const refresh = (): void => {
    seen = undefined;
    forgetView(audience);
    socket.disconnect();
    reconnect(jittered(400));
  };

  const onView = (frame: ViewFrame): void => {
    hear();
    view = frame.view as ViewOf[A];
    seen = { epoch: frame.epoch, version: frame.version };
    clock = { at: frame.at, steady: performance.now(), rate: clock.rate };
    remember();
    tell();
  };

  const onPatch = (frame: PatchFrame): void => {
    // A gap can't be mended by guessing: ask for the whole view.
    if (seen === undefined || view === undefined || frame.version > seen.version + 1) {
      refresh();
      return;
    }
    hear();
    if (frame.version === seen.version + 1) {
      view = merge(view, frame.patch) as ViewOf[A];
      seen = { epoch: seen.epoch, version: frame.version };
      remember();
    }
    tell();
  };

  const onBeat = (frame: BeatFrame): void => {
    hear();
    clock = { at: frame.at, steady: performance.now(), rate: frame.rate };
    tell();
  };

  const remember = (): void => {
    if (options.keep === true && seen !== undefined)
      keepView(audience, { view, seen, at: branchNow(), heardAt: Date.now() });
  };

  const onRefused = (error: Error & { data?: unknown }): void => {
    caughtUp = false;
    const data = error.data as { code?: unknown; params?: RejectionParams } | undefined;
    if (socket.active || !isCode(data?.code)) {
      tell();
      return;
    }
    if (data.params?.['protocol'] !== undefined && data.params['protocol'] !== PROTOCOL_VERSION)
      reloadForNewBuild();
    if (!passing.includes(data.code)) refusal = { code: data.code, params: data.params ?? {} };
    reconnect(jittered(refusal === undefined ? PASSING_RETRY_MS : REFUSED_RETRY_MS));
    tell();
  };

  const wake = (): void => {
    // A phone out of a pocket, a tablet out of sleep: don't wait for the ping to find the link dead.
    if (
      document.visibilityState === 'visible' &&
      heard !== undefined &&
      ageMs() >= STALE_MS &&
      refusal === undefined
    ) {
      socket.disconnect();
      socket.connect();
    }
    tell();
  };

  socket.on('connect', () => {
    socket.io.reconnectionDelay(500);
    outbox.flush();
  });
  socket.on('disconnect', (reason) => {
    caughtUp = false;
    if (reason === 'io server disconnect') reconnect(jittered(1_000));
    tell();
  });
  socket.on('connect_error', onRefused);
  socket.on('view', onView);
  socket.on('patch', onPatch);
  socket.on('beat', onBeat);
  socket.on('bye', ({ retryMs }) => {
    socket.io.reconnectionDelay(retryMs);
  });
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  const ticking = setInterval(tell, 1_000);
  tell();

  return {
    send: (command) => outbox.send(command, view?.day),
    branchNow,
    refresh,
    close: () => {
      clearInterval(ticking);
      clearTimeout(retry);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
      socket.disconnect();
    },
  };
}

/** This page was built for another protocol: load the newer one, at most once a minute. */
function reloadForNewBuild(): void {
  const last = Number(tabMemory.get('reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  tabMemory.set('reloaded', String(Date.now()));
  window.location.reload();
}
