//! People and the setup in a real browser: the first link, somebody new, two administrators at once, the end of a session.
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { Centre } from './centre.ts';
import { expect, PLAIN, signIn, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'] } });

const PASSWORD = 'пять зелёных чайников';

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
}

async function fits(page: Page): Promise<void> {
  for (const size of [{ width: 390, height: 844 }, { width: 1366, height: 768 }]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  }
}

async function setsPassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Пароль', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Ещё раз').fill(PASSWORD);
  await page.getByRole('button', { name: 'Сохранить и войти' }).click();
}

test('from the first link to somebody who is switched off', async ({ browser }) => {
  test.setTimeout(240_000);
  const { centre, link } = await Centre.startNew();
  const contexts: BrowserContext[] = [];
  const fresh = async (): Promise<Page> => {
    contexts.push(await browser.newContext());
    return await contexts.at(-1)!.newPage();
  };
  try {
    const admin = await fresh();
    await admin.goto(link);
    await expect(admin.getByRole('heading', { name: /Здравствуйте/ })).toBeVisible();
    await isAccessible(admin);
    await admin.getByLabel('Пароль', { exact: true }).fill('qwerty1234567');
    await admin.getByLabel('Ещё раз').fill('qwerty1234567');
    await admin.getByRole('button', { name: 'Сохранить и войти' }).click();
    await expect(admin.getByRole('alert')).toContainText('подберут первым');
    await setsPassword(admin, link);
    await admin.waitForURL((url) => !url.pathname.startsWith('/welcome'));
    const again = await fresh();
    await again.goto(link);
    await expect(again.getByRole('alert')).toContainText('Ссылка уже использована или истекла');
    await isAccessible(again);

    // Somebody new, whose name is no markup.
    await admin.goto(`${centre.url}/setup/people`);
    await expect(admin.getByRole('heading', { name: 'Настройка' })).toBeVisible();
    const form = admin.getByRole('region', { name: 'Новый человек' });
    await form.getByLabel('Имя для входа').fill('zoya');
    await form.getByLabel('Имя и фамилия').fill('Зоя <img src=x onerror=alert(1)>');
    await form.getByRole('button', { name: 'Добавить и получить ссылку' }).click();
    const invitation = await form.locator('[data-part="link"]').innerText();
    expect(invitation).toContain(`${centre.url}/welcome/`);
    await isAccessible(admin);
    await fits(admin);
    const zoya = await fresh();
    await setsPassword(zoya, invitation);
    await zoya.waitForURL(/\/desk/);

    // Two administrators' windows: the second save shows both versions and loses nothing.
    const other = await contexts[0]!.newPage();
    await other.goto(`${centre.url}/setup/people`);
    const row = (page: Page) => page.locator('[data-person="zoya"]');
    for (const page of [admin, other]) {
      if (page === admin) await page.reload();
      await row(page).getByRole('button', { name: /^Изменить/ }).click();
    }
    await row(admin).getByLabel('Имя и фамилия').fill('Зоя Первая');
    await row(admin).getByRole('button', { name: 'Сохранить' }).click();
    await expect(row(admin)).toContainText('Зоя Первая');
    await row(other).getByLabel('Имя и фамилия').fill('Зоя Вторая');
    await row(other).getByRole('button', { name: 'Сохранить' }).click();
    await expect(row(other).getByRole('alert')).toContainText('Кто-то сохранил раньше вас');
    await expect(row(other).getByRole('alert')).toContainText('Зоя Первая');
    await expect(row(other).getByRole('alert')).toContainText('Зоя Вторая');
    await isAccessible(other);
    await row(other).getByRole('button', { name: 'Сохранить моё поверх' }).click();
    await expect(row(other)).toContainText('Зоя Вторая');

    // Switched off: her desk is behind the door at once.
    await row(other).getByRole('button', { name: /^Изменить/ }).click();
    await row(other).getByLabel('Вход отключён').check();
    await row(other).getByRole('button', { name: 'Сохранить' }).click();
    await expect(row(other)).toContainText('вход отключён');
    await expect(zoya).toHaveURL(/\/sign-in/, { timeout: 3_000 });
    await signIn(zoya, centre, { id: 'zoya', password: PASSWORD });
    await expect(zoya.getByRole('alert')).toContainText('Вход для вас отключён');
  } finally {
    for (const context of contexts) await context.close();
    await centre.stop();
  }
});

