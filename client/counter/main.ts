import { createApp } from 'vue';
import '../shared/base.css';
import Counter from './Counter.vue';

createApp(Counter).mount('#app');
