import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { browserPresent } from './browser.js';
import { checkPages } from './check-pages.js';
import type { PageCheck } from './check-pages.js';
import { checkVoting } from './check-voting.js';
import { startFixture } from './fixture/server.js';

/** Checks the built pages against the fixture: `npm run build:web`, then this, with a folder for screenshots. */
async function main(): Promise<void> {
  if (!browserPresent()) {
    process.stdout.write('browser checks skipped: /usr/bin/chromium is not installed\n');
    return;
  }
  const outDir = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'tallyhouse-pages-')));
  const fixture = await startFixture(resolve('dist/web'));
  const checks: PageCheck[] = [];
  checks.push(...(await checkPages(fixture.url, outDir)));
  checks.push(...(await checkPages(fixture.url, join(outDir, 'dark'), { colorScheme: 'dark' })));
  for (const mode of ['empty', 'broken', 'stale'] as const) {
    fixture.state.mode = mode;
    checks.push(
      ...(await checkPages(fixture.url, join(outDir, mode), {
        widths: [390],
        only: ['overview', 'governance', 'models', 'forecasts', 'events', 'status'],
        failing: mode === 'broken',
      })),
    );
  }
  fixture.state.mode = 'full';
  const voting = await checkVoting(fixture.url, join(outDir, 'voting'));
  await fixture.close();
  const faults = [
    ...checks.flatMap((check) => check.faults.map((fault) => `${check.screenshot}: ${fault}`)),
    ...voting,
  ];
  process.stdout.write(`${checks.length} pages looked at, screenshots in ${outDir}\n`);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
