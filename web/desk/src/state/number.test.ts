//! Numbers as people read them.
import { expect, test } from 'vitest';
import { readableNumber } from './number';

test.each([
  ['+78310000114', '+7 831 000-01-14'],
  ['+78000000000', '8 800 000-00-00'],
  ['+375291234567', '+375291234567'],
  ['112', '112'],
])('%s is read as %s', (stored, read) => {
  expect(readableNumber(stored)).toBe(read);
});
