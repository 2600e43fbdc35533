//! Pictures of every screen and state, light and dark, of the real binary: `npm run shots`, into shots/ at the root. Two calls: one that
//! the program breaks off, which leaves a promise, and one from the caller's page, in which three people are looked at.
import type { BrowserContext, Page } from '@playwright/test';
import type { Caller } from './caller.ts';
import type { Centre } from './centre.ts';
import { becomesReady, expect, microphoneOf, openLine, PLAIN, seesBar, signIn, SPECIALIST, SPECIALIST_HZ, start, test } from './fixtures.ts';
import { afterTheCall, beforeTheCall, inTheQueue, theTalk } from './shots-call.ts';
import { press, promises, records, setup } from './shots-rooms.ts';
import { allFit, DESK, empty, shoot, shootNarrow, shootPhone, signInAt } from './shots.ts';

// The zone of the centre: a browser elsewhere would show other hours than the figures.
test.use({ timezoneId: 'Europe/Moscow', launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', env: { ...process.env, LANGUAGE: 'ru' }, args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

const PERSON = '+79000000031';
const LEAD = 'lidia';

/** A call that is cut by the end of the program leaves a promise: what we owe from before. */
async function oweOne(centre: Centre, call: () => Promise<Caller>): Promise<void> {
  await openLine(centre);
  const cut = await call();
  await expect.poll(async () => (await start(centre)).today.accepted).toBe(1);
  await centre.kill9();
  await cut.drop();
  await centre.restart();
}

test('pictures of every screen @shots', async ({ page, browser, centre, callLine }) => {
  test.setTimeout(300_000);
  empty();
  const contexts: BrowserContext[] = [];
  const somebody = async (mayHear = true): Promise<Page> => {
    const context = await browser.newContext({ viewport: DESK, locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
    contexts.push(context);
    if (!mayHear) await context.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); });
    return await context.newPage();
  };

  // The name of a test's microphone says nothing to a reader of the manual.
  await page.addInitScript(() => Object.defineProperty(MediaStreamTrack.prototype, 'label', { get: () => 'Гарнитура USB' }));
  await oweOne(centre, () => callLine(PERSON));
  await page.goto(`${centre.url}/`);
  await expect(page.getByRole('heading', { name: 'Позвоните сюда' })).toBeVisible();
  await shoot(page, '01-start');
  await shootPhone(page, '01-start');
  await shootNarrow(page, '01-start');
  await signIn(page, centre, { id: SPECIALIST, password: 'not the password' });
  await expect(page.getByRole('alert')).toContainText('не подошли');
  await shoot(page, '02-sign-in');
  await shootPhone(page, '02-sign-in');

  const [caller, lead, deaf, muted, admin] = [await somebody(), await somebody(), await somebody(false), await somebody(false), await somebody()];
  await signInAt(deaf, centre, SPECIALIST, '/promises');
  await promises(deaf);
  await signInAt(lead, centre, LEAD, '/centre');
  await beforeTheCall(caller, muted, centre);
  await setup(admin, muted, centre);
  await press(muted, centre);

  await signIn(deaf, centre, centre.login(SPECIALIST));
  await seesBar(deaf, 'sos');
  await shoot(deaf, '10-desk-no-microphone');
  await deaf.close();
  await becomesReady(page, centre, centre.login(SPECIALIST));
  await shoot(page, '11-desk-no-call');
  await page.locator('[data-action="break"]').first().click();
  await shoot(page, '11-desk-break-menu');
  await page.locator('[data-break="short"]').click();
  await seesBar(page, 'rest');

  const three = { caller, specialist: page, lead };
  await inTheQueue(three, '8 (900) 000-00-31');
  await page.locator('[data-action="ready"]').first().click();
  await theTalk(three);
  await afterTheCall(three);
  await records(lead, centre);
  await centre.kill9();
  await seesBar(page, 'lost');
  await shoot(page, '19-desk-link-lost');
  await centre.restart();
  for (const context of contexts) await context.close();
  allFit();
});
