//! The life of a promise in the browser: a call to the closed line, taken, tried, and closed by the talk in which the person rings again.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { becomesReady, expect, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, signIn, SPECIALIST, SPECIALIST_HZ, start, talksFor, test } from './fixtures.ts';
import type { Centre } from './centre.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

const PERSON = '+79000000031';
const SHOWN = '+7 900 000-00-31';

async function turn(centre: Centre, mode: 'open' | 'closed'): Promise<void> {
  if (mode === 'open') return openLine(centre);
  for (const line of (await start(centre)).lines) {
    const answer = await fetch(`${centre.url}/api/start/lines/${line.id}/mode`, {
      method: 'PUT', headers: { 'content-type': 'application/json', origin: centre.url, 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ mode }),
    });
    expect(answer.status).toBe(204);
  }
}

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A picture of what the page shows, where somebody wants to look: OTKLIK_LOOK names a folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['OTKLIK_LOOK'];
  if (folder === undefined) return;
  const size = page.viewportSize();
  for (const [suffix, colorScheme, viewport] of [['light', 'light', size], ['dark', 'dark', size], ['phone', 'light', { width: 390, height: 844 }]] as const) {
    await page.emulateMedia({ colorScheme });
    if (viewport !== null) await page.setViewportSize(viewport);
    await page.screenshot({ path: `${folder}/${name}-${suffix}.png`, animations: 'disabled', fullPage: suffix === 'phone' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (size !== null) await page.setViewportSize(size);
}

const section = (page: Page) => page.getByRole('link', { name: /^Обещания/ });

test('a promise is taken, tried and closed by the talk in which the person rings again', async ({ page, browser, centre, callLine }) => {
  await centre.withoutRecorder();
  await turn(centre, 'closed');
  await signIn(page, centre, centre.login(SPECIALIST), '?sound=raw');
  await section(page).click();
  await expect(page.getByText('Обещаний нет')).toBeVisible();
  await look(page, '1-empty');

  // The person rings in the closed hour, hears the promise, and we hang up.
  const missed = await callLine(PERSON);
  const row = page.locator('tr[data-promise]').filter({ hasText: SHOWN });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await missed.finished().catch(() => undefined);
  await expect(section(page)).toHaveAccessibleName('Обещания открыто 1');
  await expect(row).toContainText('Обратный звонок');
  await expect(row).toContainText('никто');
  await isAccessible(page);

  // By keyboard: taken, and what is wrong with an empty form is said.
  await row.getByRole('button', { name: `Беру: ${SHOWN}` }).focus();
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('data-owner', SPECIALIST);
  await expect(page.getByText(SHOWN, { exact: true }).nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Не дозвонились', exact: true }).click();
  await page.getByRole('button', { name: 'Записать попытку' }).click();
  await expect(page.getByRole('alert')).toHaveText('Выберите один ответ');
  await page.getByRole('radio', { name: 'занято' }).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Заметка, если нужна').fill('<img src=x onerror=alert(1)> гудки');
  await isAccessible(page);
  await look(page, '2-try');
  await page.getByRole('button', { name: 'Записать попытку' }).click();
  await expect(row).toContainText('1 раз, занято');
  await expect(page.getByText('<img src=x onerror=alert(1)> гудки')).toBeVisible();
  await expect(page.getByText(/Рано\. Следующая попытка: /)).toBeVisible();

  // A colleague sees whose it is, and cannot take it; the shift lead can give it back.
  const other = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1366, height: 768 } });
  const lead = await other.newPage();
  await signIn(lead, centre, centre.login('egor'), '?sound=raw');
  await section(lead).click();
  await lead.locator('tr[data-promise]').filter({ hasText: SHOWN }).getByRole('button', { name: /Открыть/ }).click();
  await expect(lead.getByText('Обещание у коллеги: Вера Тестова')).toBeVisible();
  await expect(lead.getByRole('button', { name: 'Закрыть', exact: true })).toHaveCount(0);
  await other.close();
  await look(page, '3-opened');
  await page.getByRole('button', { name: 'Закрыть', exact: true }).click();
  await page.getByRole('radio', { name: 'Другая причина' }).check({ force: true });
  await page.getByRole('button', { name: 'Закрыть обещание' }).click();
  await expect(page.getByRole('alert')).toHaveText('Напишите причину');
  await isAccessible(page);
  await look(page, '4-close');

  // The person rings again, the specialist answers and closes the promise by this talk.
  await turn(centre, 'open');
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await callLine(PERSON);
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  const owed = page.locator('section.owed');
  await expect(owed).toContainText('Перезвонить');
  await expect(owed.getByRole('button')).toHaveCount(0);
  await expect(owed).not.toContainText('Взялся коллега');
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await look(page, '5-desk');
  await owed.getByRole('button', { name: 'Закрыть этим разговором' }).click();
  await expect(owed).toContainText('Обещание закрыто этим разговором');
  await isAccessible(page);
  await talksFor(page, 2);
  await page.keyboard.press('F4');
  await seesBar(page, 'wrap');

  await section(page).click();
  await expect(page.getByText('Обещаний нет')).toBeVisible();
  await page.getByText('Закрыты', { exact: true }).click();
  await expect(row).toContainText('Поговорили');
  await expect(row).toContainText('есть разговор');
  await expect(section(page)).toHaveAccessibleName('Обещания');
  await isAccessible(page);
  await look(page, '6-closed');
});

