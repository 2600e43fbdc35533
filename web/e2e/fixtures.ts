//! What every page test stands on: a centre of its own, callers that are tidied up, and the ways through the desk in words.
import { expect, test as base, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Caller } from './caller.ts';
import { Centre, type Login } from './centre.ts';
import { wavTone } from './sound.ts';

/** The tone of the caller, Hz. */
export const CALLER_HZ = 440;
/** The tone of the specialist's microphone, Hz. */
export const SPECIALIST_HZ = 1_000;
/** Who sits at the desk in these tests. */
export const SPECIALIST = 'vera';
/** From the first ring of the telephone network to the first ring on the desk: greeting, notice, queue. */
export const RINGS_WITHIN_MS = 60_000;

/** Arguments of Chromium for a microphone that hums one tone. */
export function microphoneOf(hz: number): string[] {
  // Always the same bytes under the same name: nothing to tidy up, whoever writes it first.
  const file = join(tmpdir(), `otklik-microphone-${hz}.wav`);
  writeFileSync(file, wavTone(hz, 10));
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`];
}

/** Arguments that every Chromium of these tests gets. */
export const PLAIN = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

interface Fixtures {
  /** Calls the first line of the centre from a number, with the caller's tone. */
  callLine: (from?: string) => Promise<Caller>;
}

interface WorkerFixtures {
  centre: Centre;
}

/** `test` with a centre (one a worker) and callers (tidied up after each test). */
export const test = base.extend<Fixtures, WorkerFixtures>({
  centre: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const centre = await Centre.start();
      await use(centre);
      await centre.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  callLine: async ({ centre }, use) => {
    const callers: Caller[] = [];
    await use(async (from = '+78310000114') => {
      const { number } = await start(centre);
      const caller = new Caller({ sip: centre.sip, number, from, hz: CALLER_HZ });
      callers.push(caller);
      return caller;
    });
    for (const caller of callers) await caller.drop();
  },
});

/** What these tests read of the start page's data. */
export interface StartData {
  demo: boolean;
  number: string;
  lines: { id: string; name: string; mode: string; open_now: boolean }[];
  today: { accepted: number; answered: number; interrupted: number };
}

/** The start page's data. */
export async function start(centre: Centre): Promise<StartData> {
  const answer = await fetch(`${centre.url}/api/start`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as StartData;
}

/** Opens the line by its switch, so that no test depends on the hour of the day. */
export async function openLine(centre: Centre): Promise<void> {
  for (const line of (await start(centre)).lines) {
    const answer = await fetch(`${centre.url}/api/start/lines/${line.id}/mode`, {
      method: 'PUT', headers: { 'content-type': 'application/json', origin: centre.url, 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ mode: 'open' }),
    });
    expect(answer.status).toBe(204);
  }
}

/** Signs in by the form. */
export async function signIn(page: Page, centre: Centre, login: Login, search = ''): Promise<void> {
  await page.goto(`${centre.url}/sign-in${search}`);
  await page.getByLabel('Имя для входа').fill(login.id);
  await page.getByLabel('Пароль', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Войти' }).click();
}

/** The bar of the desk. */
export const bar = (page: Page) => page.getByRole('region', { name: 'Состояние' });

/** Waits until the bar shows a light. */
export async function seesBar(page: Page, look: string, within = 15_000): Promise<void> {
  await expect(bar(page)).toHaveAttribute('data-look', look, { timeout: within });
}

/** Signs in, waits for sound, presses «Готова». */
export async function becomesReady(page: Page, centre: Centre, login: Login): Promise<void> {
  await signIn(page, centre, login, '?sound=raw');
  const ready = bar(page).locator('[data-action="ready"]');
  await expect(ready).not.toHaveAttribute('aria-disabled', 'true', { timeout: 20_000 });
  await ready.click();
  await seesBar(page, 'ready');
}

/** Waits until a talk has lasted for some seconds by the desk's own clock. */
export async function talksFor(page: Page, seconds: number): Promise<void> {
  await expect
    .poll(async () => {
      const [minutes, rest] = (await bar(page).locator('.bar-time > [aria-hidden]').innerText()).split(':').map(Number);
      return (minutes ?? 0) * 60 + (rest ?? 0);
    }, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(seconds);
}

/** The strongest frequency that is heard in the specialist's ear, Hz. */
export function strongestHz(page: Page): Promise<number> {
  return page.evaluate(async () => {
    interface Ear { context: AudioContext; analyser: AnalyserNode }
    const kept = window as unknown as { ear?: Ear };
    if (!kept.ear) {
      const audio = document.querySelector<HTMLAudioElement>('audio[data-part="telephone"]');
      if (!(audio?.srcObject instanceof MediaStream)) return 0;
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 8_192;
      context.createMediaStreamSource(audio.srcObject).connect(analyser);
      kept.ear = { context, analyser };
    }
    const { context, analyser } = kept.ear;
    if (context.state !== 'running') await context.resume();
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const width = context.sampleRate / analyser.fftSize;
    let best = 0;
    for (let n = Math.ceil(100 / width); n < bins.length; n += 1) if ((bins[n] ?? -Infinity) > (bins[best] ?? -Infinity) || best === 0) best = n;
    return (bins[best] ?? -Infinity) > -70 ? best * width : 0;
  });
}

/** Waits until the ear hears a tone, within two bins of it. */
export async function hears(page: Page, hz: number): Promise<void> {
  await expect.poll(async () => Math.abs((await strongestHz(page)) - hz), { timeout: 20_000, message: `${hz} Hz in the specialist's ear` }).toBeLessThan(15);
}

export { expect };
