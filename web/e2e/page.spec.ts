//! The pages that the binary serves: start, sign-in, desk; nothing that axe finds, in both themes.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { bar, expect, PLAIN, signIn, SPECIALIST, start, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'] } });

async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${colorScheme}: ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
}

test('the start page tells where to call, and turns the line', async ({ page, centre }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${centre.url}/`);
  await expect(page.getByRole('heading', { name: 'Позвоните сюда' })).toBeVisible();
  await expect(page.getByText(`sip:${(await start(centre)).number}@${centre.sip}`)).toBeVisible();
  await page.getByText('Закрыта', { exact: true }).first().click();
  await expect.poll(async () => (await start(centre)).lines[0]?.open_now).toBe(false);
  await expect(page.getByText('специалисты не работают')).toBeVisible();
  await page.getByText('Открыта', { exact: true }).first().click();
  await expect.poll(async () => (await start(centre)).lines[0]?.open_now).toBe(true);
  await isAccessible(page);
  expect(errors).toEqual([]);
});

test('a wrong password is said in words, the right one opens the desk', async ({ page, centre }) => {
  const login = centre.login(SPECIALIST);
  await signIn(page, centre, { ...login, password: `${login.password}-not` });
  await expect(page.getByRole('alert')).toContainText('Имя или пароль не подошли');
  await isAccessible(page);
  await signIn(page, centre, login);
  await expect(page).toHaveURL(/\/desk/);
  await expect(bar(page).locator('[data-action="ready"]')).not.toHaveAttribute('aria-disabled', 'true', { timeout: 20_000 });
  await isAccessible(page);
});

test('a browser without a microphone says so and shows one way on', async ({ page, centre }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await signIn(page, centre, centre.login(SPECIALIST));
  await expect(bar(page)).toContainText('Браузер не даёт микрофон');
  await expect(bar(page).getByRole('button')).toHaveText(['Проверить ещё раз']);
  await isAccessible(page);
});

test('a closed desk is behind the door', async ({ page, centre }) => {
  await page.goto(`${centre.url}/calls`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('calls: axe, keyboard, language', async ({ page, centre }) => {
  await signIn(page, centre, centre.login(SPECIALIST));
  await page.getByRole('link', { name: 'Звонки', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Звонки', level: 1 })).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: /Вид, язык, выход/ }).click();
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible();
});
