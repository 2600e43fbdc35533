//! How a picture is taken: light and dark, into shots/ at the root; nothing on it may stand beside the page.
import type { Page } from '@playwright/test';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Centre } from './centre.ts';
import { expect } from './fixtures.ts';

const FOLDER = resolve(import.meta.dirname, '../../shots');

/** The sizes in which the drawings are made. */
export const DESK = { width: 1366, height: 768 };
/** The notebook of a specialist with a low screen. */
export const LOW = { width: 1366, height: 650 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 640 };
const WALL = { width: 1920, height: 1080 };

/** Pages that can be scrolled sideways. Told at the end, so that all pictures are there to look at. */
const wide: string[] = [];

/** No page of all the pictures can be scrolled sideways. */
export const allFit = (): void => expect(wide).toEqual([]);

/** Throws away the pictures of the last time. */
export function empty(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
}

/** Takes a picture in both themes. */
export async function shoot(page: Page, name: string, size = DESK): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Pages of the public have no Mantine: their colours follow the system alone.
    await page.waitForFunction((wanted) => (document.documentElement.dataset['mantineColorScheme'] ?? wanted) === wanted, colorScheme);
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (beside > 0) wide.push(`${name}: ${beside} px beside ${size.width}`);
  await page.setViewportSize(DESK);
}

/** The same page on a telephone. */
export const shootPhone = (page: Page, name: string): Promise<void> => shoot(page, `${name}-phone`, PHONE);
/** On the smallest telephone that is in use. */
export const shootNarrow = (page: Page, name: string): Promise<void> => shoot(page, `${name}-320`, NARROW);
/** On the wall. */
export const shootWall = (page: Page, name: string): Promise<void> => shoot(page, `${name}-wall`, WALL);

/** Signs in without the form: no desk opens, no microphone is asked for. */
export async function signInAt(page: Page, centre: Centre, who: string, path: string): Promise<void> {
  const answer = await page.request.post(`${centre.url}/api/session`, { data: { name: who, password: centre.login(who).password }, headers: { origin: centre.url } });
  expect(answer.status()).toBe(200);
  await page.goto(`${centre.url}${path}`);
}
