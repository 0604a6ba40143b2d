import errors from '../../protocol/texts/errors.json' with { type: 'json' };
import kiosk from '../../protocol/texts/kiosk.json' with { type: 'json' };
import receipt from '../../protocol/texts/receipt.json' with { type: 'json' };
import type { Text } from '../../protocol/vocabulary.js';
import type { Word } from './words.js';

/** A text of the catalogue, by its key, and how its Chinese is read. English is read as it stands. */
const screens: readonly (readonly [key: keyof typeof kiosk, pinyin: string])[] = [
  ['kiosk.pickOne', 'qing3 dian3 yi2 xia4 nin2 yao4 ban4 de5 ye4 wu4'],
  ['kiosk.pickAnother', 'qing3 zai4 dian3 yi2 xiang4 ye4 wu4'],
  ['kiosk.oneTicket', 'ji3 xiang4 ye4 wu4 zhi3 yong4 yi4 zhang1 hao4 piao4, yi1 ci4 ban4 li3'],
  ['kiosk.unstaffed', 'zan4 shi2 mei2 you3 chuang1 kou3 ban4 li3'],
  [
    'kiosk.unstaffedWhy',
    'xian4 zai4 mei2 you3 chuang1 kou3 ban4 li3 zhe4 xiang4 ye4 wu4, ke3 yi3 xian1 qu3 hao4, ye3 qing3 xian1 wen4 yi2 wen4 da4 tang2 jing1 li3',
  ],
  ['kiosk.yourChoice', 'nin2 yao4 ban4 li3'],
  ['kiosk.bring', 'qing3 zhun3 bei4'],
  ['kiosk.noEstimate', 'shi2 jian1 zan4 wu2 fa3 yu4 ji4'],
  ['kiosk.busy', 'chuang1 kou3 zheng4 mang2'],
  ['kiosk.enterCode', 'qing3 shu1 ru4 yu4 yue1 ma3'],
  ['kiosk.codeWhere', 'yu4 yue1 ma3 zai4 nin2 de5 yu4 yue1 duan3 xin4 li3'],
  ['kiosk.checkedIn', 'qian1 dao4 cheng2 gong1'],
  ['kiosk.keepNumber', 'qing3 ji4 zhu4 hao4 ma3, zuo4 xia4 hou4 liu2 yi4 da4 ting1 ping2 mu4'],
  ['kiosk.printing', 'zheng4 zai4 da3 yin4 hao4 piao4'],
  ['kiosk.printed', 'hao4 piao4 yi3 da3 yin4, qing3 qu3 zou3 hou4 zuo4 xia4 xiu1 xi5'],
  [
    'kiosk.print.paperOut',
    'da3 yin4 ji1 mei2 you3 zhi3 le5, hao4 ma3 zhao4 yang4 you3 xiao4, qing3 ji4 zhu4 hao4 ma3, huo4 yong4 shou3 ji1 sao3 ma3',
  ],
  [
    'kiosk.print.down',
    'da3 yin4 ji1 zan4 shi2 bu4 neng2 yong4, hao4 ma3 zhao4 yang4 you3 xiao4, qing3 ji4 zhu4 hao4 ma3, huo4 yong4 shou3 ji1 sao3 ma3',
  ],
  [
    'kiosk.print.unsure',
    'hao4 piao4 ke3 neng2 mei2 you3 da3 yin4 wan2 zheng3, hao4 ma3 zhao4 yang4 you3 xiao4, qing3 ji4 zhu4 hao4 ma3, huo4 yong4 shou3 ji1 sao3 ma3',
  ],
  [
    'kiosk.before.paperOut',
    'da3 yin4 ji1 mei2 you3 zhi3 le5, qu3 hao4 hou4 qing3 ji4 zhu4 hao4 ma3, huo4 yong4 shou3 ji1 sao3 ma3',
  ],
  [
    'kiosk.before.down',
    'da3 yin4 ji1 zan4 shi2 bu4 neng2 yong4, qu3 hao4 hou4 qing3 ji4 zhu4 hao4 ma3, huo4 yong4 shou3 ji1 sao3 ma3',
  ],
  ['kiosk.helpSending', 'zheng4 zai4 tong1 zhi1 gong1 zuo4 ren2 yuan2'],
  ['kiosk.helpTitle', 'gong1 zuo4 ren2 yuan2 ma3 shang4 jiu4 lai2'],
  [
    'kiosk.helpBody',
    'qing3 zai4 zhe4 li3 shao1 hou4, ye3 ke3 yi3 xian1 zuo4 yi2 zuo4, wo3 men5 hui4 lai2 zhao3 nin2',
  ],
  ['kiosk.helpFailedTitle', 'qing3 zhao3 da4 tang2 jing1 li3'],
  [
    'kiosk.helpFailedBody',
    'zhe4 tai2 ji1 qi4 zan4 shi2 mei2 neng2 tong1 zhi1 dao4 gong1 zuo4 ren2 yuan2, da4 tang2 li3 de5 tong2 shi4 hen3 le4 yi4 bang1 nin2',
  ],
  ['kiosk.problemTitle', 'zhe4 yi2 bu4 mei2 you3 wan2 cheng2'],
  ['kiosk.unsureTitle', 'qing3 xian1 wen4 yi2 wen4 da4 tang2 jing1 li3'],
  [
    'kiosk.unsure',
    'xi4 tong3 mei2 you3 ji2 shi2 da2 fu4, hao4 piao4 ke3 neng2 yi3 jing1 qu3 dao4, da4 tang2 jing1 li3 ke3 yi3 wei4 nin2 cha2 kan4',
  ],
  [
    'kiosk.notSent',
    'gang1 cai2 mei2 you3 lian2 shang4 xi4 tong3, hai2 mei2 you3 qu3 hao4. qing3 shao1 hou4 zai4 shi4, huo4 qing3 da4 tang2 jing1 li3 bang1 mang2',
  ],
  [
    'kiosk.choiceGone',
    'nin2 xuan3 de5 ye4 wu4 gang1 gang1 ting2 zhi3 qu3 hao4, qing3 xuan3 qi2 ta1 ye4 wu4, huo4 qing3 da4 tang2 jing1 li3 bang1 mang2',
  ],
  ['kiosk.stillThere', 'nin2 hai2 zai4 ma5'],
  ['kiosk.starting', 'qu3 hao4 ji1 zheng4 zai4 zhun3 bei4'],
  ['kiosk.startingWhy', 'qing3 shao1 hou4 pian4 ke4, da4 tang2 jing1 li3 ye3 ke3 yi3 wei4 nin2 qu3 hao4'],
  ['kiosk.offline', 'qing3 dao4 da4 tang2 jing1 li3 chu4 qu3 hao4'],
  [
    'kiosk.offlineWhy',
    'qu3 hao4 ji1 zan4 shi2 lian2 bu2 shang4 xi4 tong3, da4 tang2 jing1 li3 hui4 wei4 nin2 an1 pai2',
  ],
  ['kiosk.notOpen', 'xian4 zai4 mei2 you3 ying2 ye4'],
  [
    'kiosk.notOpenWhy',
    'kai1 shi3 ying2 ye4 hou4 jiu4 ke3 yi3 zai4 zhe4 li3 qu3 hao4, huan1 ying2 nin2 zai4 lai2',
  ],
  ['kiosk.ended', 'jin1 ri4 qu3 hao4 yi3 jie2 shu4'],
  [
    'kiosk.endedWhy',
    'yi3 qu3 hao4 de5 ke4 hu4 hui4 ji4 xu4 ban4 li3. xu1 yao4 bang1 zhu4 qing3 gao4 su4 wo3 men5',
  ],
  [
    'kiosk.say.offers',
    'ping2 mu4 xia4 fang1 hai2 ke3 yi3 yu4 yue1 qian1 dao4, qing3 ren2 bang1 mang2, huo4 zhe3 tiao2 zheng3 zi4 de5 da4 xiao3',
  ],
  ['kiosk.say.more', 'hai2 you3 qi2 ta1 ye4 wu4, qing3 dian3 geng4 duo1 ye4 wu4'],
  [
    'kiosk.say.take',
    'dian3 qu3 hao4, jiu4 ke3 yi3 na2 dao4 hao4 ma3. ye3 ke3 yi3 dian3 fan3 hui2, chong2 xin1 xuan3',
  ],
  ['kiosk.say.checkIn', 'shu1 ru4 wan2 le5, qing3 dian3 qian1 dao4'],
  [
    'kiosk.say.scan',
    'yong4 shou3 ji1 sao3 yi4 sao3 ping2 mu4 shang4 de5 er4 wei2 ma3, sui2 shi2 ke3 yi3 cha2 kan4 jin4 du4',
  ],
  [
    'kiosk.say.problem',
    'dian3 hao3 de5 ke3 yi3 ji4 xu4, dian3 wo3 xu1 yao4 bang1 zhu4 ke3 yi3 qing3 ren2 lai2',
  ],
  ['kiosk.say.stay', 'qing3 bu2 yong4 zhao2 ji2. xiang3 ji4 xu4, qing3 dian3 wo3 hai2 zai4'],
];

