import { createApp } from 'vue';
import '../shared/base.css';
import './ticket.css';
import Ticket from './Ticket.vue';

createApp(Ticket).mount('#app');
