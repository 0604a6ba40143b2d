import type { VisitCard } from '../../../src/protocol/views.js';
import type { ServiceClass, Text } from '../../../src/protocol/vocabulary.js';
import { AT, minutes } from './branch.js';

interface FixtureService {
  id: string;
  name: Text;
  order: number;
  class: ServiceClass;
  prefix: string;
  capabilities: string[];
}

const service = (
  id: string,
  zh: string,
  en: string,
  order: number,
  kind: ServiceClass,
  prefix: string,
): FixtureService => ({
  id,
  name: { zh, en },
  order,
  class: kind,
  prefix,
  capabilities: [],
});

/** What the fixture branch offers, with names as long as real ones. */
export const services = {
  cash: service('cash', '现金存取款', 'Cash deposit and withdrawal', 0, 'immediate', 'A'),
  account: service('account', '开户与银行卡业务', 'Accounts and bank cards', 1, 'complex', 'B'),
  wealth: service('wealth', '理财与贵金属', 'Wealth and precious metals', 2, 'complex', 'D'),
  corporate: service('corporate', '对公结算业务', 'Corporate settlement', 3, 'approval', 'C'),
  exchange: service('exchange', '外汇与国际汇款', 'Foreign exchange and remittance', 4, 'approval', 'E'),
};
export const cashService = services.cash;

/** A visit as staff see it: ordinary, waiting for cash for ten minutes, unless told otherwise. */
export const visit = (
  ticket: string,
  {
    service: { id, name, class: kind } = cashService,
    ...over
  }: Partial<Omit<VisitCard, 'service'>> & { service?: FixtureService } = {},
): VisitCard => ({
  visitId: `v${String(Number(ticket.slice(1)))}`,
  version: 2,
  ticket,
  tier: 0,
  service: { id, name, class: kind },
  more: [],
  issuedAt: AT - minutes(10),
  since: AT - minutes(10),
  status: 'waiting',
  ...over,
});
