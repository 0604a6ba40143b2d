import { createPinia } from 'pinia';
import { createApp } from 'vue';
import '../shared/base.css';
import Teller from './Teller.vue';

createApp(Teller).use(createPinia()).mount('#app');
