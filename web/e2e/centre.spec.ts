//! The shift on the real binary: a real call is seen live, the shift lead acts, a figure opens to its calls, a recording is drawn, and the press reads.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Centre } from './centre.ts';
import { bar, becomesReady, expect, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, talksFor, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

const LEAD = 'lidia';
const PHONE = { width: 390, height: 844 };

/** Signs in without the form: no desk opens, no microphone is asked for. */
async function signInAt(page: Page, centre: Centre, who: string, path: string): Promise<void> {
  const answer = await page.request.post(`${centre.url}/api/session`, { data: { name: who, password: centre.login(who).password }, headers: { origin: centre.url } });
  expect(answer.status()).toBe(200);
  await page.goto(`${centre.url}${path}`);
}

async function isAccessible(page: Page, themed = true): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    if (themed) await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
}

/** How many pixels of the caller's and of the specialist's half of the wave are in colour. */
function inked(page: Page): Promise<[number, number]> {
  return page.locator('.wave canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pen = canvas.getContext('2d');
    if (pen === null) return [0, 0] as [number, number];
    const half = (top: number): number => {
      const { data } = pen.getImageData(0, top, canvas.width, Math.floor(canvas.height / 2) - 2);
      let coloured = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [r = 0, g = 0, b = 0, a = 0] = data.subarray(i, i + 4);
        if (a > 200 && Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured += 1;
      }
      return coloured;
    };
    return [half(0), half(Math.ceil(canvas.height / 2) + 2)] as [number, number];
  });
}

