//! Pictures of one call from the caller's page: the caller, the specialist and the shift lead see the same minute.
import type { Page } from '@playwright/test';
import type { Centre } from './centre.ts';
import { bar, expect, RINGS_WITHIN_MS, seesBar, talksFor } from './fixtures.ts';
import { LOW, shoot, shootNarrow, shootPhone, shootWall } from './shots.ts';

/** Who looks at the call. */
export interface Three {
  caller: Page;
  specialist: Page;
  lead: Page;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** The caller's page before any call. */
export async function beforeTheCall(caller: Page, silent: Page, centre: Centre): Promise<void> {
  await caller.goto(`${centre.url}/call?sound=raw`);
  await expect(caller.getByRole('button', { name: 'Позвонить', exact: true })).toBeVisible();
  await shoot(caller, '03-call-start');
  await shootPhone(caller, '03-call-start');
  await shootNarrow(caller, '03-call-start');
  await silent.goto(`${centre.url}/call`);
  await silent.getByRole('button', { name: 'Позвонить', exact: true }).click();
  await expect(heading(silent)).toHaveText('Браузер не даёт микрофон');
  await shoot(silent, '04-call-no-microphone');
  await shootPhone(silent, '04-call-no-microphone');
}

/** Nobody is ready: the caller waits, and the shift lead is told. */
export async function inTheQueue({ caller, lead }: Three, number: string): Promise<void> {
  await caller.getByLabel('Ваш номер').fill(number);
  await caller.getByRole('button', { name: 'Позвонить', exact: true }).click();
  await expect(heading(caller)).toHaveText('Вы дозвонились');
  await expect(async () => {
    await caller.keyboard.press('5');
    await expect(heading(caller)).toHaveText(/^Перед вами/, { timeout: 1_000 });
  }).toPass({ timeout: RINGS_WITHIN_MS });
  await shoot(caller, '05-call-queue');
  await shootPhone(caller, '05-call-queue');
  await expect(lead.locator('[data-live]')).toHaveAttribute('data-phase', 'waiting');
  await shoot(lead, '20-centre-queue');
  await shootPhone(lead, '20-centre-queue');
}

/** Rung, answered, who speaks, the appeal, filed; and what the other two see meanwhile. */
export async function theTalk({ caller, specialist: page, lead }: Three): Promise<void> {
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await shoot(page, '12-desk-ringing');
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await expect(page.getByRole('heading', { name: 'Кто говорит?' })).toBeVisible();
  await shoot(page, '13-desk-who');
  await expect(heading(caller)).toHaveText(/^С вами говорит/);
  await shoot(caller, '06-call-talk');
  await shootPhone(caller, '06-call-talk');

  await page.keyboard.press('Alt+1');
  await page.getByLabel('Фамилия, имя, отчество').fill('Вымыслова Ольга Сергеевна');
  await page.getByLabel('Год рождения').fill('1988');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-part="speaker"]')).toContainText('Вымыслова Ольга Сергеевна');
  await page.locator('[data-part="topic"]').click();
  await page.getByRole('combobox', { name: 'Найти тему' }).fill('детские путинские');
  await shoot(page, '14-desk-topics');
  await page.keyboard.press('Enter');
  await page.locator('[data-field="asked"]').fill('Отказали в едином пособии на второго ребёнка. В письме написано про доход за год, но в марте она вышла на работу.');
  await page.locator('[data-field="answered"]').fill('Объяснила, за какие месяцы считают доход, и какие справки приложить к новому заявлению.');
  await page.getByText('Разъяснено', { exact: true }).click();
  await expect(page.getByText('Всё заполнено')).toBeVisible();
  await expect(page.locator('.saved')).toHaveAttribute('data-saved', 'saved');
  await shoot(page, '15-desk-talk');
  await shoot(page, '15-desk-talk-low', LOW);
  await expect(lead.locator('[data-live]')).toHaveAttribute('data-phase', 'talking');
  await shoot(lead, '21-centre-talk');
  await shootPhone(lead, '21-centre-talk');
  const before = lead.url();
  await lead.goto(`${before}?tv=1`);
  await expect(heading(lead)).toBeVisible();
  await shootWall(lead, '22-centre');
  await lead.goto(before);

  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.filed-n')).toHaveText(/^\d\d-\d{6}$/);
  await shoot(page, '16-desk-filed');
  await talksFor(page, 6);
}

/** Ended: the caller's last page, wrap-up and a break. */
export async function afterTheCall({ caller, specialist: page }: Three): Promise<void> {
  await page.locator('body').press('F4');
  await seesBar(page, 'wrap');
  await expect(heading(caller)).toHaveText('Спасибо, что позвонили');
  await shoot(caller, '07-call-ended');
  await shootPhone(caller, '07-call-ended');
  await shoot(page, '17-desk-wrap-up');
  await bar(page).locator('[data-action="break"]').click();
  await page.locator('[data-break="short"]').click();
  await seesBar(page, 'rest');
  await shoot(page, '18-desk-break');
}