test('every part of the setup: axe, width, and what is saved stands there', async ({ page, centre }) => {
  test.setTimeout(240_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await signIn(page, centre, centre.login('oleg'));
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  for (const part of ['people', 'devices', 'lines', 'hours', 'topics', 'prompts', 'breaks']) {
    await page.goto(`${centre.url}/setup/${part}`);
    await expect(page.locator('.setup li, .setup form').first()).toBeVisible();
    await isAccessible(page);
    await fits(page);
  }
  // A line by the keyboard: other hours on Monday.
  await page.goto(`${centre.url}/setup/lines`);
  const row = page.locator('[data-line="main"]');
  await row.getByRole('button', { name: /^Изменить/ }).press('Enter');
  await row.getByLabel('Понедельник: с').fill('09:30');
  await isAccessible(page);
  await row.getByLabel('Понедельник: до').fill('09:00');
  await row.getByRole('button', { name: 'Сохранить' }).press('Enter');
  await expect(row.getByRole('alert')).toContainText('Закрытие раньше открытия');
  await row.getByLabel('Понедельник: до').fill('18:00');
  await row.getByRole('button', { name: 'Сохранить' }).press('Enter');
  await expect(row.getByRole('button', { name: 'Сохранить' })).toBeHidden();
  await page.reload();
  await row.getByRole('button', { name: /^Изменить/ }).click();
  await expect(row.getByLabel('Понедельник: с')).toHaveValue('09:30');
  // A closed day of the centre.
  await page.goto(`${centre.url}/setup/hours`);
  await page.getByRole('button', { name: 'Добавить день' }).click();
  await page.getByLabel('Дата').fill('2026-12-31');
  await page.getByLabel('Почему').fill('Учения');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Сохранено')).toBeVisible();
  // A prompt is replaced and brought back.
  await page.goto(`${centre.url}/setup/prompts`);
  const prompt = page.locator('[data-prompt="greeting"]');
  await prompt.locator('input[type="file"]').setInputFiles({ name: 'слова.txt', mimeType: 'audio/wav', buffer: Buffer.from('не звук') });
  await expect(prompt.getByRole('alert')).toContainText('Это не файл WAV');
  const wav = await page.request.get(`${centre.url}/api/setup/prompts/queue_next/sound`);
  await prompt.locator('input[type="file"]').setInputFiles({ name: 'новая.wav', mimeType: 'audio/wav', buffer: await wav.body() });
  await expect(prompt).toContainText('новая.wav');
  await isAccessible(page);
  await prompt.getByRole('button', { name: /^Прежние/ }).click();
  await prompt.getByRole('button', { name: 'Вернуть этот' }).last().click();
  await expect(prompt).toContainText('звук из программы');
  expect(errors).toEqual([]);
});

test('a topic: two windows, hidden, added, and how long a line keeps its recordings', async ({ page, centre }) => {
  test.setTimeout(120_000);
  await signIn(page, centre, centre.login('oleg'));
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  const other = await page.context().newPage();
  const row = (of: Page) => of.locator('[data-topic="victory_card"]');
  for (const one of [page, other]) {
    await one.goto(`${centre.url}/setup/topics`);
    await row(one).getByRole('button', { name: /^Изменить/ }).click();
  }
  await row(page).getByLabel('Название').fill('Карта <i>Победы</i>');
  await row(page).getByLabel('Место в списке').fill('первое');
  await row(page).getByRole('button', { name: 'Сохранить' }).click();
  await expect(row(page).getByRole('alert')).toContainText('целое число');
  await row(page).getByLabel('Место в списке').fill('1');
  await row(page).getByRole('button', { name: 'Сохранить' }).click();
  await expect(row(page).getByRole('button', { name: 'Сохранить' })).toBeHidden();
  await row(other).getByLabel('Как об этом говорят').fill('победная, карта ветерана');
  await row(other).getByLabel('Предлагать специалистам').uncheck();
  await row(other).getByRole('button', { name: 'Сохранить' }).click();
  await expect(row(other).getByRole('alert')).toContainText('Карта <i>Победы</i>');
  await expect(row(other).getByRole('alert')).toContainText('победная, карта ветерана');
  await isAccessible(other);
  await fits(other);
  await row(other).getByRole('button', { name: 'Сохранить моё поверх' }).click();
  await expect(row(other)).toContainText('скрыта');
  const veterans = other.locator('[data-group="veterans"]');
  await veterans.getByRole('button', { name: 'Новая тема' }).press('Enter');
  await veterans.getByLabel('Код').fill('victory_card_2');
  await veterans.getByLabel('Название').fill('Новая карта');
  await veterans.getByRole('button', { name: 'Сохранить' }).press('Enter');
  await expect(veterans.locator('li').last()).toContainText('Новая карта');
  // How long a line keeps its recordings holds at once, and nonsense is refused in words.
  await page.goto(`${centre.url}/setup/lines`);
  const line = page.locator('[data-line="main"]');
  await line.getByRole('button', { name: /^Изменить/ }).click();
  await line.getByLabel('Сколько дней хранить записи').fill('');
  await line.getByRole('button', { name: 'Сохранить' }).click();
  await expect(line.getByRole('alert')).toContainText('Срок хранения');
  await line.getByLabel('Сколько дней хранить записи').fill('45');
  await line.getByRole('button', { name: 'Сохранить' }).click();
  await expect(line.getByRole('button', { name: 'Сохранить' })).toBeHidden();
  await page.goto(`${centre.url}/setup/keeping`);
  await expect(page.locator('.keep-lines')).toContainText('45 дней');
});

test('where one is signed in: another browser is ended', async ({ browser, page, centre }) => {
  await signIn(page, centre, centre.login('polina'));
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, centre, centre.login('polina'));
  await other.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.goto(`${centre.url}/sessions`);
  await expect(page.getByText('этот браузер')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Завершить' }).click();
  await expect(page.getByRole('button', { name: 'Завершить' })).toBeHidden();
  await other.goto(`${centre.url}/sessions`);
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test('a sign-out that does not arrive is said', async ({ page, centre }) => {
  await signIn(page, centre, centre.login('oleg'));
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.goto(`${centre.url}/setup`);
  await page.route('**/api/session', (route) => (route.request().method() === 'DELETE' ? route.abort() : route.continue()));
  await page.getByRole('button', { name: /Вид, язык, выход/ }).click();
  await page.getByRole('button', { name: 'Выйти' }).click();
  await expect(page.getByRole('alert')).toContainText('Выйти не получилось, сеанс ещё открыт');
});