test('a call is seen live, the shift lead acts, the figure opens to its call, its recording is drawn', async ({ page, browser, centre, callLine }) => {
  test.setTimeout(180_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  const lead = await context.newPage();
  const errors: string[] = [];
  lead.on('pageerror', (error) => errors.push(error.message));
  await signInAt(lead, centre, LEAD, '/centre');
  const card = lead.locator(`[data-agent="${SPECIALIST}"]`);
  await expect(card).toHaveAttribute('data-state', 'ready');
  await expect(card).toContainText('следующая на звонок');

  // From afar, and the specialist is told by whom.
  await card.getByRole('button', { name: /Действия/ }).click();
  await lead.getByRole('menuitem', { name: 'Перерыв' }).hover();
  await lead.getByRole('menuitem', { name: 'Обед' }).click();
  await expect(card).toHaveAttribute('data-state', 'break');
  await seesBar(page, 'rest');
  await expect(bar(page)).toContainText('Так поставила смена: Лидия');

  // Somebody waits and nobody works: an alarm with one button.
  const caller = await callLine('+78310000114');
  const live = lead.locator('[data-live]');
  await expect(live).toBeVisible();
  await expect(live).toHaveAttribute('data-phase', 'waiting', { timeout: RINGS_WITHIN_MS });
  await expect(live).toContainText('ждёт, место 1');
  await expect(live).toContainText('+7 831 000-01-14');
  const alarm = lead.locator('[data-alarm="nobody_on_shift:main"]');
  await expect(alarm).toContainText('некому ответить');
  await isAccessible(lead);
  await alarm.getByRole('button', { name: /Вижу/ }).click();
  await expect(alarm).toHaveAttribute('data-seen', 'yes');
  await expect(alarm).toContainText('Видит Лидия');
  await alarm.getByRole('button', { name: 'Позвать: Вера' }).click();
  await expect(live).toHaveAttribute('data-phase', 'ringing');
  await expect(alarm).toHaveCount(0);
  await seesBar(page, 'ring');
  await page.keyboard.press('F4');
  await expect(live).toHaveAttribute('data-phase', 'talking');
  await expect(card).toContainText('Говорит');

  // On the wall no name stands; on a phone nothing is cut off.
  await lead.goto(`${centre.url}/centre?tv=1`);
  await expect(lead.getByRole('heading', { name: /Центр сейчас/ })).toBeVisible();
  await expect(lead.getByText('Вера')).toHaveCount(0);
  await lead.goto(`${centre.url}/centre`);
  await lead.setViewportSize(PHONE);
  await expect(card).toBeVisible();
  expect(await lead.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await isAccessible(lead);
  await lead.setViewportSize({ width: 1366, height: 768 });

  await talksFor(page, 7);
  await page.getByRole('button', { name: 'Завершить' }).click();
  await caller.finished();
  await expect(live).toHaveCount(0);

  // The figure says how many; the list that it opens has as many.
  const figure = lead.locator('[data-fig="answered"] b');
  await expect(figure).toHaveText('1');
  await figure.click();
  await expect(lead).toHaveURL(/figure=answered/);
  await expect(lead.locator('tr[data-call]')).toHaveCount(1);
  await expect(lead.locator('.filters-count')).toHaveText('1 звонок');

  // The recording is drawn in two voices and played by keyboard.
  await lead.getByRole('button', { name: /Слушать запись/ }).click();
  const place = lead.getByRole('slider', { name: 'Место в записи' });
  await expect(place).toHaveAttribute('data-drawn', 'true');
  const audio = lead.locator('audio[data-part="recording"]');
  const at = (): Promise<number> => audio.evaluate((one: HTMLAudioElement) => one.currentTime);
  await expect.poll(at).toBeGreaterThan(0.3);
  await place.focus();
  await lead.keyboard.press('Space');
  await expect.poll(() => audio.evaluate((one: HTMLAudioElement) => one.paused)).toBe(true);
  await lead.keyboard.press('Home');
  await expect.poll(at).toBe(0);
  await lead.keyboard.press('ArrowRight');
  await expect.poll(at).toBe(5);
  const [above, below] = await inked(lead);
  expect(above).toBeGreaterThan(100);
  expect(below).toBeGreaterThan(100);
  await isAccessible(lead);

  // All figures of the day, with the same call behind them.
  await lead.goto(`${centre.url}/figures`);
  await expect(lead.locator('[data-figure="answered"] .deflist-n')).toHaveText('1');
  await lead.getByRole('button', { name: 'Показать таблицей' }).click();
  await expect(lead.locator('[data-half-hour]').first()).toBeVisible();
  await isAccessible(lead);
  await lead.locator('[data-figure="offered"] .deflist-n a').click();
  await expect(lead.locator('tr[data-call]')).toHaveCount(1);

  // Signed out from afar: the specialist's page is at the door.
  await lead.goto(`${centre.url}/centre`);
  await card.getByRole('button', { name: /Действия/ }).click();
  await lead.getByRole('menuitem', { name: 'Завершить сеанс' }).click();
  await expect(page).toHaveURL(/sign-in/, { timeout: 20_000 });
  expect(errors).toEqual([]);
  await context.close();
});

test('who may not lead the shift does not, and nonsense gets a code', async ({ page, centre }) => {
  await signInAt(page, centre, SPECIALIST, '/calls');
  const ask = async (method: string, path: string, data?: unknown): Promise<[number, string]> => {
    const answer = await page.request.fetch(`${centre.url}${path}`, { method, headers: { origin: centre.url }, ...(data === undefined ? {} : { data }) });
    const body = (await answer.json().catch(() => ({}))) as { code?: string };
    return [answer.status(), body.code ?? ''];
  };
  expect(await ask('GET', '/api/alarms')).toEqual([403, 'forbidden']);
  expect(await ask('PUT', `/api/centre/agents/${SPECIALIST}/state`, { state: 'ready' })).toEqual([403, 'forbidden']);
  expect(await ask('DELETE', `/api/centre/agents/${SPECIALIST}/sessions`)).toEqual([403, 'forbidden']);
  for (const [path, code] of [
    ['figure=everything', 'bad_figure'], ['half_hour=48&day=2026-11-24', 'bad_half_hour'], ['half_hour=1', 'bad_half_hour'], ['recorded=perhaps', 'bad_filter'],
    ['number=<script>', 'bad_number'], ['from=yesterday', 'bad_day'], [`line=${'x'.repeat(300)}`, 'bad_filter'],
  ] as const) expect([path, ...(await ask('GET', `/api/calls?${path}`))]).toEqual([path, 400, code]);
  expect(await ask('GET', '/api/calls/01939f5c-6c00-7000-8000-000000000001/recording/peaks')).toEqual([404, 'no_such_call']);
  expect(await ask('GET', '/api/figures/day?line=nowhere')).toEqual([404, 'no_such_line']);
  // A number that never called has an empty list; a filter that the server refuses is said in words.
  await page.goto(`${centre.url}/calls?number=%2B78319999999`);
  await expect(page.getByText('С таким исходом звонков нет')).toBeVisible();
  await page.goto(`${centre.url}/calls?day=2026-99-99`);
  await expect(page.getByRole('alert')).toBeVisible();

  await signInAt(page, centre, LEAD, '/centre');
  expect(await ask('PUT', '/api/alarms/nothing/seen')).toEqual([404, 'no_such_alarm']);
  expect(await ask('PUT', '/api/centre/agents/nobody/state', { state: 'ready' })).toEqual([404, 'no_such_person']);
  expect(await ask('PUT', `/api/centre/agents/egor/state`, { state: 'ready' })).toEqual([409, 'wrong_state']);
});

test('the press reads without script, in both languages, and no cell is under five', async ({ browser, centre }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
  const page = await context.newPage();
  const answer = await page.goto(`${centre.url}/press`);
  expect(answer?.headers()['cache-control']).toContain('max-age');
  expect(await page.content()).not.toContain('<script');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Контакт-центр в цифрах');
  await expect(page.getByText('Демонстрация: все цифры вымышлены')).toBeVisible();
  // Figures are closed as of yesterday: the calls of today are in none.
  const data = (await (await page.request.get(`${centre.url}/api/press`)).json()) as { frozen: boolean; calls: number | null; months: { calls: number | null }[] };
  expect([data.frozen, data.calls]).toEqual([true, null]);
  expect(data.months.every(({ calls }) => calls === null || calls === 0 || calls >= 5)).toBe(true);
  await page.getByRole('link', { name: 'In English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await context.close();
  const seeing = await browser.newContext();
  const read = await seeing.newPage();
  await read.goto(`${centre.url}/press`);
  await isAccessible(read, false);
  await seeing.close();
});
