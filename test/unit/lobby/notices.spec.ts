import texts from '../../../src/protocol/texts/notices.json' with { type: 'json' };
import type { CommandOf } from '../../../src/protocol/commands.js';
import { mayTellReason, mostNotices, noticeLengths } from '../../../src/protocol/notices.js';
import { readyNotices } from '../../../src/protocol/readyNotices.js';
import { noticeKinds, type Text } from '../../../src/protocol/vocabulary.js';
import { actorOf, LobbyDay, manager } from '../../support/lobby.js';
import { Seen } from '../views/seen.js';

const MINUTE = 60_000;
type Post = CommandOf<'PostNotice'>;
const rain: Text = { zh: '雨天地面湿滑，请慢行', en: 'The floor may be wet' };
const posting = (over: Partial<Post> = {}): Post => ({
  type: 'PostNotice',
  kind: 'weather',
  text: rain,
  minutes: 30,
  ...over,
});
const slide = (n = 0): Post =>
  posting({ kind: 'slide', title: { zh: `第${String(n)}页`, en: `Page ${String(n)}` } });
const post = (day: LobbyDay, over: Partial<Post> = {}): string =>
  (day.do(posting(over)) as { noticeId: string }).noticeId;
/** Notices that differ, as a branch's do: the same words don't stand twice. */
const worded = (n: number): Text => ({ zh: `第${String(n)}条`, en: `Notice ${String(n)}` });
const standing = (day: LobbyDay): string[] => Object.keys(day.state.notices);

describe('[W-54] A notice', () => {
  it('stands in both languages on the board and the kiosks, and a slide on the board alone', () => {
    const day = new LobbyDay().open();
    post(day, { kind: 'incident' });
    day.do(slide(1));
    const seen = new Seen(day);
    expect(seen.view('board').notices).toEqual({
      n1: { kind: 'incident', order: 0, text: rain },
      n2: { kind: 'slide', order: 1, title: { zh: '第1页', en: 'Page 1' }, text: rain },
    });
    expect(seen.view('kiosk').notices).toEqual({ n1: { kind: 'incident', order: 0, text: rain } });
  });

  it('tells managers, and nobody else, who posted it and until when', () => {
    const day = new LobbyDay().open();
    post(day, {});
    const card = new Seen(day).view('manager', manager.id).notices['n1'];
    expect(card).toMatchObject({ by: manager.name, at: day.now, until: day.now + 30 * MINUTE });
  });

  it('goes by itself when its minutes are over, in the order in which they end', () => {
    const day = new LobbyDay().open();
    post(day, { minutes: 30 });
    post(day, { text: worded(2), minutes: 5 });
    day.minutes(4.9);
    expect(standing(day)).toEqual(['n1', 'n2']);
    day.minutes(0.2);
    expect(standing(day)).toEqual(['n1']);
    expect(day.types()).toEqual(['NoticeExpired']);
    day.minutes(25);
    expect(standing(day)).toEqual([]);
  });

  it('ends at the time of day that was promised, an outage notwithstanding', () => {
    const day = new LobbyDay().open();
    post(day, { minutes: 30 });
    day.minutes(10).outage(19);
    expect(standing(day)).toEqual(['n1']);
    day.minutes(1.1);
    expect(standing(day)).toEqual([]);
  });

  it('is taken down by any manager, once', () => {
    const day = new LobbyDay().open();
    const noticeId = post(day);
    const other = post(day, { text: worded(2) });
    const another = actorOf('branchManager', 'chief');
    day.do({ type: 'WithdrawNotice', noticeId }, another);
    expect(standing(day)).toEqual([other]);
    expect(day.refusal({ type: 'WithdrawNotice', noticeId })).toBe('unknown-notice');
    expect(day.refusal({ type: 'WithdrawNotice', noticeId: 'constructor' })).toBe('unknown-notice');
  });

  it('goes with the day, and is never promised beyond it', () => {
    const day = new LobbyDay().open();
    day.minutes(14 * 60);
    const noticeId = post(day, { minutes: 720 });
    // 09:00 and 14 hours; the day closes itself at 03:00.
    expect(day.state.notices[noticeId]?.until).toBe(day.state.midnight + 27 * 60 * MINUTE);
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(standing(day)).toEqual([]);
    expect(new Seen(day).view('board').notices).toEqual({});
  });

  it('is one of a few: three beside six slides', () => {
    const day = new LobbyDay().open();
    for (let i = 0; i < mostNotices.band; i += 1)
      post(day, { kind: i === 1 ? 'incident' : 'weather', text: worded(i) });
    expect(day.refusal(posting({ text: worded(9) }))).toBe('too-many-notices');
    expect(day.refusal(posting({ kind: 'incident', text: worded(9) }))).toBe('too-many-notices');
    for (let i = 0; i < mostNotices.slides; i += 1) day.do(slide(i));
    expect(day.refusal(slide(9))).toBe('too-many-notices');
    day.do({ type: 'WithdrawNotice', noticeId: 'n2' });
    expect(post(day, { text: worded(9) })).toBe('n10');
  });

  it('does not stand twice in the same words: a repeat after a lost answer is told that it is up', () => {
    const day = new LobbyDay().open();
    post(day);
    expect(day.refusal(posting({ minutes: 60 }))).toBe('notice-stands');
    expect(day.refusal(posting({ kind: 'incident' }))).toBe('notice-stands');
    day.do(slide(1));
    day.do(slide(2));
    expect(day.refusal(slide(1))).toBe('notice-stands');
    // Told before the room is: what stands needs none.
    for (let i = 1; i < mostNotices.band; i += 1) post(day, { text: worded(i) });
    expect(day.refusal(posting())).toBe('notice-stands');
    day.do({ type: 'WithdrawNotice', noticeId: 'n1' });
    post(day);
  });

  it('has a title if it is a slide, and only then', () => {
    const day = new LobbyDay().open();
    expect(day.refusal(posting({ kind: 'slide' }))).toBe('notice-title');
    expect(day.refusal(posting({ title: rain }))).toBe('notice-title');
  });

  it('is given by the log alone, and wants an open day', () => {
    const day = new LobbyDay().open();
    post(day);
    day.do(slide());
    post(day, { text: worded(2), minutes: 5 });
    day.minutes(6);
    expect(day.refold()).toEqual(day.state);
    day.do({ type: 'CloseDay', endRemaining: true });
    expect(day.refusal(posting())).toBe('day-not-open');
  });
});

