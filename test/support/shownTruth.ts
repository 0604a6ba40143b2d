/**
 * What each screen ought to say, in words, reckoned from the server's state alone: written a second time and apart
 * from src/views, so that a mistake there does not agree with itself.
 */
import type { Counter, LobbyState, Visit } from '../../src/lobby/state.js';

export type Kind = 'board' | 'counter' | 'rating' | 'kiosk' | 'ticket' | 'teller' | 'manager';
/** What one screen says, by part. */
export type Look = Record<string, unknown>;

const GOODBYE_MS = 8_000;

export function truthOf(
  { kind, of }: { kind: Kind; of: string },
  state: LobbyState,
  now: number,
  noticeDue: boolean,
): Look {
  switch (kind) {
    case 'board':
      return board(state, noticeDue);
    case 'counter':
      return sign(state, of, now);
    case 'rating':
      return pad(state, of, now);
    case 'kiosk':
      return { waiting: kioskLines(state) };
    case 'ticket':
      return phone(state, state.visits[of]!);
    case 'teller':
      return desk(state, of);
    case 'manager':
      return tablet(state);
  }
}

const visits = (state: LobbyState): Visit[] => Object.keys(state.present).map((id) => state.visits[id]!);
const counters = (state: LobbyState): Counter[] => Object.values(state.counters);
const labelOf = (state: LobbyState, id: string): string =>
  state.setup!.counters.find((each) => each.id === id)!.label.zh;
const serviceOf = (state: LobbyState, visit: Visit) =>
  state.setup!.services.find(({ id }) => id === visit.services[0])!;
const visitAt = (state: LobbyState, counter: Counter): Visit | undefined =>
  state.visits[counter.visitId ?? ''];
const isQuiet = ({ stage }: Visit): boolean => 'quiet' in stage && stage.quiet;

/** For the public somebody waits until the service starts, whether or not a window is kept. */
const seemsToWait = (visit: Visit): boolean =>
  visit.stage.status === 'waiting' ||
  visit.stage.status === 'reserved' ||
  (visit.stage.status === 'called' && isQuiet(visit));

function board(state: LobbyState, noticeDue: boolean): Look {
  // [W-1, W-90]
  const calls = state.calls.flatMap(({ visitId, ticket, counterId, came, missedAt }) => {
    const visit = state.visits[visitId];
    const stands = visit?.stage.status === 'called' && !isQuiet(visit);
    const absent = visit?.stage.status === 'absent' && visit.stage.at === missedAt;
    if (!stands && !came && !absent) return [];
    const missed = !stands && !came;
    return [{ ticket, missed, stands, counter: missed ? '过号，请找大堂经理' : labelOf(state, counterId) }];
  });
  const newest = calls.find(({ missed }) => !missed);
  const recent = calls.filter((call) => call !== newest);
  const status = (counter: Counter): string => {
    if (!counter.teller) return '未开放';
    return counter.pause || counter.faulty ? '暂停' : '开放';
  };
  return {
    newest: newest ? `${newest.ticket} ${newest.stands ? '请到 ' : ''}${newest.counter}` : '',
    recent: recent.map(({ ticket, counter }) => `${ticket} ${counter}`),
    waiting: Object.fromEntries(
      state.setup!.zones.map(({ id, name }) => [
        name.zh,
        String(
          visits(state).filter((visit) => seemsToWait(visit) && serviceOf(state, visit).zone === id).length,
        ),
      ]),
    ),
    counters: Object.fromEntries(
      counters(state).map((counter) => [labelOf(state, counter.id), status(counter)]),
    ),
    priority: noticeDue,
  };
}

function sign(state: LobbyState, counterId: string, now: number): Look {
  const counter = state.counters[counterId]!;
  const visit = visitAt(state, counter);
  const says = ((): string => {
    if (!counter.teller) return '未开放';
    const aloud = visit && !isQuiet(visit) ? visit.stage.status : undefined;
    if (aloud === 'called') return '请到本窗口';
    if (aloud === 'serving') return '正在办理';
    if (counter.hold || visit) return '爱心窗口';
    if (counter.pause || counter.faulty) return '暂停服务';
    return now - (counter.servedAt ?? 0) < GOODBYE_MS ? '感谢光临，请慢走' : '您好，欢迎光临';
  })();
  const number = says === '请到本窗口' || says === '正在办理';
  // [W-30] the number stays, with the band that says what the window is now.
  const kept = number && counter.hold !== undefined;
  return { label: labelOf(state, counterId), face: number ? visit!.ticket : says, says, kept };
}

function pad(state: LobbyState, counterId: string, now: number): Look {
  const { rating } = state.counters[counterId]!;
  const asked = rating && rating.stars === undefined && now < rating.until;
  return { label: labelOf(state, counterId), asks: asked ? rating.ticket : '' };
}

function kioskLines(state: LobbyState): Record<string, string> {
  const count = (serviceId: string): number =>
    visits(state).filter((visit) => seemsToWait(visit) && visit.services[0] === serviceId).length;
  return Object.fromEntries(
    state.setup!.services.map(({ id, name }) => [
      name.zh,
      count(id) === 0 ? '无人等候' : `${String(count(id))} 人等候`,
    ]),
  );
}

