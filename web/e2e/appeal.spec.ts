//! The appeal at the desk on the real binary: open with the call, saved within a second, and nothing that is typed is ever lost.
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { bar, becomesReady, CALLER_HZ, expect, hears, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, signIn, SPECIALIST, SPECIALIST_HZ, talksFor, test } from './fixtures.ts';
import type { Centre } from './centre.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

/** What these tests read of an appeal. */
interface Appeal {
  id: string;
  call: string;
  version: number;
  status: string;
  number: string | null;
  asked: string;
  answered: string;
  kind: string;
  topics: string[];
  result: string | null;
  speaker: { is: string };
  for_whom: { is: string };
}

const sheet = (page: Page) => page.locator('[data-part="sheet"]');
const asked = (page: Page) => page.locator('[data-field="asked"]');
const saved = (page: Page) => page.locator('.saved');

/** The newest appeal of the centre, as the API gives it to who is signed in at the page. */
async function newest(page: Page, centre: Centre): Promise<Appeal> {
  const list = (await (await page.request.get(`${centre.url}/api/appeals?limit=1`)).json()) as { appeals: Appeal[] };
  const answer = await page.request.get(`${centre.url}/api/appeals/${list.appeals[0]?.id}`);
  return (await answer.json()) as Appeal;
}

/** Writes an appeal behind the back of the page, as another window would. */
async function write(page: Page, centre: Centre, appeal: Appeal, change: Record<string, unknown>): Promise<number> {
  const { version, kind, topics, asked: text, answered, result, speaker, for_whom } = appeal;
  const data = { version, kind, topics, asked: text, answered, result, speaker: { is: speaker.is }, for_whom: { is: for_whom.is }, ...change };
  return (await page.request.put(`${centre.url}/api/appeals/${appeal.id}`, { data, headers: { origin: centre.url, 'sec-fetch-site': 'same-origin' } })).status();
}

async function isAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${what}, ${colorScheme}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
}

/** A call rings at the desk of the page, and is answered. */
async function talks(page: Page, call: () => Promise<unknown>): Promise<void> {
  await call();
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await expect(asked(page)).toBeFocused();
}

async function leaves(page: Page): Promise<void> {
  await page.keyboard.press('F4');
  await seesBar(page, 'wrap');
}

async function another(browser: Browser, centre: Centre, id: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'ru-RU', viewport: { width: 1366, height: 768 } })).newPage();
  await signIn(page, centre, centre.login(id));
  await expect(page).toHaveURL(/\/desk|\/centre/);
  return page;
}

test('from the ring to the number: draft, who speaks, saved within a second, filed, found', async ({ page, centre, callLine }) => {
  test.setTimeout(300_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await callLine('+78310000151');
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await expect(page.locator('[data-part="draft-open"]')).toBeVisible();
  await isAccessible(page, 'ring');
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await expect(page.getByRole('heading', { name: 'Кто говорит?' })).toBeVisible();
  await isAccessible(page, 'who');

  // Saved within a second after the last key, and while the keys never rest.
  await asked(page).pressSequentially('Отказали в пособии', { delay: 40 });
  await expect.poll(async () => (await newest(page, centre)).asked, { timeout: 1_000, intervals: [50] }).toBe('Отказали в пособии');
  await expect(saved(page)).toHaveAttribute('data-saved', 'saved');

  // Filing says what is missing; then by keyboard: who, topic, result.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Осталось: три поля')).toBeVisible();
  await isAccessible(page, 'missing');
  await page.keyboard.press('Alt+1');
  await page.getByLabel('Фамилия, имя, отчество').fill('Вымыслова Ольга Сергеевна');
  await page.getByLabel('Год рождения').fill('1988');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-part="speaker"]')).toContainText('Вымыслова Ольга Сергеевна');
  await expect(bar(page)).toContainText('Ольга Сергеевна');
  await page.locator('[data-part="topic"]').click();
  await page.getByRole('combobox', { name: 'Найти тему' }).fill('единым пособием');
  await isAccessible(page, 'topics');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-part="topic"]')).toContainText('Единое пособие');
  await page.getByText('Разъяснено', { exact: true }).click();
  await expect(page.getByText('Всё заполнено')).toBeVisible();
  await isAccessible(page, 'filled');
  await page.keyboard.press('Control+Enter');
  const number = await page.locator('.filed-n').innerText();
  expect(number).toMatch(/^\d\d-\d{6}$/);
  await isAccessible(page, 'filed');
  await leaves(page);

  // Wrap-up is a state with a visible timer that can be extended.
  const left = async (): Promise<number> => {
    const [minutes, seconds] = (await bar(page).locator('.bar-time > [aria-hidden]').innerText()).split(':').map(Number);
    return (minutes ?? 0) * 60 + (seconds ?? 0);
  };
  expect(await left()).toBeLessThanOrEqual(120);
  await bar(page).locator('[data-action="extend"]').click();
  await expect.poll(left).toBeGreaterThan(180);
  await bar(page).locator('[data-action="extend"]').click();
  await expect.poll(left).toBeGreaterThan(300);

  // Found by words, name, number and telephone; not by what it does not hold.
  await page.getByRole('link', { name: 'Обращения', exact: true }).click();
  const search = page.getByRole('searchbox', { name: 'Найти обращение' });
  for (const query of ['отказали', 'вымысл', number, '0151']) {
    await search.fill(query);
    await expect(page.locator('tr[data-appeal]').filter({ hasText: number })).toHaveCount(1);
  }
  await isAccessible(page, 'list');
  await search.fill('несуществующее');
  await expect(page.getByText('По словам «несуществующее» ничего')).toBeVisible();
  await search.fill(number);
  await page.getByRole('link', { name: number }).click();
  await expect(page.getByRole('heading', { name: number, level: 1 })).toBeVisible();
  await expect(page.locator('[data-part="talk"]')).toBeVisible();
  await isAccessible(page, 'appeal');
  await page.getByRole('link', { name: 'Все обращения' }).click();
  await expect(page.locator('.contacts li[data-kind="appeal"]')).toContainText(number);
  await isAccessible(page, 'person');
});

