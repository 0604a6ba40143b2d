import { createApp } from 'vue';
import '../shared/base.css';
import './admin.css';
import { followBrowser } from '../shared/i18n.js';
import Admin from './Admin.vue';

followBrowser();
createApp(Admin).mount('#app');
