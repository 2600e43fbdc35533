//! The power cut: kill -9 in a talk, start again, and nobody is forgotten.
import { becomesReady, CALLER_HZ, expect, hears, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, start, talksFor, test } from './fixtures.ts';
import { purity, readStereo } from './sound.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

test('a killed centre knows after its start whom it owes a call', async ({ page, centre, callLine }) => {
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await callLine('+78310000116');
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await hears(page, CALLER_HZ);
  await talksFor(page, 4);

  await centre.kill9();
  await seesBar(page, 'lost');
  await centre.restart();
  await expect(page.locator('.bar:not([data-look="lost"])')).toBeVisible({ timeout: 40_000 });

  await page.getByRole('link', { name: 'Звонки', exact: true }).click();
  const row = page.locator('tr[data-call]').first();
  await expect(row).toHaveAttribute('data-outcome', 'interrupted');
  await expect(row).toContainText('+7 831 000-01-16');
  await expect(row).toContainText(/перезвоним/);
  await row.getByRole('button', { name: /Слушать запись/ }).click();
  const player = page.locator('audio[data-part="recording"]');
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime), { message: 'the rescued recording plays' }).toBeGreaterThan(0.5);

  const address = await page.getByRole('link', { name: 'Скачать' }).getAttribute('href');
  const { rate, left, right } = readStereo(await (await page.request.get(new URL(address ?? '', centre.url).href)).body());
  expect(purity(left, rate, CALLER_HZ, SPECIALIST_HZ)).toMatchObject({ share: 1 });
  expect(purity(right, rate, SPECIALIST_HZ, CALLER_HZ)).toMatchObject({ share: 1 });
  await expect.poll(async () => (await start(centre)).today.interrupted).toBeGreaterThanOrEqual(1);
});
