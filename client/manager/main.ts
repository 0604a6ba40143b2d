import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../shared/base.css';
import { followBrowser } from '../shared/i18n.js';
import Manager from './Manager.vue';

followBrowser();
createApp(Manager).use(createPinia()).mount('#app');
