//! The tab reloaded or closed in a talk: the caller stays, and hears the specialist again or gets another one.
import { becomesReady, CALLER_HZ, expect, hears, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, talksFor, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

test('a reloaded page goes on with the very call; a closed one hands the caller to a colleague, out of turn', async ({ page, browser, centre, callLine }) => {
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));
  const colleague = await (await browser.newContext()).newPage();
  await becomesReady(colleague, centre, centre.login('egor'));
  await callLine('+78310000117');
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  await hears(page, CALLER_HZ);
  await talksFor(page, 2);

  await page.reload();
  await seesBar(page, 'talk', 20_000);
  await hears(page, CALLER_HZ);
  await seesBar(colleague, 'ready');

  await page.close();
  await seesBar(colleague, 'ring', 45_000);
  await colleague.keyboard.press('F4');
  await seesBar(colleague, 'talk');
  await hears(colleague, CALLER_HZ);
  await talksFor(colleague, 2);
  await colleague.keyboard.press('F4');
  await seesBar(colleague, 'wrap');
  await colleague.getByRole('link', { name: 'Звонки', exact: true }).click();
  const row = colleague.locator('tr[data-call]').first();
  await expect(row).toHaveAttribute('data-outcome', 'answered');
  await expect(row).toContainText('Егор Макетов');
  await colleague.context().close();
  const media = async () => /^media_legs (\d+)$/m.exec(await (await fetch(`${centre.url}/metrics`)).text())?.[1];
  await expect.poll(media, { timeout: 40_000, message: 'no connection of a closed page is left' }).toBe('0');
});