/** Refusals that a kiosk can meet. */
const refusals: readonly (readonly [code: keyof typeof errors, pinyin: string])[] = [
  ['unknown-appointment', 'mei2 you3 zhao3 dao4 zhe4 ge5 yu4 yue1, qing3 he2 dui4 yu4 yue1 ma3'],
  ['already-checked-in', 'zhe4 ge5 yu4 yue1 yi3 jing1 qian1 dao4'],
  ['service-closed', 'zhe4 xiang4 ye4 wu4 xian4 zai4 bu2 ban4 li3'],
  ['service-full', 'zhe4 xiang4 ye4 wu4 jin1 tian1 de5 hao4 yi3 qu3 wan2'],
  ['tickets-ended', 'jin1 ri4 qu3 hao4 yi3 jie2 shu4, yi3 qu3 hao4 de5 ke4 hu4 hui4 ji4 xu4 ban4 li3'],
  ['numbers-exhausted', 'hao4 ma3 yi3 yong4 wan2, qing3 lian2 xi4 gong1 zuo4 ren2 yuan2'],
];

type Row = readonly [name: string, says: string, read: string];

/** The parts of sentences that have a number in them. */
const zhParts: readonly Row[] = [
  ['your-number', '您的号码是', 'nin2 de5 hao4 ma3 shi4'],
  ['ahead', '前面还有', 'qian2 mian4 hai2 you3'],
  ['people', '位', 'wei4'],
  ['next', '马上就到您了', 'ma3 shang4 jiu4 dao4 nin2 le5'],
  ['expected', '预计等候', 'yu4 ji4 deng3 hou4'],
  ['about', '约', 'yue1'],
  ['up-to', '至', 'zhi4'],
  ['minutes', '分钟', 'fen1 zhong1'],
  ['within', '分钟以内', 'fen1 zhong1 yi3 nei4'],
  ['waiting', '人等候', 'ren2 deng3 hou4'],
  ['nobody', '无人等候', 'wu2 ren2 deng3 hou4'],
  ['100', '100', 'bai3'],
  ['two', '两', 'liang3'],
  // The services of the branch that set-up begins with, and what to bring for them.
  ['cash-service', '现金存取', 'xian4 jin1 cun2 qu3'],
  ['large-amounts', '大额现金与零钞', 'da4 e2 xian4 jin1 yu3 ling2 chao1'],
  ['cards', '银行卡与转账', 'yin2 hang2 ka3 yu3 zhuan3 zhang4'],
  ['accounts', '开户与挂失', 'kai1 hu4 yu3 gua4 shi1'],
  ['loans', '贷款与理财', 'dai4 kuan3 yu3 li3 cai2'],
  ['foreign-exchange', '外币兑换', 'wai4 bi4 dui4 huan4'],
  ['company-payments', '对公结算', 'dui4 gong1 jie2 suan4'],
  ['company-accounts', '对公开户与变更', 'dui4 gong1 kai1 hu4 yu3 bian4 geng1'],
  ['company-credit', '对公授信', 'dui4 gong1 shou4 xin4'],
  ['id-card', '本人有效身份证件', 'ben3 ren2 you3 xiao4 shen1 fen4 zheng4 jian4'],
  [
    'company-papers',
    '营业执照、经办人身份证件、印鉴',
    'ying2 ye4 zhi2 zhao4, jing1 ban4 ren2 shen1 fen4 zheng4 jian4, yin4 jian4',
  ],
];
const enParts: readonly Row[] = [
  ['your-number', 'Your number is', 'your number is'],
  ['before', 'people before you', 'people before you'],
  ['one-before', 'person before you', 'person before you'],
  ['next', 'You are next', 'you are next'],
  ['expected', 'Expected wait', 'expected wait'],
  ['about', 'about', 'about'],
  ['up-to', 'to', 'to'],
  ['minutes', 'minutes', 'minutes'],
  ['minute', 'minute', 'minute'],
  ['within', 'within', 'within'],
  ['waiting', 'people waiting', 'people waiting'],
  ['one-waiting', 'person waiting', 'person waiting'],
  ['nobody', 'nobody waiting', 'nobody waiting'],
  ['100', '100', 'hundred'],
  ['cash-service', 'Cash in and out', 'cash in and out'],
  ['large-amounts', 'Large amounts and change', 'large amounts and change'],
  ['cards', 'Cards and transfers', 'cards and transfers'],
  ['accounts', 'Accounts and lost cards', 'accounts and lost cards'],
  ['loans', 'Loans and savings plans', 'loans and savings plans'],
  ['foreign-exchange', 'Foreign exchange', 'foreign exchange'],
  ['company-payments', 'Company payments', 'company payments'],
  ['company-accounts', 'Company accounts', 'company accounts'],
  ['company-credit', 'Company credit', 'company credit'],
  ['id-card', 'Your identity card', 'your identity card'],
  [
    'company-papers',
    'Business licence, your identity card, company seals',
    'business licence, your identity card, company seals',
  ],
];

