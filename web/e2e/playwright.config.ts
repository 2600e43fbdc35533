//! How the pages are tried: the real binary, a real browser, real sound. What measures sound runs alone, because sound needs its time;
//! the rest mostly waits, and three wait as well as one.
import { defineConfig } from '@playwright/test';

/** What listens for a tone without a gap, or kills the centre under one. */
const SOUND = /(^|\/)(call|caller-page|https|kill|reload|sound|speed|shots)\.spec\.ts$/;

export default defineConfig({
  testDir: '.',
  outputDir: './results',
  workers: 3,
  projects: [
    { name: 'sound', testMatch: SOUND, workers: 1 },
    { name: 'quiet', testIgnore: SOUND },
  ],
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'ru-RU',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
});
