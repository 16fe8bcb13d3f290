import type { Browser } from 'playwright-core';
import { violations } from '../../web/axe.js';
import { settled } from '../../web/check-pages.js';

/** How the page is looked at. */
export interface WhatIfView {
  readonly url: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly changes: string;
}

/** Fills in the what-if form of a forecast page, sends it, and gives what it answers and all that axe finds wrong then. */
export async function askOnPage(
  browser: Browser,
  { url, width, colorScheme, changes }: WhatIfView,
): Promise<{ readonly answer: string; readonly faults: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await settled(page);
    const sheet = page.getByRole('region', { name: 'What if' });
    await sheet.getByLabel('Changes').fill(changes);
    await sheet.getByRole('button', { name: 'Ask' }).click();
    await sheet.getByRole('group', { name: 'As planned and as changed' }).waitFor();
    const answer = await sheet.getByRole('status').innerText();
    const found = await violations(page);
    return { answer, faults: found.map(({ id, help, targets }) => `${id}: ${help} (${targets.join('; ')})`) };
  } finally {
    await context.close();
  }
}
