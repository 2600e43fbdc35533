//! How fast the desk is, by measurement and never by assertion: `./run bench`. Prints medians; docs/performance.md keeps them.
import type { Page } from '@playwright/test';
import { becomesReady, expect, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, start, talksFor, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

const TALKS = 7;
const PAINTS = 5;
/** A weak computer of an office: the processor slowed by so much, 10 Mbit/s, 40 ms. */
const SLOWER = 4;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const row = (what: string, values: number[]): void => {
  console.log(`| ${what} | ${Math.round(median(values))} ms | ${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))} | ${values.length} |`);
};

/** Begins to watch the ear: the first loud moment after a press of F4 is kept. */
async function watchEar(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const kept = window as unknown as { accept?: { pressed: number; heard: number } };
    kept.accept = { pressed: 0, heard: 0 };
    const watch = kept.accept;
    const audio = document.querySelector<HTMLAudioElement>('audio[data-part="telephone"]');
    const context = new AudioContext({ latencyHint: 'interactive' });
    await context.resume();
    const ear = context.createAnalyser();
    ear.fftSize = 256;
    context.createMediaStreamSource(audio?.srcObject as MediaStream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    addEventListener('keydown', (event) => { if (event.code === 'F4') watch.pressed = performance.now(); }, { capture: true, once: true });
    const listen = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      const loud = samples.some((sample) => Math.abs(sample) > 0.02);
      if (watch.pressed > 0 && loud) {
        watch.heard = performance.now();
        clearInterval(listen);
        void context.close();
      }
    }, 2);
  });
}

test('from the press to the sound @bench', async ({ page, centre, callLine }) => {
  test.setTimeout(600_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  const took: number[] = [];
  for (let n = 0; n < TALKS; n += 1) {
    const caller = await callLine(`+7831000020${n}`);
    await seesBar(page, 'ring', RINGS_WITHIN_MS);
    await watchEar(page);
    await page.keyboard.press('F4');
    const heard = () => page.evaluate(() => (window as unknown as { accept: { pressed: number; heard: number } }).accept);
    await expect.poll(async () => (await heard()).heard).toBeGreaterThan(0);
    const { pressed, heard: at } = await heard();
    took.push(at - pressed);
    await talksFor(page, 1);
    await page.getByRole('button', { name: 'Завершить' }).click();
    await caller.finished();
    await page.locator('[data-action="ready"]').click();
  }
  row('F4 to the caller in the ear', took);
});

test('first paint on a slow computer @bench', async ({ browser, centre }) => {
  test.setTimeout(300_000);
  expect((await start(centre)).demo).toBe(true);
  for (const path of ['/', '/sign-in', '/call', '/press']) {
    const painted: number[] = [];
    for (let n = 0; n < PAINTS; n += 1) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 });
      await page.goto(centre.url + path);
      const paint = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
      await expect.poll(paint).toBeGreaterThan(0);
      painted.push(await paint());
      await context.close();
    }
    row(`first paint of ${path}`, painted);
  }
});