test('a reload in the talk and a lost network: the same text, the same timer, the caller hears', async ({ page, context, centre, callLine }) => {
  test.setTimeout(300_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await talks(page, () => callLine('+78310000152'));
  await page.keyboard.type('Набрано перед перезагрузкой');
  await talksFor(page, 3);
  await page.reload();
  await seesBar(page, 'talk', 20_000);
  await expect(asked(page)).toHaveValue('Набрано перед перезагрузкой');
  await talksFor(page, 3);
  await hears(page, CALLER_HZ);

  await context.setOffline(true);
  await asked(page).press('End');
  await page.keyboard.type(', а это без сети');
  await expect(saved(page)).toContainText('Хранится здесь', { timeout: 20_000 });
  await isAccessible(page, 'offline');
  await context.setOffline(false);
  await expect.poll(async () => (await newest(page, centre)).asked, { timeout: 30_000 }).toBe('Набрано перед перезагрузкой, а это без сети');
  await expect(saved(page)).toHaveAttribute('data-saved', 'saved');
  await seesBar(page, 'talk', 30_000);
  await leaves(page);
});

test('two people on one appeal: both versions are shown, nothing of either is lost', async ({ page, browser, centre, callLine }) => {
  test.setTimeout(300_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await talks(page, () => callLine('+78310000153'));
  await page.keyboard.type('Моя суть');
  await expect(saved(page)).toHaveAttribute('data-saved', 'saved');
  const lead = await another(browser, centre, 'lidia');
  expect(await write(lead, centre, await newest(lead, centre), { asked: 'Суть старшей смены', answered: 'Её ответ' })).toBe(200);
  await page.keyboard.type(', дальше');
  await expect(page.getByText('Ваш текст цел')).toBeVisible();
  await page.keyboard.type(' и ещё');
  await expect(asked(page)).toHaveValue('Моя суть, дальше и ещё');
  await page.getByRole('button', { name: 'Сравнить' }).click();
  const versions = page.locator('[data-part="versions"]');
  await expect(versions).toContainText('Моя суть, дальше и ещё');
  await expect(versions).toContainText('Суть старшей смены');
  await isAccessible(page, 'versions');
  await versions.locator('.version', { hasText: 'Моя суть' }).click();
  await page.getByRole('button', { name: 'Сохранить выбранное' }).click();
  await expect.poll(async () => { const { asked: text, answered } = await newest(page, centre); return [text, answered]; }).toEqual(['Моя суть, дальше и ещё', 'Её ответ']);
  await expect(asked(page)).toHaveValue('Моя суть, дальше и ещё');
  await lead.context().close();
  await leaves(page);
});

test('signed out while typing: the door says that the text is kept, and after the sign-in it is there', async ({ page, centre, callLine }) => {
  test.setTimeout(300_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await talks(page, () => callLine('+78310000154'));
  await page.keyboard.type('До выхода');
  await expect(saved(page)).toHaveAttribute('data-saved', 'saved');
  const before = await newest(page, centre);
  // The session ends elsewhere: the page learns of it only by the next save.
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.keyboard.type(', после выхода');
  await expect(page.getByText(/Сеанс закончился|хранится в этом браузере/)).toBeVisible({ timeout: 20_000 });
  expect(cookies.length).toBeGreaterThan(0);
  await signIn(page, centre, centre.login(SPECIALIST), '?sound=raw');
  await expect(bar(page)).toBeVisible();
  const read = async (): Promise<string> => ((await (await page.request.get(`${centre.url}/api/appeals/${before.id}`)).json()) as Appeal).asked;
  await seesBar(page, 'talk', 30_000);
  await expect.poll(read, { timeout: 20_000 }).toBe('До выхода, после выхода');
  await expect(asked(page)).toHaveValue('До выхода, после выхода');
  await leaves(page);
});

test('100,000 letters and markup: said in words, kept, shown as letters; no appeal in one click, and back', async ({ page, centre, callLine }) => {
  test.setTimeout(300_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => { errors.push(dialog.message()); void dialog.dismiss(); });
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await talks(page, () => callLine('+78310000155'));
  await asked(page).fill('Щ'.repeat(100_000));
  await expect(page.getByText(/длиннее, чем помещается: 100\s?000 из 4\s?000/)).toBeVisible();
  await expect(saved(page)).toContainText('Не сохранено');
  expect((await asked(page).inputValue()).length).toBe(100_000);
  await isAccessible(page, 'too long');
  await page.reload();
  await seesBar(page, 'talk', 20_000);
  expect((await asked(page).inputValue()).length).toBe(100_000);

  const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  await asked(page).fill(markup);
  await expect.poll(async () => (await newest(page, centre)).asked).toBe(markup);
  await leaves(page);

  await page.locator('[data-dismiss="silence"]').click();
  await expect(page.getByRole('heading', { name: 'Не обращение: тишина' })).toBeVisible();
  await isAccessible(page, 'dismissed');
  await expect.poll(async () => (await newest(page, centre)).status).toBe('dismissed');
  await page.getByRole('button', { name: 'Вернуть черновик' }).click();
  await expect(asked(page)).toHaveValue(markup);
  await bar(page).locator('[data-action="break"]').click();
  await isAccessible(page, 'break');
  await page.locator('[data-break="lunch"]').click();
  await seesBar(page, 'rest');
  await expect(bar(page)).toContainText('Обед');
  await expect(page.locator('[data-part="drafts"]')).toContainText('<img src=x');
  await isAccessible(page, 'drafts');
  await page.locator('[data-part="drafts"]').getByRole('link', { name: 'Дописать' }).first().click();
  await expect(asked(page)).toHaveValue(markup);
  await page.getByRole('link', { name: 'Обращения', exact: true }).click();
  await expect(page.getByText(markup)).toBeVisible();
  expect(errors).toEqual([]);
});

test('at the caller’s wish the talk is recorded no further', async ({ page, centre, callLine }) => {
  test.setTimeout(120_000);
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await talks(page, () => callLine('+78310000156'));
  await page.locator('[data-recording="on"]').click();
  await expect(page.getByText('Остановить запись?')).toBeVisible();
  await isAccessible(page, 'recording');
  await page.getByRole('button', { name: 'Не записывать' }).click();
  await expect(page.locator('[data-recording="stopped"]')).toBeVisible();
  await hears(page, CALLER_HZ);
  await leaves(page);
  await expect(sheet(page)).toBeVisible();
});

test('a microphone that is muted takes the desk out of the queue before a call is offered, and back by itself', async ({ page, centre }) => {
  await page.addInitScript(() => {
    const real = MediaStreamTrack.prototype;
    Object.defineProperty(real, 'muted', { get: () => (window as unknown as { mutedByHeadset?: boolean }).mutedByHeadset === true });
  });
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await page.evaluate(() => { (window as unknown as { mutedByHeadset?: boolean }).mutedByHeadset = true; });
  await seesBar(page, 'sos');
  await expect(bar(page)).toContainText('Вас не слышно');
  const ready = async (): Promise<string> => page.evaluate(() => document.querySelector('.bar-word')?.textContent ?? '');
  expect(await ready()).toBe('Нет звука');
  await expect(bar(page).locator('[data-action="ready"]')).toHaveCount(0);
  await page.evaluate(() => { (window as unknown as { mutedByHeadset?: boolean }).mutedByHeadset = false; });
  await seesBar(page, 'ready');
});
