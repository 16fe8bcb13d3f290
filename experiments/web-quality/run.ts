import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../../test/web/browser.js';
import { everyPage } from '../../test/web/check-pages.js';
import { bundleSizes } from './bundle.js';
import { look, type Look, type Window } from './look.js';

const RESULTS = 'experiments/web-quality/results.json';
const FIRST_LOAD_MOST = 250_000;
const WINDOWS: readonly Window[] = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
];

const [, , url, screenshots] = process.argv;
if (!url) throw new Error('give the address of a running Tallyhouse, such as http://127.0.0.1:4000');
const bundle = bundleSizes('dist/web');
const browser = await openBrowser();
const pages: Record<string, Record<string, Look>> = {};
for (const [name, path] of await everyPage(browser, url)) {
  pages[name] = {};
  for (const window of WINDOWS) {
    const key = `${window.width} ${window.colorScheme}`;
    const shot = screenshots && join(screenshots, `${name} ${key}.png`);
    pages[name][key] = await look(browser, `${url}${path}`, window, shot);
    process.stdout.write(
      `${name} ${key}: ${pages[name][key].violations.map(({ id }) => id).join(' ') || 'clean'}\n`,
    );
  }
}
const browserVersion = browser.version();
await browser.close();

const looks = Object.values(pages).flatMap((page) => Object.values(page));
const found = looks.flatMap((one) => one.violations);
const worst = (of: (one: Look) => number): number => Math.max(...looks.map(of));
const summary = {
  pages: Object.keys(pages).length,
  looks: looks.length,
  axeSeriousOrCritical: found.filter(({ impact }) => impact === 'serious' || impact === 'critical').length,
  axeAny: found.length,
  worstFirstContentfulPaintMs: worst((one) => one.firstContentfulPaintMs),
  worstLargestContentfulPaintMs: worst((one) => one.largestContentfulPaintMs),
  worstLayoutShift: worst((one) => one.layoutShift),
  firstLoadGzipBytes: bundle.firstLoadGzipBytes,
};
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, chromium: browserVersion };
writeFileSync(RESULTS, `${JSON.stringify({ summary, machine, bundle, pages }, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
if (summary.axeSeriousOrCritical > 0 || bundle.firstLoadGzipBytes > FIRST_LOAD_MOST) process.exitCode = 1;
