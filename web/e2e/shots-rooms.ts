//! Pictures of the rooms behind the desk: promises, appeals, calls, figures, setup; and of the pages of the public and of a newcomer.
import type { Page } from '@playwright/test';
import type { Centre } from './centre.ts';
import { expect } from './fixtures.ts';
import { shoot, shootPhone, signInAt } from './shots.ts';

/** A promise: in the list, taken, and a try that is written down. */
export async function promises(page: Page): Promise<void> {
  const row = page.locator('tr[data-promise]').first();
  await expect(row).toBeVisible({ timeout: 30_000 });
  await shoot(page, '30-promises');
  await row.getByRole('button', { name: /^Беру/ }).click();
  await page.getByRole('button', { name: 'Не дозвонились', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Записать попытку' })).toBeVisible();
  await shoot(page, '31-promises-try');
  await shootPhone(page, '31-promises-try');
}

/** The appeal that was filed, found again, with its person; the call with its recording; the figures. */
export async function records(page: Page, centre: Centre): Promise<void> {
  await page.goto(`${centre.url}/appeals`);
  const number = page.locator('tr[data-appeal] a').filter({ hasText: /^\d\d-\d{6}$/ });
  await expect(number).toHaveCount(1);
  await shoot(page, '32-appeals');
  await shootPhone(page, '32-appeals');
  await number.click();
  await expect(page.locator('[data-part="talk"]')).toBeVisible();
  await shoot(page, '33-appeal');
  await page.getByRole('link', { name: 'Все обращения' }).click();
  await expect(page.locator('.contacts li[data-kind="appeal"]')).toBeVisible();
  await shoot(page, '34-person');

  await page.goto(`${centre.url}/calls`);
  await page.getByRole('button', { name: /Слушать запись/ }).first().click();
  await expect(page.getByRole('slider', { name: 'Место в записи' })).toHaveAttribute('data-drawn', 'true');
  await shoot(page, '35-calls');
  await shootPhone(page, '35-calls');
  await page.goto(`${centre.url}/figures`);
  await expect(page.locator('[data-figure="answered"]')).toBeVisible();
  await shoot(page, '36-figures');
}

/** The parts of the setup, and the first page of somebody who was just let in. */
export async function setup(page: Page, newcomer: Page, centre: Centre): Promise<void> {
  await signInAt(page, centre, 'oleg', '/setup/people');
  const form = page.getByRole('region', { name: 'Новый человек' });
  await expect(form).toBeVisible();
  await shoot(page, '40-setup-people');
  for (const part of ['lines', 'hours', 'prompts', 'keeping']) {
    await page.goto(`${centre.url}/setup/${part}`);
    await expect(page.locator('.setup li, .setup form, .setup .panel').first()).toBeVisible();
    await shoot(page, `41-setup-${part}`);
  }
  await page.goto(`${centre.url}/setup/people`);
  await form.getByLabel('Имя для входа').fill('zoya');
  await form.getByLabel('Имя и фамилия').fill('Зоя Придуманная');
  await form.getByRole('button', { name: 'Добавить и получить ссылку' }).click();
  await newcomer.goto(await form.locator('[data-part="link"]').innerText());
  await expect(newcomer.getByRole('heading', { name: /Здравствуйте/ })).toBeVisible();
  await shoot(newcomer, '42-welcome');
}

/** What the press and everybody else may read. */
export async function press(page: Page, centre: Centre): Promise<void> {
  await page.goto(`${centre.url}/press`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await shoot(page, '50-press');
  await shootPhone(page, '50-press');
}
