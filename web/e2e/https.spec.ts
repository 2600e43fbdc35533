//! The desk as ten real ones have it: by a name, over HTTPS of the centre's own, on no localhost. Then a copy is made of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Caller } from './caller.ts';
import { BINARY, Centre } from './centre.ts';
import { selfSigned } from './certificate.ts';
import { becomesReady, CALLER_HZ, expect, hears, microphoneOf, PLAIN, RINGS_WITHIN_MS, seesBar, SPECIALIST, SPECIALIST_HZ, talksFor, test } from './fixtures.ts';

const NAME = 'desk.example';

test.use({
  ignoreHTTPSErrors: true,
  launchOptions: {
    executablePath: process.env['OTKLIK_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...PLAIN, ...microphoneOf(SPECIALIST_HZ), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
  },
});

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** A request as a program sends it, by whatever name, to the centre's own address. */
function ask(centre: Centre, method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const { port } = new URL(centre.url);
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, method, path, rejectUnauthorized: false, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    asked.on('error', fail);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test('a desk over HTTPS takes a call, and a copy of all that is restored', async ({ page, context }) => {
  const folder = mkdtempSync(join(tmpdir(), 'otklik-https-'));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const made = selfSigned(NAME);
  writeFileSync(files.cert, made.cert);
  writeFileSync(files.key, made.key, { mode: 0o600 });
  const centre = await Centre.startAt((http) => {
    const url = `https://${NAME}:${http.split(':')[1]}`;
    return { url, args: ['--tls-cert', files.cert, '--tls-key', files.key, '--public-url', url] };
  });
  const callers: Caller[] = [];
  try {
    const own = new URL(centre.url).host;
    const open = { mode: 'open' };
    const line = '/api/start/lines/main/mode';
    const doors: [Record<string, string>, number, string][] = [
      [{ host: own, origin: 'https://evil.example' }, 403, 'other_site'],
      [{ host: own, origin: centre.url.replace('https', 'http') }, 403, 'other_site'],
      [{ host: `evil.example:${own.split(':')[1]}`, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 403, 'other_host'],
      [{ host: own, origin: centre.url }, 204, ''],
    ];
    for (const [headers, status, code] of doors) {
      const answer = await ask(centre, 'PUT', line, headers, open);
      expect([answer.status, answer.body.includes(code)]).toEqual([status, true]);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    }
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    expect((await ask(centre, 'GET', '/api/desk', { host: own, origin: 'https://evil.example', ...upgrade })).status).toBe(403);

    await becomesReady(page, centre, centre.login(SPECIALIST));
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    const cookie = (await context.cookies()).find((one) => one.name.includes('otklik_session'));
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/', domain: NAME });
    expect(cookie?.name).toMatch(/^__Host-/);

    const start = JSON.parse((await ask(centre, 'GET', '/api/start', { host: own })).body) as { number: string };
    callers.push(new Caller({ sip: centre.sip, number: start.number, from: '+78310000114', hz: CALLER_HZ }));
    await seesBar(page, 'ring', RINGS_WITHIN_MS);
    await page.keyboard.press('F4');
    await seesBar(page, 'talk');
    await hears(page, CALLER_HZ);
    await talksFor(page, 2);
    await page.getByRole('button', { name: 'Завершить' }).click();
    await seesBar(page, 'wrap');
    await callers[0]?.finished();
    await expect.poll(async () => (await page.request.get(`https://127.0.0.1:${own.split(':')[1]}/metrics`)).text()).toMatch(/recordings_allowed 1/);

    // The recording of that talk goes into a copy beside the running centre, and comes out of it whole.
    const [copy, data] = [join(folder, 'copy'), join(folder, 'new')];
    await expect
      .poll(() => {
        execFileSync(BINARY, ['backup', copy, '--data', centre.data], { stdio: 'pipe' });
        return JSON.parse(execFileSync('cat', [join(copy, 'manifest.json')]).toString()).recordings as number;
      }, { message: 'the recording is closed and copied' })
      .toBe(1);
    execFileSync(BINARY, ['restore', copy, '--data', data], { stdio: 'pipe' });
    const calls = execFileSync(BINARY, ['calls', '--json', '--data', data]).toString().trim().split('\n').map((text) => JSON.parse(text) as { outcome: string; recording: string });
    expect(calls.map((call) => call.outcome)).toEqual(['answered']);
    execFileSync(BINARY, ['verify', '--data', data], { stdio: 'pipe' });
  } finally {
    for (const caller of callers) await caller.drop();
    await centre.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
