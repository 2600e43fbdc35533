//! Both catalogues say the same things, and every text can be formed.
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript beside the catalogues
import { catalogue, differences, keysSource, source } from './check.mjs';

it('have the same keys and variables', () => expect(differences(catalogue('ru'), catalogue('en'))).toEqual([]));

it('are what the code knows', () => {
  expect(readFileSync(new URL('../src/words/generated/keys.ts', import.meta.url), 'utf8')).toBe(keysSource(catalogue('ru')));
});

it('a lack is seen', () => {
  expect(differences(new Map([['a', ''], ['b', 'x']]), new Map([['b', ''], ['c', '']]))).toHaveLength(3);
});

describe.each(['ru', 'en'])('%s', (locale) => {
  const bundle = new FluentBundle(locale, { useIsolating: false });
  bundle.addResource(new FluentResource(source(locale) as string));

  it('forms every text for one, two, five, and for each gender', () => {
    for (const [key, names] of catalogue(locale) as Map<string, string>) {
      for (const number of [0, 1, 2, 5, 21]) {
        for (const gender of ['f', 'm', 'other']) {
          const args = Object.fromEntries(names.split(' ').filter(Boolean).map((name) => [name, name === 'gender' ? gender : name === 'day' ? 'today' : number]));
          const errors: Error[] = [];
          const pattern = bundle.getMessage(key)?.value;
          expect(pattern, key).toBeTruthy();
          const text = bundle.formatPattern(pattern ?? '', args, errors);
          expect([key, errors, text.trim().length > 0 && !text.includes('{')]).toEqual([key, [], true]);
        }
      }
    }
  });
});
