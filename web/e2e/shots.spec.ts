//! Pictures of every screen and state, light and dark, of the real binary; and one contact sheet. `npm run shots`, into shots/ at the root.
import type { Page } from '@playwright/test';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bar, becomesReady, expect, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, signIn, SPECIALIST, SPECIALIST_HZ, talksFor, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

const FOLDER = resolve(import.meta.dirname, '../../shots');
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const taken: string[] = [];

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const file = `${name}-${colorScheme}.png`;
    await page.screenshot({ path: join(FOLDER, file), animations: 'disabled' });
    taken.push(file);
  }
}

async function shootPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await shoot(page, `${name}-phone`);
  await page.setViewportSize(DESK);
}

async function contactSheet(page: Page): Promise<void> {
  const cell = (file: string): string => `<figure><img src="${file}"><figcaption>${file.replace('.png', '')}</figcaption></figure>`;
  const style = 'body{margin:24px;background:#8C8579;font:16px sans-serif;display:flex;flex-wrap:wrap;gap:24px}figure{margin:0}img{display:block;height:384px}figcaption{padding-top:6px}';
  writeFileSync(join(FOLDER, 'sheet.html'), `<!doctype html><meta charset="utf-8"><title>Otklik</title><style>${style}</style>${taken.map(cell).join('')}`);
  await page.setViewportSize({ width: 1460, height: 900 });
  await page.goto(pathToFileURL(join(FOLDER, 'sheet.html')).href);
  await page.screenshot({ path: join(FOLDER, 'sheet.png'), fullPage: true });
}

test('pictures of every screen @shots', async ({ page, browser, centre, callLine }) => {
  test.setTimeout(300_000);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await openLine(centre);

  await page.goto(`${centre.url}/`);
  await expect(page.getByRole('heading', { name: 'Позвоните сюда' })).toBeVisible();
  await shoot(page, '01-start');
  await shootPhone(page, '01-start');
  await signIn(page, centre, { id: SPECIALIST, password: 'not the password' });
  await expect(page.getByRole('alert')).toContainText('не подошли');
  await shoot(page, '02-sign-in');

  const deaf = await browser.newContext({ viewport: DESK, locale: 'ru-RU' });
  const silent = await deaf.newPage();
  await silent.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await signIn(silent, centre, centre.login(SPECIALIST));
  await seesBar(silent, 'sos');
  await shoot(silent, '03-desk-no-microphone');
  await deaf.close();

  await signIn(page, centre, centre.login(SPECIALIST), '?sound=raw');
  await expect(bar(page).locator('[data-action="ready"]')).not.toHaveAttribute('aria-disabled', 'true', { timeout: 20_000 });
  await shoot(page, '04-desk-not-ready');
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await shoot(page, '05-desk-ready');
  await callLine('+78310000114');
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await shoot(page, '06-desk-ringing');
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await talksFor(page, 3);
  await shoot(page, '07-desk-talk');
  await page.getByRole('link', { name: 'Звонки', exact: true }).click();
  await expect(page.locator('tr[data-call]').first()).toHaveAttribute('data-outcome', 'going');
  await shoot(page, '08-calls-in-a-talk');
  await page.keyboard.press('F4');
  await seesBar(page, 'wrap');
  await page.getByRole('link', { name: 'Стол', exact: true }).click();
  await shoot(page, '09-desk-wrap-up');
  await bar(page).locator('[data-action="break"]').click();
  await page.locator('[data-break="short"]').click();
  await seesBar(page, 'rest');
  await shoot(page, '10-desk-break');
  await page.getByRole('link', { name: 'Звонки', exact: true }).click();
  await page.getByRole('button', { name: /Слушать запись/ }).first().click();
  await shoot(page, '11-calls-recording');
  await shootPhone(page, '11-calls-recording');
  await page.getByRole('link', { name: 'Стол', exact: true }).click();
  await centre.kill9();
  await seesBar(page, 'lost');
  await shoot(page, '12-desk-link-lost');
  await centre.restart();

  await contactSheet(page);
});
