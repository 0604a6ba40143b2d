import vue from '@vitejs/plugin-vue';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

/** The pages for staff and the kiosk; board, counter, rating pad and ticket have a lighter build (vite.signs.config.ts). */
const PAGES = ['start', 'teller', 'manager', 'kiosk', 'admin'];

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
    // Branches replace their computers seldom.
    target: ['chrome80', 'edge88', 'firefox78', 'safari14'],
    // Nothing is written into the page itself: no inline script, no data: address, so the content policy stays strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: PAGES.map((page) => join(client, page, 'index.html')).filter(existsSync) },
  },
});