describe('[L14] A notice', () => {
  it('is the same in every byte whatever the public may not know', () => {
    const [plain, discreet] = [new LobbyDay(), new LobbyDay()].map((day) => day.open().signOn('w1', 'w4'));
    for (const day of [plain!, discreet!]) day.issue();
    const visit = Object.values(discreet!.state.visits)[0]!;
    discreet!.flag(visit, ['lowCounter']).confirm(visit);
    const boards = [plain!, discreet!].map((day) => {
      post(day);
      day.do(slide());
      return JSON.stringify(new Seen(day).view('board').notices);
    });
    expect(boards[1]).toBe(boards[0]);
  });
});

describe('[W-55] The words of a notice', () => {
  const day = new LobbyDay().open();

  it.each([
    ['a banned phrase', { text: { zh: '等多久我们也不知道', en: 'Please wait' } }, 'notice-phrase'],
    ['one in English', { text: { zh: '请稍候', en: 'Calm down, please' } }, 'notice-phrase'],
    ['a customer’s number', { text: { zh: '请 A037 号到窗口', en: 'Please come' } }, 'notice-ticket'],
    ['one in English', { text: { zh: '请到窗口', en: 'Number B1002, please' } }, 'notice-ticket'],
    ['one in small letters', { text: { zh: '请a037号到窗口', en: 'Please come' } }, 'notice-ticket'],
    ['one in wide letters', { text: { zh: '请Ａ０３７号到窗口', en: 'Please come' } }, 'notice-ticket'],
    ['one with a gap', { text: { zh: '请 A 037 号到窗口', en: 'Please come' } }, 'notice-ticket'],
    ['one with a hyphen', { text: { zh: '请到窗口', en: 'A-137 please' } }, 'notice-ticket'],
    ['one in the lobby', { text: { zh: '大厅 A037 号客户请到窗口', en: 'Please come' } }, 'notice-ticket'],
    ['a curt answer', { text: { zh: '不知道，请问别人', en: 'Please ask' } }, 'notice-phrase'],
    ['a bare “look yourself”', { text: { zh: '说明在墙上，自己看', en: 'See the wall' } }, 'notice-phrase'],
  ])('are refused with %s', (_what, over, code) => {
    expect(day.refusal(posting(over))).toBe(code);
  });

  it('are refused in a title too', () => {
    const title = { zh: '急什么', en: 'Wait' };
    expect(day.refusal(posting({ kind: 'slide', title }))).toBe('notice-phrase');
  });

  it.each([
    '2026 年 3 月 2 日',
    '24H 自助服务',
    'WiFi: LOBBY2026',
    '满 500 元',
    '1 号窗口',
    '讲座在会议室 B201',
    'Talk in room B201',
    '活动在 Z204',
    'Draw a 100 yuan note',
    'A 500元 voucher',
    '请自己看管好随身物品',
    '不知道怎么填单，请问大堂经理',
    '如不知道在哪个窗口办理，请问我们',
  ])('may be “%s”', (zh) => {
    expect(day.try(posting({ text: { zh, en: 'x' } })).ok).toBe(true);
    day.do({ type: 'WithdrawNotice', noticeId: standing(day)[0] ?? '' });
  });

  it.each([
    [{ zh: '孕妇优先办理', en: 'x' }, true],
    [{ zh: 'x', en: 'A blind customer is being served' }, true],
    [{ zh: '大堂备有饮用水', en: 'Drinking water is ready' }, false],
    [rain, false],
    [{ zh: '让他优先办理', en: 'x' }, true],
    [{ zh: '贵宾客户请到窗口', en: 'x' }, true],
    [{ zh: '行动不便的客户已先办理', en: 'x' }, true],
    [{ zh: '腿脚不方便的客户先来', en: 'x' }, true],
    [{ zh: '有听力困难的客户', en: 'x' }, true],
    [{ zh: '视力不好的客户', en: 'x' }, true],
    [{ zh: '带幼儿的客户', en: 'x' }, true],
    [{ zh: '特需客户在办理', en: 'x' }, true],
    [{ zh: 'x', en: 'A customer hard of hearing' }, true],
    [{ zh: 'x', en: 'A customer has trouble walking' }, true],
    [{ zh: 'x', en: 'Priority for one customer' }, true],
    [{ zh: 'x', en: 'A VIP is being served' }, true],
    [{ zh: 'x', en: 'A senior is served first' }, true],
    [{ zh: '今天提前结束营业', en: 'We close early' }, false],
  ])('%j: is it pointed out that they may tell a reason?', (text, told) => {
    expect(mayTellReason(text)).toBe(told);
  });
});

describe('The ready-made notices', () => {
  const words = texts as Record<string, Text>;
  const all = noticeKinds.flatMap((kind) => readyNotices[kind].map((name) => [kind, name] as const));

  it.each(all)('%s %s can be posted as it stands, and tells nobody’s reason', (kind, name) => {
    const text = words[`ready.${name}`] ?? { zh: '', en: '' };
    const title = words[`ready.${name}Title`];
    expect(title === undefined).toBe(kind !== 'slide');
    for (const [said, most] of [
      [text, noticeLengths.text],
      [title ?? { zh: '无', en: 'x' }, noticeLengths.title],
    ] as const)
      for (const lang of ['zh', 'en'] as const) {
        expect(said[lang]).not.toBe('');
        expect(Array.from(said[lang]).length).toBeLessThanOrEqual(most[lang]);
      }
    expect(mayTellReason(text)).toBe(false);
    const day = new LobbyDay().open();
    day.do({ type: 'PostNotice', kind, text, ...(title && { title }), minutes: 60 });
  });
});
