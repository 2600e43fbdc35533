//! How the desk is built: one small site, so that any binary can carry it inside.
import react from '@vitejs/plugin-react';
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, deepMerge, mergeMantineTheme } from '@mantine/core';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { resolver, theme } from './src/look/theme.ts';

/** Where a running centre answers while one works on the pages (`npm run dev`). */
const centre = process.env['OTKLIK_HTTP'] ?? 'http://127.0.0.1:8080';

/** Mantine's variables as a file of their own: the content security policy can then forbid every inline style sheet. */
function mantineVariables(): Plugin {
  const name = 'virtual:mantine-variables.css';
  return {
    name: 'mantine-variables',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const whole = mergeMantineTheme(DEFAULT_THEME, theme);
      return convertCssVariables(deepMerge(defaultCssVariablesResolver(whole), resolver(whole)), ':root');
    },
  };
}

/** Files smaller than this travel as they are. */
const WORTH_PACKING_BYTES = 1_024;

/** Each text file a second and a third time, packed: the server has no work with it, and a slow line has less to carry. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    // What is written is what is packed: before that, Vite still puts words into the pieces that are loaded later.
    writeBundle({ dir }, bundle) {
      for (const { fileName } of Object.values(bundle)) {
        const path = join(dir ?? 'dist', fileName);
        const source = readFileSync(path);
        if (!/\.(js|css|html|svg)$/.test(fileName) || source.length < WORTH_PACKING_BYTES) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(source));
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  // Absolute: a page may stand deeper than the root (/setup/people).
  base: '/',
  plugins: [react(), mantineVariables(), packed()],
  build: {
    target: 'es2022',
    // The content security policy of the server knows no `data:` fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // Two pages: the desk, and the small one of callers.
    rollupOptions: { input: { index: 'index.html', call: 'call.html' } },
  },
  server: { proxy: { '/api': { target: centre, ws: true, changeOrigin: false } } },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'messages/**/*.test.ts'] },
});
