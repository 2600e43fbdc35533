//! The API under generated nonsense: schemathesis with a fixed seed, as a specialist and as the administrator. Runs where the
//! gate has installed it (`OTKLIK_SCHEMATHESIS` names the program).
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.ts';

const PROGRAM = process.env['OTKLIK_SCHEMATHESIS'] ?? '';
/** The same cases every time. */
const SEED = '20261124';
/** A way out of the session, WebSockets, and a sound file: not for a generator of JSON. */
const LEFT_OUT = ['signOut', 'followDesk', 'followCall', 'followCentre', 'replacePrompt'];
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
const WITHIN_MS = 120_000;

for (const who of ['vera', 'oleg']) {
  test(`generated requests of ${who} get answers that the description names`, async ({ centre }) => {
    test.skip(PROGRAM === '', 'schemathesis is not installed');
    test.setTimeout(WITHIN_MS + 30_000);
    const { id, password } = centre.login(who);
    const answer = await fetch(`${centre.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: id, password }) });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('otklik_session'))?.split(';')[0] ?? '';
    const words = ['run', `${centre.url}/api/openapi.json`, '--header', `Cookie: ${cookie}`, '--checks', CHECKS, '--seed', SEED, '--max-examples', '5',
      '--phases', 'coverage,fuzzing', '--continue-on-failure', '--no-color', ...LEFT_OUT.flatMap((operation) => ['--exclude-operation-id', operation])];
    const done = await promisify(execFile)(PROGRAM, words, { timeout: WITHIN_MS, cwd: tmpdir(), maxBuffer: 64 * 1024 * 1024 }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (failure: { code?: number; stdout?: string; stderr?: string }) => ({ code: failure.code ?? -1, said: `${failure.stdout ?? ''}${failure.stderr ?? ''}` }),
    );
    expect(done.code, done.said.slice(-20_000)).toBe(0);
    // Not everything was refused at the door.
    expect(done.said).toMatch(/Test cases:\s+\d{2,} generated/);
  });
}
