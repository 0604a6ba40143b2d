import type { BranchSetup, CounterSetup, Service } from '../protocol/settings.js';
import { usualSettings } from '../protocol/usualSettings.js';
import type { ServiceClass, Text } from '../protocol/vocabulary.js';

/** Foreign exchange is of any class, by the personal shares: the mean and spread of that mixture. */
const anyClass = { mean: 5.9, cv: 1.1 };

/** Mean minutes and spread of each class: assumptions of the published model, a prior until a branch has its own. */
const priors: Record<ServiceClass, { mean: number; cv: number }> = {
  immediate: { mean: 3.6, cv: 0.6 },
  complex: { mean: 9.5, cv: 0.5 },
  approval: { mean: 32, cv: 0.35 },
};

const text = (zh: string, en: string): Text => ({ zh, en });

const idCard = text('本人有效身份证件', 'Your identity card');
const companyPapers = text(
  '营业执照、经办人身份证件、印鉴',
  'Business licence, your identity card, company seals',
);

const service = (
  id: string,
  prefix: string,
  name: Text,
  zone: string,
  serviceClass: ServiceClass,
  capabilities: string[],
  documents = idCard,
): Service => ({
  id,
  name,
  prefix,
  zone,
  class: serviceClass,
  capabilities,
  documents,
  hours: { from: 8 * 60, to: 18 * 60 },
  cap: 0,
  time: priors[serviceClass],
});

const cash = ['cash', 'cashComplex'];
const personal = ['personal', 'personalComplex', 'personalApproval'];
const corporate = ['corporate', 'corporateComplex', 'corporateApproval'];

const counter = (
  number: number,
  zone: string,
  equipment: string[],
  services: string[],
  more: Partial<Pick<CounterSetup, 'vip' | 'standing' | 'elastic'>> = {},
): CounterSetup => ({
  id: `w${String(number)}`,
  label: text(`${String(number)} 号窗口`, `Window ${String(number)}`),
  zone,
  equipment,
  services,
  vip: false,
  standing: false,
  elastic: false,
  ...more,
});

/**
 * A branch to begin with: eight counters with the skills of the published model. First-run set-up and the
 * demo start from it; an administrator changes it afterwards.
 */
export const branchTemplate: BranchSetup = {
  id: 'main',
  name: text('示范网点', 'Model branch'),
  timeZone: 'Asia/Shanghai',
  zones: [
    { id: 'cash', name: text('现金区', 'Cash'), room: false },
    { id: 'personal', name: text('非现金区', 'Cards and accounts'), room: false },
    { id: 'corporate', name: text('对公区', 'Companies'), room: false },
  ],
  services: [
    service('cash', 'A', text('现金存取', 'Cash in and out'), 'cash', 'immediate', ['cash']),
    service('cashComplex', 'B', text('大额现金与零钞', 'Large amounts and change'), 'cash', 'complex', [
      'cash',
    ]),
    service('personal', 'C', text('银行卡与转账', 'Cards and transfers'), 'personal', 'immediate', [
      'nonCash',
    ]),
    service('personalComplex', 'D', text('开户与挂失', 'Accounts and lost cards'), 'personal', 'complex', [
      'nonCash',
    ]),
    service('personalApproval', 'E', text('贷款与理财', 'Loans and savings plans'), 'personal', 'approval', [
      'nonCash',
    ]),
    {
      ...service('foreignExchange', 'F', text('外币兑换', 'Foreign exchange'), 'personal', 'complex', [
        'foreignExchange',
      ]),
      time: anyClass,
    },
    service(
      'corporate',
      'G',
      text('对公结算', 'Company payments'),
      'corporate',
      'immediate',
      ['corporate'],
      companyPapers,
    ),
    service(
      'corporateComplex',
      'H',
      text('对公开户与变更', 'Company accounts'),
      'corporate',
      'complex',
      ['corporate'],
      companyPapers,
    ),
    service(
      'corporateApproval',
      'K',
      text('对公授信', 'Company credit'),
      'corporate',
      'approval',
      ['corporate'],
      companyPapers,
    ),
  ],
  counters: [
    counter(1, 'cash', ['cash', 'nonCash'], [...cash, ...personal]),
    counter(2, 'cash', ['cash', 'nonCash'], [...cash, ...personal]),
    counter(3, 'cash', ['cash', 'nonCash', 'foreignExchange'], [...cash, ...personal, 'foreignExchange']),
    counter(4, 'cash', ['cash', 'nonCash', 'lowCounter', 'signLanguage'], [...cash, ...personal], {
      standing: true,
    }),
    counter(5, 'corporate', ['cash', 'nonCash', 'corporate'], [...cash, ...personal, ...corporate], {
      vip: true,
    }),
    counter(
      6,
      'corporate',
      ['nonCash', 'corporate', 'foreignExchange'],
      [...personal, ...corporate, 'foreignExchange'],
    ),
    counter(7, 'personal', ['cash', 'nonCash', 'lowCounter'], [...cash, ...personal], { elastic: true }),
    counter(8, 'corporate', ['cash', 'nonCash', 'corporate'], [...cash, ...personal, ...corporate], {
      elastic: true,
    }),
  ],
  settings: usualSettings,
};
