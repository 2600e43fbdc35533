//! Who is told about Firefox, and which numbers are taken.
import { expect, it } from 'vitest';
import { isFirefoxOnLoopback, isNumber } from './place';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';

it.each([
  [FIREFOX, '127.0.0.1', true], [FIREFOX, 'localhost', true], [FIREFOX, '[::1]', true], [FIREFOX, '127.10.0.3', true],
  [FIREFOX, '192.0.2.7', false], [FIREFOX, 'call.example.org', false], [FIREFOX, '127.example.org', false],
  [CHROME, '127.0.0.1', false],
])('%s at %s: %s', (agent, host, told) => {
  expect(isFirefoxOnLoopback(agent, host)).toBe(told);
});

it.each([['8 (916) 000-00-14', true], ['+7 916 000 00 14', true], ['9160000014', true], ['112', false], ['8 916 abc 00 14', false], ['9'.repeat(16), false], ['', false]])(
  '%s is a number: %s', (text, taken) => expect(isNumber(text)).toBe(taken),
);
