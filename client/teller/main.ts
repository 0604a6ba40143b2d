import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../shared/base.css';
import { followBrowser } from '../shared/i18n.js';
import Teller from './Teller.vue';

followBrowser();
createApp(Teller).use(createPinia()).mount('#app');
