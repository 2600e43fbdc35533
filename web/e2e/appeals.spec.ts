//! A real call and its appeal: the draft is there from the first ring, nobody is named before the call is answered, and filing gives a number.
import type { APIRequestContext } from '@playwright/test';
import { becomesReady, expect, microphoneOf, openLine, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, test } from './fixtures.ts';

test.use({ launchOptions: { executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium', args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ)] } });

interface Appeal {
  id: string;
  version: number;
  status: string;
  number: string | null;
  author: { id: string } | null;
  may_write: boolean;
}

const FROM = '+78310000177';

test('a call opens a draft, and filing gives it a number', async ({ page, centre, callLine }) => {
  const api = page.request;
  const url = (path: string): string => `${centre.url}/api${path}`;
  await openLine(centre);
  await becomesReady(page, centre, centre.login(SPECIALIST));

  const first = await callLine(FROM);
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  const call = await newestCall(api, url('/calls?limit=1'));
  const ringing = await draftOf(api, url(`/calls/${call}/appeal`));
  expect(ringing).toMatchObject({ version: 1, status: 'draft', author: null, may_write: false });
  const early = await api.get(url(`/calls/${call}/people`));
  expect([early.status(), ((await early.json()) as { code: string }).code]).toEqual([409, 'not_answered_yet']);
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');

  const card = await api.post(url('/persons'), { data: { given_name: 'Аделаида', family_name: 'Вымысловская', patronymic: 'Константиновна', call } });
  expect(card.status()).toBe(201);
  const person = ((await card.json()) as { id: string }).id;
  const document = { kind: 'consultation', topics: ['pension'], asked: 'Спрашивает о пенсии', answered: '', result: 'explained', for_whom: { is: 'self' } };
  const saved = await api.put(url(`/appeals/${ringing.id}`), { data: { ...document, version: 1, speaker: { is: 'person', person } } });
  expect(saved.status()).toBe(200);
  await page.getByRole('button', { name: 'Завершить' }).click();
  await seesBar(page, 'wrap');
  await first.finished();

  // The call is over: in wrap-up and later the appeal is still its specialist's.
  const { version } = (await saved.json()) as Appeal;
  const filed = await api.post(url(`/appeals/${ringing.id}/registration`), { data: { version } });
  expect(filed.status()).toBe(200);
  const { number, author } = (await filed.json()) as Appeal;
  expect(number).toMatch(/^\d\d-\d{6}$/);
  expect(author?.id).toBe(SPECIALIST);

  // The same number again: the desk that rings names nobody, and is told of nobody.
  await page.reload();
  await page.locator('[data-action="ready"]').first().click({ timeout: 20_000 });
  await seesBar(page, 'ready');
  const second = await callLine(FROM);
  await seesBar(page, 'ring', RINGS_WITHIN_MS);
  const again = await newestCall(api, url('/calls?limit=1'));
  expect(again).not.toBe(call);
  await expect(page.getByText('Аделаида')).toHaveCount(0);
  expect((await api.get(url(`/calls/${again}/people`))).status()).toBe(409);
  await page.keyboard.press('F4');
  await seesBar(page, 'talk');
  const people = await api.get(url(`/calls/${again}/people`));
  expect(await people.json()).toEqual({ people: [{ id: person, given_name: 'Аделаида', patronymic: 'Константиновна' }] });
  await second.drop();
  await seesBar(page, 'wrap', 60_000);

  expect(await centre.verify()).toBe('');
});

/** The newest call of the list, once there is one. */
async function newestCall(api: APIRequestContext, url: string): Promise<string> {
  const calls = ((await (await api.get(url)).json()) as { calls: { id: string }[] }).calls;
  expect(calls).toHaveLength(1);
  return calls[0]?.id ?? '';
}

/** The draft, once the disk has it. */
async function draftOf(api: APIRequestContext, url: string): Promise<Appeal> {
  await expect.poll(async () => (await api.get(url)).status()).toBe(200);
  return (await (await api.get(url)).json()) as Appeal;
}
