import type { Hazard } from '../../src/protocol/starvation.js';
import { t } from './texts.js';

/** Who might never be called, and by what. */
export function hazardWords({ kind, id = '' }: Hazard): string {
  switch (kind) {
    case 'strictPriority':
      return t('starve.strictPriority');
    case 'ratio':
      return t('starve.ratio', { name: t('rules.class', { of: id }) });
  }
}