/** `kiosk.print.paperOut` is the clip `kiosk-print-paper-out`. */
const nameOf = (key: string): string =>
  key.replace(/[A-Z.]/g, (sign) => `-${sign === '.' ? '' : sign.toLowerCase()}`);
const both = (name: string, { zh, en }: Text, pinyin: string): Word[] => [
  { name: `zh-${name}`, lang: 'zh', says: zh, read: pinyin },
  { name: `en-${name}`, lang: 'en', says: en, read: en },
];

/** Two texts may have the same words in one language. */
const once = ({ lang, says }: Word, at: number, all: Word[]): boolean =>
  all.findIndex((word) => word.lang === lang && word.says === says) === at;

/** What a kiosk reads aloud besides the boards' words: its texts are the catalogue's, so that ear and eye agree. */
export const kioskWords: readonly Word[] = [
  ...screens.flatMap(([key, pinyin]) => both(nameOf(key), kiosk[key], pinyin)),
  ...both('kiosk-busy-seat', receipt['receipt.busy'], 'chuang1 kou3 zheng4 mang2, qing3 xian1 zuo4 yi2 zuo4'),
  ...refusals.flatMap(([code, pinyin]) => both(`kiosk-${code}`, errors[code], pinyin)),
  ...zhParts.map(([name, says, read]): Word => ({ name: `zh-kiosk-${name}`, lang: 'zh', says, read })),
  ...enParts.map(([name, says, read]): Word => ({ name: `en-kiosk-${name}`, lang: 'en', says, read })),
].filter(once);
