import { createApp } from 'vue';
import '../shared/base.css';
import { followBrowser } from '../shared/i18n.js';
import Start from './Start.vue';

followBrowser();
createApp(Start).mount('#app');
