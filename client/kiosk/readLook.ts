import type { Component } from 'vue';
import IconStop from '~icons/lucide/circle-stop';
import IconAgain from '~icons/lucide/rotate-ccw';
import IconSound from '~icons/lucide/volume-2';
import type { Reading } from './reading.js';
import { t } from './texts.js';

/** The read-aloud button, by what a touch does now. */
export function readLook(reading: Reading): { icon: Component; words: string } {
  switch (reading) {
    case 'off':
      return { icon: IconSound, words: t('kiosk.read') };
    case 'reading':
      return { icon: IconStop, words: t('kiosk.readStop') };
    case 'read':
      return { icon: IconAgain, words: t('kiosk.readAgain') };
  }
}
