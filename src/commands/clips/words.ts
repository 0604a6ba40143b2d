import type { Clip } from '../../protocol/spoken.js';

/** A clip to be made, and what the voice is given to read. */
export type Word = Required<Clip> & { read: string };

type Row = readonly [name: string, says: string, read: string];

const rows = (lang: 'zh' | 'en', list: readonly Row[]): Word[] =>
  list.map(([name, says, read]) => ({ name: `${lang}-${name}`, lang, says, read }));

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const zhDigits = ['ling2', 'yi1', 'er4', 'san1', 'si4', 'wu3', 'liu4', 'qi1', 'ba1', 'jiu3'];
const enNumbers = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const enTens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Read as pinyin, so that no dictionary has to guess a tone. */
const zhWords: Row[] = [
  ['please', '请', 'qing3'],
  ['number', '号', 'hao4'],
  ['to', '到', 'dao4'],
  ['look', '请看屏幕', 'qing3 kan4 ping2 mu4'],
  ['yao', '幺', 'yao1'],
  ['10', '10', 'shi2'],
  ['number-window', '号窗口', 'hao4 chuang1 kou3'],
  ['window', '窗口', 'chuang1 kou3'],
  ['number-counter', '号柜台', 'hao4 gui4 tai2'],
  ['counter', '柜台', 'gui4 tai2'],
  ['room', '室', 'shi4'],
  ['hall', '厅', 'ting1'],
  ['area', '区', 'qu1'],
  ['floor', '楼', 'lou2'],
  ['love', '爱心', 'ai4 xin1'],
  ['vip', '贵宾', 'gui4 bin1'],
  ['wealth', '理财', 'li3 cai2'],
  ['talk', '洽谈', 'qia4 tan2'],
  ['cash', '现金', 'xian4 jin1'],
  ['non-cash', '非现金', 'fei1 xian4 jin1'],
  ['company', '对公', 'dui4 gong1'],
  ['personal', '个人', 'ge4 ren2'],
  ['business', '业务', 'ye4 wu4'],
  ['general', '综合', 'zong1 he2'],
  ['foreign-money', '外币', 'wai4 bi4'],
  ['advice', '咨询', 'zi1 xun2'],
  ['low', '低位', 'di1 wei4'],
];

const enWords: Row[] = [
  ['number', 'Number', 'number'],
  ['go-to', 'Please go to', 'please go to'],
  ['look', 'Please see the screen', 'please see the screen'],
  ['window', 'Window', 'window'],
  ['counter', 'Counter', 'counter'],
  ['desk', 'Desk', 'desk'],
  ['room', 'Room', 'room'],
  ['hall', 'Hall', 'hall'],
  ['area', 'Area', 'area'],
  ['floor', 'Floor', 'floor'],
  ['love', 'Love', 'love'],
  ['vip', 'VIP', 'V I P'],
  ['wealth', 'Wealth', 'wealth'],
  ['meeting', 'Meeting', 'meeting'],
  ['cash', 'Cash', 'cash'],
  ['non-cash', 'Non-cash', 'non cash'],
  ['company', 'Company', 'company'],
  ['corporate', 'Corporate', 'corporate'],
  ['personal', 'Personal', 'personal'],
  ['business', 'Business', 'business'],
  ['general', 'General', 'general'],
  ['foreign', 'Foreign', 'foreign'],
  ['currency', 'Currency', 'currency'],
  ['exchange', 'Exchange', 'exchange'],
  ['advice', 'Advice', 'advice'],
  ['enquiries', 'Enquiries', 'enquiries'],
  ['low', 'Low', 'low'],
];

/** Everything a board can say: signs of a number, numbers of windows, and the words that windows are named with. */
export const words: readonly Word[] = [
  ...rows(
    'zh',
    zhDigits.map((read, n) => [String(n), String(n), read]),
  ),
  ...rows('zh', zhWords),
  ...rows(
    'zh',
    letters.map((letter) => [letter.toLowerCase(), letter, letter]),
  ),
  ...rows(
    'en',
    enNumbers.map((read, n) => [String(n), String(n), read]),
  ),
  ...rows(
    'en',
    enTens.map((read, n) => [String(20 + 10 * n), String(20 + 10 * n), read]),
  ),
  ...rows('en', enWords),
  ...rows(
    'en',
    letters.map((letter) => [letter.toLowerCase(), letter, letter]),
  ),
];