const phoneWords: Record<Exclude<Visit['stage']['status'], 'called'>, string> = {
  waiting: '等候中',
  reserved: '正在准备窗口',
  serving: '正在办理',
  parked: '暂缓办理',
  absent: '已叫过号',
  ended: '已结束',
};

function phone(state: LobbyState, visit: Visit): Look {
  const { stage, ticket } = visit;
  if (stage.status === 'called')
    return { number: ticket, status: `请到 ${labelOf(state, stage.counterId)}`, ahead: '' };
  if (stage.status !== 'waiting') return { number: ticket, status: phoneWords[stage.status], ahead: '' };
  const before = (other: Visit): boolean =>
    seemsToWait(other) &&
    serviceOf(state, other).zone === serviceOf(state, visit).zone &&
    other.place < visit.place;
  const ahead = visits(state).filter(before).length;
  return { number: ticket, status: ahead === 0 ? '请准备' : phoneWords.waiting, ahead: String(ahead) };
}

function desk(state: LobbyState, staffId: string): Look {
  const counter = counters(state).find(({ teller }) => teller?.id === staffId);
  if (counter === undefined)
    return {
      counter: '柜员工作台',
      status: '',
      current: '',
      serving: false,
      alert: '',
      acknowledged: false,
      escort: '',
      waiting: {},
    };
  const visit = visitAt(state, counter);
  const episode = state.episodes[counter.hold?.episodeId ?? ''];
  const kept = state.visits[episode?.visitId ?? ''];
  const alert = kept?.stage.status === 'reserved';
  const able = [
    ...state.setup!.counters.find(({ id }) => id === counter.id)!.equipment,
    ...counter.teller!.skills,
  ];
  const line = (id: string): number =>
    visits(state).filter(({ stage, services }) => stage.status === 'waiting' && services[0] === id).length;
  const status = counter.faulty
    ? '设备故障'
    : counter.hold
      ? '爱心窗口'
      : counter.pause
        ? '暂停服务'
        : counter.closing
          ? '办完即关'
          : '正常叫号';
  return {
    counter: labelOf(state, counter.id),
    status,
    current: visit?.ticket ?? '',
    serving: visit?.stage.status === 'serving',
    alert: alert ? `爱心窗口：请接待 ${kept.ticket}` : '',
    acknowledged: alert && episode?.acknowledgedBy !== undefined,
    escort: !alert
      ? ''
      : episode?.arrivedAt !== undefined
        ? '客户已到窗口前'
        : episode?.onTheWayAt !== undefined
          ? '正在陪客户过来'
          : Object.keys(state.managers).length > 0
            ? '大堂经理会陪客户过来'
            : '大堂没有经理，请同事帮忙陪客户过来',
    waiting: Object.fromEntries(
      state
        .setup!.services.filter(
          ({ id, capabilities }) =>
            counter.services.includes(id) && capabilities.every((one) => able.includes(one)),
        )
        .map(({ id, name }) => [name.zh, String(line(id))]),
    ),
  };
}

function tablet(state: LobbyState): Look {
  const inLine = visits(state)
    .filter(({ stage }) => stage.status === 'waiting' || stage.status === 'reserved')
    .sort((a, b) => a.since - b.since);
  const status = (counter: Counter): string => {
    if (counter.hold) return '爱心窗口';
    if (counter.faulty) return '故障';
    if (!counter.teller) return '未开';
    return counter.pause ? '暂停' : counter.closing ? '办完即关' : '开放';
  };
  const byLabel = (what: (counter: Counter) => string): Record<string, string> =>
    Object.fromEntries(counters(state).map((counter) => [labelOf(state, counter.id), what(counter)]));
  const episodes = Object.keys(state.running).map((id) => {
    const episode = state.episodes[id]!;
    return { episode, visit: state.visits[episode.visitId]! };
  });
  return {
    waiting: inLine.map(({ ticket, flag, stage }) =>
      [ticket, flag ? '优先' : '', stage.status === 'reserved' ? '已留窗' : ''].join(' ').trim(),
    ),
    counters: byLabel(status),
    current: byLabel((counter) => visitAt(state, counter)?.ticket ?? ''),
    episodes: episodes.map(({ episode: { counterId }, visit }) =>
      counterId === undefined ? visit.ticket : `${visit.ticket} → ${labelOf(state, counterId)}`,
    ),
    escorts: episodes.map(({ episode: { counterId, arrivedAt, onTheWayAt }, visit }) => {
      if (counterId === undefined || visit.stage.status !== 'reserved') return '';
      return arrivedAt !== undefined ? '客户已到窗口' : onTheWayAt !== undefined ? '已到窗口' : '陪客户过去';
    }),
    count: String(inLine.length),
    unanswered: episodes.filter(
      ({ episode, visit }) =>
        episode.recurring && episode.acknowledgedBy === undefined && visit.stage.status === 'reserved',
    ).length,
  };
}
