import vue from '@vitejs/plugin-vue';
import { join } from 'node:path';
import Icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

const client = import.meta.dirname;

/**
 * The light pages: board, counter and rating pad run for days on boxes whose WebView may be Chromium 64, and the ticket
 * opens on whatever phone a customer has. They share no chunk with the other pages, so that the dialogs of staff never
 * reach them. One module build is enough for Chromium 64, and nothing in it needs a polyfill: the test of the built
 * pages refuses every newer call.
 */
export default defineConfig({
  root: client,
  base: '/',
  plugins: [vue(), Icons({ compiler: 'vue3' })],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: join(client, '../dist/client'),
    emptyOutDir: false,
    assetsDir: 'assets/signs',
    // Chromium 64 could read a little more, but "parses as ES2017" is a check that any parser can make.
    target: 'es2017',
    cssTarget: 'chrome64',
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: ['board', 'counter', 'rating', 'ticket'].map((page) => join(client, page, 'index.html')),
    },
  },
});
