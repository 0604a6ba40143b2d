import { createApp } from 'vue';
import '../shared/base.css';
import './kiosk.css';
import Kiosk from './Kiosk.vue';

createApp(Kiosk).mount('#app');
