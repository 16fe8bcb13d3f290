import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readHeader, verifyBundle, type ProofBundle } from '@tallyhouse/proofs';
import type { Browser, Page } from 'playwright-core';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { checkPages, settled } from '../web/check-pages.js';
import { ask } from './kit/api.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { delegateAll, inState } from './kit/vote.js';

const DAY_MS = 86_400_000;
/** Demand of so many months is enough for a forecast; of the last days everything is captured. */
const MONTHS = 12;
const WHOLE_DAYS = 10;
/** Pages behind an entry of a list. */
const DEEPER = ['proposal', 'account', 'model', 'forecast', 'event'] as const;
const present = browserPresent();
if (!present) console.warn('skipped: no page is looked at, /usr/bin/chromium is not installed');

(present ? describe : describe.skip)('the pages show the loop', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;
  let bundle: string;

  beforeAll(async () => {
    const start = new Date(Date.now() - 365 * DAY_MS).toISOString().slice(0, 10);
    journey = await startJourney({ world: { seed: 7, start, months: MONTHS, scale: 0.01 } });
    const recent = Date.parse(start) + (365 - WHOLE_DAYS) * DAY_MS;
    await captureWorld(
      journey,
      ({ event }) => event.bizStep === 'retail_selling' || Date.parse(event.eventTime) >= recent,
    );
    await allAnchored(journey);
    await delegateAll(journey);
    // Votes count from the second after the delegation.
    const candidate = await unmeasuredCandidate(journey.stack.artifactFolder);
    const { proposalId } = await proposeVersion(journey.stack, candidate);
    await inState(journey, proposalId, 'PENDING');
    await firstRow(
      journey,
      'a committed forecast',
      'SELECT 1 FROM forecast_run r JOIN forecast_committed c ON c.root = r.root',
    );
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const open = async (path: string): Promise<void> => {
    await page.goto(`${journey.stack.apiUrl}${path}`);
    await settled(page);
  };
  const openFirst = async (list: string, link: string): Promise<void> => {
    await open(list);
    await page.locator(link).first().click();
    await settled(page);
  };
  const downloaded = async (button: string): Promise<string> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return readFile(await file.path(), 'utf8');
  };

  // All pages in all four windows take minutes: experiments/web-quality looks at them.
  it.each([
    ['dark', 390, undefined],
    ['light', 1280, ['overview', 'governance', 'forecasts', 'findings', 'texts', 'status']],
  ] as const)(
    'pages draw what the api answers, %s at %i px, and axe finds nothing grave',
    async (colorScheme, width, only) => {
      const shots = process.env.TALLYHOUSE_SCREENSHOTS;
      const checks = await checkPages(journey.stack.apiUrl, shots, {
        ...{ colorScheme, widths: [width] },
        ...(only && { only }),
      });
      expect(checks.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))).toEqual([]);
      const names = new Set(checks.map(({ name }) => name));
      for (const name of only ?? DEEPER) expect(names).toContain(name);
    },
    600_000,
  );

  it('an anchored event is checked in the browser against the chain', async () => {
    await openFirst('/events?status=ANCHORED', 'tbody a[href^="/events/"]');
    await page.getByRole('button', { name: 'Check in this browser' }).click();
    await page.getByText('Every step held, up to the block hash that you gave.').waitFor();
  }, 60_000);

  it('the proof that is downloaded holds by itself', async () => {
    bundle = await downloaded('Download proof');
    expect(verifyBundle(JSON.parse(bundle)).verdict).toBe('consistent');
  }, 60_000);

  it('a file is verified by the page without a network, and a changed one names its step', async () => {
    const { header, anchorContract, rights } = JSON.parse(bundle) as ProofBundle;
    await open('/verify');
    await page.context().setOffline(true);
    const text = page.getByLabel('Text of the bundle');
    await text.fill(bundle);
    await page.getByRole('textbox', { name: 'Block hash' }).fill(readHeader(header).hash);
    await page.getByLabel('TraceAnchor').fill(anchorContract);
    await page.getByLabel('PartnerRegistry').fill(rights!.registry);
    await page.getByText('Every step held, up to the block hash that you gave.').waitFor();
    await page.getByLabel('Keep /bizStep').check();
    const fewer = await downloaded('Save a bundle with only these');
    await text.fill(fewer);
    await page.getByText(/fields, bound: none can be changed/).waitFor();
    await text.fill(fewer.replace(/"value": "[a-z_]+"/, '"value": "destroying"'));
    await page.getByText(/^not valid: disclosure/).waitFor();
    await page.context().setOffline(false);
  }, 60_000);

  it('a proof that was altered on its way to the browser is refused there', async () => {
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /"disclosureRoot":"0x.{8}/,
        '"disclosureRoot":"0x00000000',
      );
      await route.fulfill({ response, body });
    });
    await openFirst('/events?status=ANCHORED', 'tbody a[href^="/events/"]');
    await page.getByRole('button', { name: 'Check in this browser' }).click();
    await page.getByText(/^not valid: disclosure/).waitFor();
    await page.unroute('**/graphql');
  }, 60_000);

  it('the forecasts open with series that are forecast, and the choice stays in the address', async () => {
    await open('/forecasts');
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/as of \d+ [A-Z]/);
    await page.getByLabel('Period').selectOption('MONTHLY');
    await page.getByLabel('Measure').selectOption('All');
    expect(new URL(page.url()).search).toBe('?frequency=MONTHLY&measure=ALL');
    await page.reload();
    await settled(page);
    expect(await page.getByLabel('Period').inputValue()).toBe('MONTHLY');
    expect(await page.getByLabel('Measure').inputValue()).toBe('ALL');
  }, 60_000);

  it('a forecast is downloaded as the figures that the api gives', async () => {
    await openFirst('/forecasts', 'tbody a[href^="/forecasts/0x"]');
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
    const rows: Record<string, string>[] = parse(await downloaded('Download CSV'), { columns: true });
    const { forecast } = await ask<{ forecast: { points: { targetStart: string; mean: number }[] } }>(
      journey.stack,
      'query F($id: ID!) { forecast(seriesId: $id) { points { targetStart mean } } }',
      { id },
    );
    const ahead = rows.filter(({ kind }) => kind === 'forecast');
    expect(ahead.map(({ period_start, value }) => [period_start, Number(value)])).toEqual(
      forecast.points.map(({ targetStart, mean }) => [targetStart, mean]),
    );
    expect(ahead.length).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThan(ahead.length);
  }, 60_000);

  it('what a series is made of sums to what was observed in whole periods', async () => {
    await openFirst('/forecasts', 'tbody a[href^="/forecasts/0x"]');
    await page.getByRole('region', { name: 'What it is made of' }).getByText('The trend explains').waitFor();
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!);
    const { seriesById } = await ask<{
      seriesById: {
        observations: { periodStart: string; value: number }[];
        decomposition: {
          asOf: string;
          periods: (Record<'observed' | 'trend' | 'season' | 'remainder', number> & {
            periodStart: string;
          })[];
        };
      };
    }>(
      journey.stack,
      `query S($id: ID!) { seriesById(id: $id) { observations(last: 400) { periodStart value }
        decomposition(last: 400) { asOf periods { periodStart observed trend season remainder } } } }`,
      { id },
    );
    const { observations, decomposition } = seriesById;
    const whole = observations.filter(({ periodStart }) => periodStart < decomposition.asOf);
    const observed = new Map(decomposition.periods.map((one) => [one.periodStart, one.observed]));
    expect(whole.length).toBeGreaterThan(5);
    for (const { periodStart, value } of whole) expect(observed.get(periodStart)).toBe(value);
    for (const { observed: value, trend, season, remainder } of decomposition.periods)
      expect(trend + season + remainder).toBeCloseTo(value, 6);
  }, 60_000);
});
