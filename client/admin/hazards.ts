import type { Hazard } from '../../src/protocol/starvation.js';
import type { BranchSetup } from '../../src/protocol/settings.js';
import { say } from '../shared/i18n.js';
import { t } from './texts.js';

const named = (things: readonly { id: string; name: { zh: string; en: string } }[], id: string): string => {
  const thing = things.find((each) => each.id === id);
  return thing ? say(thing.name) : t('rules.gone');
};

/** Who might never be called, and by what. */
export function hazardWords({ kind, id = '' }: Hazard, { services, zones }: BranchSetup): string {
  switch (kind) {
    case 'strictPriority':
      return t('starve.strictPriority');
    case 'ratio':
      return t('starve.ratio', { name: t('rules.class', { of: id }) });
    case 'waitRule': {
      const [of = '', ...rest] = id.split('.');
      const whose = rest.join('.');
      const name =
        of === 'class' ? t('rules.class', { of: whose }) : named(of === 'zone' ? zones : services, whose);
      return t('starve.waitRule', { name });
    }
    case 'leftOver':
      return t('starve.leftOver', { name: named(services, id) });
  }
}
