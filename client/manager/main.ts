import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../shared/base.css';
import Manager from './Manager.vue';

createApp(Manager).use(createPinia()).mount('#app');
