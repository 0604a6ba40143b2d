import { createApp } from 'vue';
import '../shared/base.css';
import Rating from './Rating.vue';

createApp(Rating).mount('#app');
