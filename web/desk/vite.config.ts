//! How the desk is built: one small site with relative addresses, so that any binary can carry it inside.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where a running centre answers while one works on the pages (`npm run dev`). */
const centre = process.env['OTKLIK_HTTP'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    target: 'es2022',
    // The content security policy of the server knows no `data:` fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': { target: centre, ws: true, changeOrigin: false } } },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'messages/**/*.test.ts'] },
});
