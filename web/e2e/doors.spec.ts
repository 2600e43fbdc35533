//! The doors of the API: who may do what, what other sites may not, and that nonsense gets a clear answer.
import { expect, start, test } from './fixtures.ts';
import type { Centre } from './centre.ts';

/** What answers without a sign-in; everything else says 401. */
const PUBLIC = new Set(['POST /api/session', 'GET /api/start', 'PUT /api/start/lines/{id}/mode', 'GET /api/press',
  'GET /api/welcome/{token}', 'POST /api/welcome/{token}',
  'GET /api/call', 'POST /api/call', 'POST /api/call/sound', 'GET /api/call/events']);

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

/** A request as a program sends it: without what a browser says of the site. */
async function ask(centre: Centre, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  if (body === undefined) return await fetch(`${centre.url}${path}`, { method, headers });
  return await fetch(`${centre.url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

async function signedIn(centre: Centre, who: string): Promise<{ cookie: string }> {
  const answer = await ask(centre, 'POST', '/api/session', { name: who, password: centre.login(who).password });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
  return { cookie: cookie.split(';')[0] ?? '' };
}

async function problem(answer: Response): Promise<[number, string]> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

test('every address that is not public asks for a sign-in, and its description says all addresses', async ({ centre }) => {
  const { paths } = (await (await ask(centre, 'GET', '/api/openapi.json')).json()) as Document;
  const doors = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const));
  expect(doors.length).toBeGreaterThanOrEqual(15);
  for (const [method, path] of doors) {
    if (PUBLIC.has(`${method} ${path}`)) continue;
    const upgrade: Record<string, string> = path === '/api/desk' ? { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' } : {};
    const real = path.replace('{id}', '01939f5c-6c00-7000-8000-000000000001');
    const answer = await ask(centre, method, real, ['POST', 'PUT'].includes(method) ? { mode: 'open', sdp: '' } : undefined, path === '/api/desk' ? {} : upgrade);
    expect([method, path, answer.status]).toEqual([method, path, 401]);
  }
});

test('nonsense gets a code, other sites get nothing, and a specialist does not turn the line', async ({ centre }) => {
  const vera = await signedIn(centre, 'vera');
  const lidia = await signedIn(centre, 'lidia');
  const oleg = await signedIn(centre, 'oleg');
  const line = (await start(centre)).lines[0]?.id ?? '';
  const table: [string, string, unknown, Record<string, string>, number, string][] = [
    ['GET', '/api/calls?limit=0', undefined, vera, 400, 'bad_limit'],
    ['GET', '/api/calls?limit=201', undefined, vera, 400, 'bad_limit'],
    ['GET', '/api/calls?before=yesterday', undefined, vera, 400, 'bad_cursor'],
    ['GET', '/api/calls?day=2026-13-45', undefined, vera, 400, 'bad_day'],
    ['GET', "/api/calls?outcome=';DROP TABLE calls", undefined, vera, 400, 'bad_outcome'],
    ['GET', '/api/calls/..%2f..%2fetc%2fpasswd', undefined, vera, 404, 'no_such_call'],
    ['GET', '/api/calls/01939f5c-6c00-7000-8000-000000000001/recording', undefined, vera, 404, 'no_such_call'],
    ['GET', '/api/figures?day=never', undefined, vera, 400, 'bad_day'],
    ['GET', '/api/promises?after=x', undefined, vera, 400, 'bad_cursor'],
    ['GET', '/api/events?after=0.18446744073709551615.1', undefined, oleg, 400, 'bad_cursor'],
    ['POST', '/api/desk/media', { sdp: 'v=0' }, vera, 409, 'desk_not_open'],
    ['PUT', `/api/lines/${line}/mode`, { mode: 'closed' }, vera, 403, 'forbidden'],
    ['PUT', '/api/lines/nowhere/mode', { mode: 'closed' }, lidia, 404, 'no_such_line'],
    ['PUT', `/api/lines/${line}/mode`, { mode: 'closed' }, { ...lidia, 'sec-fetch-site': 'cross-site' }, 403, 'other_site'],
    ['PUT', `/api/start/lines/${line}/mode`, { mode: 'closed' }, { origin: 'http://evil.example' }, 403, 'other_site'],
    ['DELETE', '/', undefined, vera, 405, 'method_not_allowed'],
    ['GET', '/api/nothing', undefined, vera, 404, 'no_such_address'],
    ['POST', '/api/session', { name: 'vera', password: 'x'.repeat(300) }, {}, 401, 'wrong_password'],
  ];
  for (const [method, path, body, headers, status, code] of table) {
    expect([path, ...(await problem(await ask(centre, method, path, body, headers)))]).toEqual([path, status, code]);
  }
  // A body that is no JSON, of another kind, or far too large, is refused before anybody looks at it.
  const raw = (body: string, type = 'application/json') => fetch(`${centre.url}/api/session`, { method: 'POST', headers: { 'content-type': type }, body });
  expect([(await raw('{')).status, (await raw('{}')).status, (await raw('x', 'text/plain')).status, (await raw('"'.padEnd(100_000, 'x'))).status]).toEqual([400, 422, 415, 413]);
  expect((await ask(centre, 'PUT', `/api/lines/${line}/mode`, { mode: 'open' }, lidia)).status).toBe(204);
});

test('a guesser is slowed, and only there', async ({ centre }) => {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(await problem(await ask(centre, 'POST', '/api/session', { name: 'nobody', password: `${attempt}` }))).toEqual([401, 'wrong_password']);
  }
  const slowed = await ask(centre, 'POST', '/api/session', { name: 'nobody', password: '6' });
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await problem(slowed)).toEqual([429, 'too_many_attempts']);
  await signedIn(centre, 'egor');
});

test('a sign-out ends the session, and pages come with their safety headers', async ({ centre }) => {
  const vera = await signedIn(centre, 'vera');
  expect((await ask(centre, 'GET', '/api/session', undefined, vera)).status).toBe(200);
  expect((await ask(centre, 'DELETE', '/api/session', undefined, vera)).status).toBe(204);
  expect((await ask(centre, 'GET', '/api/session', undefined, vera)).status).toBe(401);
  const page = await ask(centre, 'GET', '/');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'; style-src 'self';");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a page travels packed, and says the same', async ({ centre }) => {
  const asked = (coding: string) => ask(centre, 'GET', '/', undefined, { 'accept-encoding': coding });
  const plain = await asked('identity');
  const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(await plain.text())?.[1] ?? '';
  const of = async (coding: string) => {
    const answer = await ask(centre, 'GET', script, undefined, { 'accept-encoding': coding });
    return [answer.headers.get('content-encoding'), (await answer.text()).length] as const;
  };
  const [, length] = await of('identity');
  expect(length).toBeGreaterThan(100_000);
  expect([await of('identity'), await of('gzip, deflate'), await of('gzip, br'), await of('zstd')]).toEqual([[null, length], ['gzip', length], ['br', length], [null, length]]);
});
