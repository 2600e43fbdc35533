//! One real call through the whole house: sipp with 440 Hz, a browser whose microphone hums 1000 Hz, and each tone in the other ear.
import { becomesReady, CALLER_HZ, expect, hears, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, start, talksFor, test } from './fixtures.ts';
import { purity, readStereo } from './sound.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

test('a call is answered, heard both ways, recorded and counted', async ({ page, centre, callLine }) => {
  await openLine(centre);
  const before = (await start(centre)).today;
  await becomesReady(page, centre, centre.login(SPECIALIST));

  const caller = await callLine('+78310000114');
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await expect(page.getByText('+7 831 000-01-14').first()).toBeVisible();
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await hears(page, CALLER_HZ);
  await talksFor(page, 4);
  await page.getByRole('button', { name: 'Завершить' }).click();
  await seesBar(page, 'wrap');
  await caller.finished();

  await page.getByRole('link', { name: 'Звонки', exact: true }).click();
  const row = page.locator('tr[data-call]').first();
  await expect(row).toHaveAttribute('data-outcome', 'answered');
  await expect(row).toContainText('+7 831 000-01-14');
  await row.getByRole('button', { name: /Слушать запись/ }).click();
  const player = page.locator('audio[data-part="recording"]');
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime), { message: 'the recording plays' }).toBeGreaterThan(0.5);

  const address = await page.getByRole('link', { name: 'Скачать' }).getAttribute('href');
  const file = await page.request.get(new URL(address ?? '', centre.url).href);
  expect(file.status()).toBe(200);
  const { rate, left, right } = readStereo(await file.body());
  const [heard, said] = [purity(left, rate, CALLER_HZ, SPECIALIST_HZ), purity(right, rate, SPECIALIST_HZ, CALLER_HZ)];
  // At least two seconds of each tone, and the other one in no window.
  expect(heard.heard).toBeGreaterThanOrEqual(10);
  expect(said.heard).toBeGreaterThanOrEqual(10);
  expect([heard.share, said.share]).toEqual([1, 1]);

  await expect.poll(async () => (await start(centre)).today.answered).toBe(before.answered + 1);
  expect((await start(centre)).today.accepted).toBe(before.accepted + 1);
});