test('without the centre the list stays readable and says so; a session that is over leads to the door', async ({ page, centre, callLine }) => {
  await centre.withoutRecorder();
  await turn(centre, 'closed');
  await callLine('+79000000032');
  await signIn(page, centre, centre.login('egor'));
  await section(page).click();
  const row = page.locator('tr[data-promise]').filter({ hasText: '+7 900 000-00-32' });
  await expect(row).toBeVisible({ timeout: 20_000 });
  await page.route('**/api/promises?*', (route) => route.abort());
  await expect(page.getByText(/Нет связи\. Список на/)).toBeVisible({ timeout: 15_000 });
  await expect(row).toBeVisible();
  await page.route('**/api/promises/*/taking', (route) => route.abort());
  await row.getByRole('button', { name: /Беру/ }).click();
  await expect(page.getByRole('alert')).toContainText('Нет связи с центром');
  await look(page, '7-no-link');
  await page.unrouteAll();
  await expect(page.getByText(/Нет связи\. Список на/)).toBeHidden({ timeout: 15_000 });
  await page.context().clearCookies();
  await expect(page).toHaveURL(/\/sign-in/, { timeout: 15_000 });
});

/** Overdue and returned promises need hours to come about: here the list is told, the drawing is real. */
test('what is late stands on top in brick, only the first has the strong button, an unknown number says so', async ({ page, centre }) => {
  const now = Date.now();
  const minute = 60_000;
  const row = (n: number, more: object) => ({
    id: `01939f5c-6c00-7000-8000-00000000000${n}`, call: `01939f5c-6c00-7000-8000-00000000000${n}`, line: { id: 'main', name: 'Основная линия' },
    caller: `+7900000000${n}`, person: null, kind: 'callback', made_at: now - 300 * minute, due_at: now + 120 * minute, owner: null, returned_at: null, attempts: 0,
    last_result: null, next_try_at: null, recording: null, closed_at: null, closed_by: null, outcome: null, proof: null, ...more,
  });
  const promises = [
    row(1, { due_at: now - 12 * minute, attempts: 2, last_result: 'no_answer', owner: { id: 'vera', name: 'Вера Тестова' } }),
    row(2, { due_at: now - 2 * minute, caller: null, kind: 'our_fault' }),
    row(3, { returned_at: now - minute, attempts: 1, last_result: 'machine' }),
    row(4, { due_at: now + 72 * 60 * minute, owner: { id: 'x', name: 'Екатерина-Александра Долгоимённая-Многосложная-Вымышленская-Придуманная' }, kind: 'dated_call' }),
  ];
  await page.route('**/api/promises?*', (route) => route.fulfill({ json: { promises, next: null } }));
  await page.route('**/api/promises/counts', (route) => route.fulfill({ json: { open: 4, mine: 1, free: 2, overdue: 2 } }));
  await signIn(page, centre, centre.login(SPECIALIST), '?sound=raw');
  await section(page).click();
  await expect(page.getByRole('rowheader')).toHaveText(['Опоздали, 2', 'Вернулись в список, 1', 'Позже, 1']);
  const rows = page.locator('tr[data-promise]');
  await expect(rows.nth(0)).toContainText('12 минут назад');
  await expect(rows.nth(1)).toContainText('Номер неизвестен');
  await expect(rows.nth(2)).toContainText('вернулось в список');
  await expect(page.locator('tr[data-promise] .btn--main')).toHaveCount(1);
  await expect(rows.nth(0).locator('.btn--main')).toHaveText('Открыть');
  await expect(section(page)).toHaveAccessibleName('Обещания открыто 4, опоздали 2');
  await isAccessible(page);
  await look(page, '8-late');
});
