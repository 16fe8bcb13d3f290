import { violations } from '../../web/axe.js';
import { openBrowser } from '../../web/browser.js';
import { settled } from '../../web/check-pages.js';
import { ask } from './api.js';
import type { JourneyStack } from './journey-stack.js';

const WHAT_IF = `query W($input: WhatIfInput!) { whatIf(input: $input) { versionId state
  run { isShadow } points { planned { mean } changed { mean } stored { mean } } } }`;

/** What the api answers. */
export interface WhatIf {
  readonly points: readonly (Readonly<Record<'planned' | 'changed', { readonly mean: number }>> & {
    readonly stored: { readonly mean: number } | null;
  })[];
}

/** Asks the api what would be. */
export async function askWhatIf(
  { stack }: JourneyStack,
  input: { readonly seriesId: string; readonly changes: string; readonly versionId?: string },
): Promise<WhatIf> {
  return (await ask<{ whatIf: WhatIf }>(stack, WHAT_IF, { input })).whatIf;
}

/** How the page is looked at. */
export interface WhatIfView {
  readonly url: string;
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly changes: string;
}

/** Fills in the what-if form of a forecast page, sends it, and gives what it answers and all that axe finds wrong then. */
export async function askOnPage({
  url,
  width,
  colorScheme,
  changes,
}: WhatIfView): Promise<{ readonly answer: string; readonly faults: readonly string[] }> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
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
    await browser.close();
  }
}
