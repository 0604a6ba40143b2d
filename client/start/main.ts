import { createApp } from 'vue';
import '../shared/base.css';
import Start from './Start.vue';

createApp(Start).mount('#app');
