import { readClips } from '../../../src/commands/clips/read.js';
import { kioskWords } from '../../../src/commands/clips/kioskWords.js';
import { branchTemplate } from '../../../src/lobby/template.js';
import { readAloud, unreadOf } from '../../../src/protocol/readAloud.js';
import type { ReadScreen, ReadService } from '../../../src/protocol/readAloud.js';
import { receiptOf } from '../../../src/protocol/receipt.js';
import { Vocabulary } from '../../../src/protocol/spoken.js';
import phone from '../../../src/protocol/texts/ticket.json' with { type: 'json' };

const { clips, lost } = readClips(['client/public/voice'], 'kiosk');
const vocabulary = new Vocabulary(clips);
const says = new Map(clips.map(({ name, says: words }) => [name, words ?? name]));
/** What is heard, in words. */
const heard = (screen: ReadScreen, lang: 'zh' | 'en' = 'zh', words = vocabulary): string[] =>
  readAloud(screen, lang, words).utterances.map(({ parts }) =>
    parts.flatMap((part) => (typeof part === 'string' ? [says.get(part) ?? part] : [])).join(' '),
  );
const offered = (id: string, more: Partial<ReadService> = {}): ReadService => {
  const known = branchTemplate.services.find((service) => service.id === id)!;
  return {
    id,
    name: known.name,
    documents: known.documents,
    waiting: 3,
    minutes: { low: 12, high: 20 },
    ...more,
  };
};
const ticket: ReadScreen = {
  ...{ name: 'issued', ticket: 'A120', checkedIn: false, paper: 'kiosk.printed', code: true },
  ...{ ahead: 108, minutes: { low: 30, high: 45 } },
};

describe('what a kiosk reads aloud [W-25]', () => {
  it('names each service that can be touched, and points at its tile while it is named', () => {
    const screen: ReadScreen = {
      ...{ name: 'services', another: false, more: false, notices: [] },
      services: [offered('cash'), offered('corporate', { unstaffed: true })],
    };
    expect(heard(screen)).toEqual([
      '请点一下您要办的业务',
      '现金存取',
      '对公结算 暂时没有窗口办理',
      '屏幕下方还可以预约签到、请人帮忙，或者调整字的大小',
    ]);
    expect(readAloud(screen, 'zh', vocabulary).utterances.map(({ of }) => of)).toEqual([
      ...[undefined, 'cash', 'corporate', undefined],
    ]);
  });

  it('says the choice with its wait and papers, numbers as they are spoken', () => {
    expect(heard({ name: 'confirm', services: [offered('cash', { waiting: 2 })] })).toEqual([
      '您要办理 现金存取',
      '两 人等候',
      '预计等候 约 10 2 至 2 10 分钟',
      '请准备 本人有效身份证件',
      '点取号，就可以拿到号码。也可以点返回，重新选',
    ]);
    expect(heard({ name: 'confirm', services: [offered('cash', { waiting: 1 })] }, 'en').slice(0, 3)).toEqual(
      ['Your choice Cash in and out', '1 person waiting', 'Expected wait about 12 to 20 minutes'],
    );
  });

  it('says a ticket’s number sign by sign, who is ahead, how long, and what became of the paper', () => {
    expect(heard(ticket)).toEqual([
      '您的号码是 A 1 2 0',
      '前面还有 1 100 0 8 位',
      '预计等候 约 3 10 至 4 10 5 分钟',
      '号票已打印，请取走后坐下休息',
      '用手机扫一扫屏幕上的二维码，随时可以查看进度',
    ]);
    expect(heard(ticket, 'en').slice(0, 3)).toEqual([
      'Your number is A 1 2 0',
      '1 100 8 people before you',
      'Expected wait about 30 to 40 5 minutes',
    ]);
  });

  it('[W-28] promises nobody that they are next while the windows are busy', () => {
    const busy = { ahead: 0, minutes: { low: 20, high: 23 } };
    const said = heard({ ...ticket, ...busy });
    expect(said.slice(1, 3)).toEqual(['窗口正忙，请先坐一坐', '预计等候 约 2 10 至 2 10 3 分钟']);
    // In the words that stand on kiosk, receipt and phone.
    const facts = { branch: { zh: '', en: '' }, timeZone: 'UTC', ticket: 'A120', services: [], issuedAt: 0 };
    const words = receiptOf({ ...facts, ...busy }, undefined).find(({ kind }) => kind === 'ahead')?.text;
    expect(words).toEqual(phone['ticket.busy']);
    expect([said[1], heard({ ...ticket, ...busy }, 'en')[1]]).toEqual([words?.zh, words?.en]);
    expect(heard({ ...ticket, ahead: 0, minutes: { low: 1, high: 3 } })[1]).toBe('马上就到您了');
  });

  it('[W-26] leaves out a service without a recording, and points to the screen once', () => {
    const own = { ...offered('cash'), id: 'gold', name: { zh: '黄金', en: 'Gold' } };
    const said = heard({
      name: 'services',
      services: [own, offered('cash')],
      another: false,
      more: false,
      notices: [],
    });
    expect(said.slice(0, 2)).toEqual(['请点一下您要办的业务', '现金存取']);
    expect(said.at(-1)).toBe('请看屏幕');
    expect(said.join()).not.toContain('黄金');
  });

  it('[W-26] what staff have put up is left to the eye, not left out', () => {
    const screen: ReadScreen = {
      ...{ name: 'services', services: [offered('cash')], another: false, more: false },
      notices: ['外币兑换今天 15:00 结束'],
    };
    expect(heard(screen)[0]).toBe('请点一下您要办的业务');
    expect(heard(screen).at(-1)).toBe('请看屏幕');
  });

  it('[W-26] never says a number in part', () => {
    const without = new Vocabulary(clips.filter(({ name }) => name !== 'zh-2'));
    expect(heard(ticket, 'zh', without).join()).not.toContain('您的号码');
  });

  it('[W-26] a bank’s own recording is its own service’s name', () => {
    const words = new Vocabulary([...clips, { name: 'zh-gold', lang: 'zh', says: '黄金' }]);
    const own = { ...offered('cash'), id: 'gold', name: { zh: '黄金', en: 'Gold' } };
    const { utterances } = readAloud(
      { name: 'services', services: [own], another: false, more: false, notices: [] },
      'zh',
      words,
    );
    expect(utterances[1]?.parts).toContain('zh-gold');
  });
});

describe('the kiosk’s clips in the repository', () => {
  it('are those of its words, each with its file', () => {
    expect(lost).toEqual([]);
    const kiosk = clips.filter(({ name }) => name.includes('-kiosk-')).map(({ name }) => name);
    expect(kiosk).toEqual(kioskWords.map(({ name }) => name));
  });

  it('read every screen of the branch that set-up begins with', () => {
    expect(unreadOf(branchTemplate, vocabulary)).toEqual([]);
  });

  it.each(kioskWords.map(({ name }) => name))('the check notices that %s is missing', (name) => {
    const left = new Vocabulary(clips.filter((clip) => clip.name !== name));
    expect(unreadOf(branchTemplate, left)).not.toEqual([]);
  });
});
