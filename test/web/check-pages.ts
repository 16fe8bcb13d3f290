import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { graveFaults } from './axe.js';
import { openBrowser } from './browser.js';

/** One page that was looked at, with what was wrong with it. */
export interface PageCheck {
  name: string;
  width: number;
  heading: string;
  faults: string[];
  /** Its file, where screenshots are kept. */
  screenshot: string | undefined;
}

export interface CheckOptions {
  widths?: readonly number[];
  colorScheme?: 'light' | 'dark';
  /** Pages beside the fixed ones: name and path. */
  more?: readonly (readonly [string, string])[];
  /** Looks at these pages alone, and not at entries behind the lists. */
  only?: readonly string[];
  /** The reads are meant to fail; otherwise a failed read that the page shows is a fault. */
  failing?: boolean;
  /** Console errors that the caller means to cause. */
  expected?: RegExp;
}

const PAGES = [
  ['overview', '/'],
  ['governance', '/governance'],
  ['propose', '/governance/new'],
  ['delegates', '/governance/delegates'],
  ['own account', '/governance/me'],
  ['signed in', '/account'],
  ['models', '/models'],
  ['forecasts', '/forecasts'],
  ['runs', '/forecasts/runs'],
  ['strange values', '/forecasts/strange-values'],
  ['lead times', '/forecasts/lead-times'],
  ['events', '/events'],
  ['custody', '/custody'],
  ['sharing', '/sharing'],
  ['recalls', '/recalls'],
  ['findings', '/findings'],
  ['reports', '/reports'],
  ['texts', '/texts'],
  ['status', '/status'],
  ['jobs', '/jobs'],
  ['verify', '/verify'],
  ['missing', '/no/such/page'],
] as const;

/** List page, the link of its first row, and the name of the page behind it. */
const DEEPER = [
  ['proposal', '/governance', 'tbody a[href^="/governance/"]'],
  ['account', '/governance/delegates', 'tbody a[href^="/accounts/"]'],
  ['model', '/models', 'tbody a[href^="/models/"]'],
  ['forecast', '/forecasts', 'tbody a[href^="/forecasts/"]'],
  ['finding', '/findings', 'tbody a[href^="/findings/"]'],
  ['text', '/texts', 'tbody a[href^="/texts/"]'],
  ['event', '/events?status=ANCHORED', 'tbody a[href^="/events/"]'],
] as const;

const DEADLINE_MS = 15_000;
const HEIGHT = 900;

/**
 * Loads every page at every width, takes a screenshot of each into `outDir` where one is given, and gives what it found: console errors,
 * uncaught exceptions, a heading that is missing, content wider than the window, and what axe calls serious or critical. Throws only when the browser or a
 * page cannot be had at all.
 */
export async function checkPages(
  baseUrl: string,
  outDir: string | undefined,
  options: CheckOptions = {},
): Promise<PageCheck[]> {
  if (outDir !== undefined) await mkdir(outDir, { recursive: true });
  const browser = await openBrowser();
  try {
    const { only } = options;
    const all = only ? PAGES.filter(([name]) => only.includes(name)) : await everyPage(browser, baseUrl);
    const targets = [...all, ...(options.more ?? [])];
    const checks: PageCheck[] = [];
    for (const width of options.widths ?? [1280, 390]) {
      const colorScheme = options.colorScheme ?? 'light';
      const context = await browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme });
      for (const [name, path] of targets)
        checks.push(await checkPage(context, { baseUrl, outDir, name, path, width, options }));
      await context.close();
    }
    return checks;
  } finally {
    await browser.close();
  }
}

/** Name and path of every page: the fixed ones, and the first entry behind each list that has one. */
export async function everyPage(browser: Browser, baseUrl: string): Promise<(readonly [string, string])[]> {
  return [...PAGES, ...(await deeperPages(browser, baseUrl))];
}

interface Target {
  baseUrl: string;
  outDir: string | undefined;
  name: string;
  path: string;
  width: number;
  options: CheckOptions;
}

async function checkPage(context: BrowserContext, target: Target): Promise<PageCheck> {
  const { baseUrl, outDir, name, path, width, options } = target;
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' || options.expected?.test(message.text())) return;
    faults.push(`console: ${message.text()}`);
  });
  await page.goto(`${baseUrl}${path}`, { timeout: DEADLINE_MS });
  await settled(page);
  const heading = (await page.locator('h1').allInnerTexts()).join(' | ');
  if (heading === '' || heading.includes(' | ')) faults.push(`headings of the first rank: "${heading}"`);
  faults.push(...(await tooWide(page)), ...(await graveFaults(page)));
  if (!options.failing)
    faults.push(...(await page.locator('[role=alert]').allInnerTexts()).map((text) => `shows: ${text}`));
  const file = `${name}-${width}${options.colorScheme === 'dark' ? '-dark' : ''}.png`;
  const screenshot = outDir === undefined ? undefined : join(outDir, file);
  if (screenshot !== undefined) await page.screenshot({ path: screenshot, fullPage: true });
  await page.close();
  return { name, width, heading, faults, screenshot };
}

/** A page is settled when its heading is there and nothing says any more that it is being read. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ timeout: DEADLINE_MS });
  await page.locator('.loading').first().waitFor({ state: 'detached', timeout: DEADLINE_MS });
}

async function tooWide(page: Page): Promise<string[]> {
  const [content, window] = await page
    .locator('html')
    .evaluate(
      (root: { scrollWidth: number; clientWidth: number }) => [root.scrollWidth, root.clientWidth] as const,
    );
  return content > window + 1 ? [`content is ${content} px wide in a window of ${window} px`] : [];
}

/** The first entry behind each list; a list without entries gives none. */
async function deeperPages(browser: Browser, baseUrl: string): Promise<[string, string][]> {
  const page = await browser.newPage();
  const found: [string, string][] = [];
  for (const [name, list, link] of DEEPER) {
    await page.goto(`${baseUrl}${list}`, { timeout: DEADLINE_MS });
    await settled(page);
    const first = page.locator(link).first();
    const path = (await first.count()) > 0 ? await first.getAttribute('href') : null;
    if (path) found.push([name, path]);
  }
  await page.close();
  return found;
}
