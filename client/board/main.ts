import { createApp } from 'vue';
import '../shared/base.css';
import Board from './Board.vue';

createApp(Board).mount('#app');
