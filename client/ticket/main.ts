import { createApp } from 'vue';
import '../shared/base.css';
import './ticket.css';
import Ticket from './Ticket.vue';
import { offerForHomeScreen } from './homeScreen.js';

offerForHomeScreen();

createApp(Ticket).mount('#app');
