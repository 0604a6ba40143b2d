import vue from '@vitejs/plugin-vue';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

/** The pages that people work with; board, counter and rating pad have their own build (vite.signs.config.ts). */
const PAGES = ['start', 'teller', 'manager', 'kiosk', 'ticket', 'admin'];

const client = import.meta.dirname;

export default defineConfig({
  root: client,
  base: '/',
  plugins: [vue(), Icons({ compiler: 'vue3' })],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: join(client, '../dist/client'),
    // This build runs first and empties the folder for both.
    emptyOutDir: true,
    // Customers' phones are the oldest readers of these pages.
    target: ['chrome80', 'edge88', 'firefox78', 'safari14'],
    // Nothing is written into the page itself: no inline script, no data: address, so the content policy stays strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: PAGES.map((page) => join(client, page, 'index.html')).filter(existsSync) },
  },
});
