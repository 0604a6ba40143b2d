import { createApp } from 'vue';
import '../shared/base.css';
import './admin.css';
import Admin from './Admin.vue';

createApp(Admin).mount('#app');
