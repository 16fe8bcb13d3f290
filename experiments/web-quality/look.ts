import type { Browser } from 'playwright-core';
import { violations, type Violation } from '../../test/web/axe.js';
import { settled } from '../../test/web/check-pages.js';

/** Layout that moves later than this after the page is settled is not seen. */
const WATCH_MS = 1500;

export interface Look {
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number;
  /** Cumulative layout shift, the largest window of web-vitals simplified to the sum. */
  readonly layoutShift: number;
  readonly violations: readonly Violation[];
}

interface Seen {
  paint: number;
  largest: number;
  shift: number;
}

const WATCH = `
  window.seen = { paint: 0, largest: 0, shift: 0 };
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') window.seen.paint = entry.startTime; });
  watch('largest-contentful-paint', (entry) => { window.seen.largest = entry.startTime; });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) window.seen.shift += entry.value; });
`;

export interface Window {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Opens a page without a cache and looks at it until it stands still. */
export async function look(
  browser: Browser,
  url: string,
  { width, colorScheme }: Window,
  screenshot?: string,
): Promise<Look> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    await page.goto(url);
    await settled(page);
    await page.waitForTimeout(WATCH_MS);
    if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
    const seen = await page.evaluate<Seen>('window.seen');
    return {
      firstContentfulPaintMs: Math.round(seen.paint),
      largestContentfulPaintMs: Math.round(seen.largest),
      layoutShift: Number(seen.shift.toFixed(4)),
      violations: await violations(page),
    };
  } finally {
    await context.close();
  }
}
