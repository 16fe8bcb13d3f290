import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gtin, lgtin, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { toDocument } from '@tallyhouse/simulation';
import type { Browser, Page } from 'playwright-core';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { ask, captureByApi } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored } from './kit/loop.js';

const PREFIX = '9521141';
const LOT = lgtin(gtin(PREFIX, '01234'), 'L7');
const PALLETS = ['000000007', '000000008', '000000009'].map((serial) => sscc(PREFIX, serial));
const MILL = { id: sgln('9521141000014') };
const at = (hours: number) => ({
  eventTime: new Date(Date.UTC(2025, 9, 9, hours)).toISOString(),
  ...{ eventTimeZoneOffset: '+00:00', readPoint: MILL, bizLocation: MILL },
});
const EVENTS: readonly EpcisEvent[] = [
  {
    ...{ ...at(1), type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning' },
    quantityList: [{ epcClass: LOT, quantity: 30, uom: 'KGM' }],
  },
  ...PALLETS.map((parentID, index) => ({
    ...{ ...at(2 + index), type: 'AggregationEvent', action: 'ADD' as const, bizStep: 'packing', parentID },
    childQuantityList: [{ epcClass: LOT, quantity: 10, uom: 'KGM' }],
  })),
];
const REASON = 'seal broken <b>twice</b>';
const present = browserPresent();
if (!present) console.warn('skipped: no partner hands over in a browser, /usr/bin/chromium is not installed');

(present ? describe : describe.skip)('a partner hands goods over and drills a recall in the browser', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;
  let [maker, taker] = [
    { address: '', name: '' },
    { address: '', name: '' },
  ];
  const faults: string[] = [];

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 11, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack } = journey;
    const { partners } = await ask<{ partners: (typeof maker)[] }>(stack, '{ partners { address name } }');
    const named = (index: number) =>
      partners.find(({ address }) => address === stack.accounts.partner(index).address.toLowerCase())!;
    [maker, taker] = [named(0), named(1)];
    const document = toDocument(EVENTS, '2025-10-10T00:00:00Z');
    await captureByApi(stack, document, journey.apiKeys[maker.address]!);
    await allAnchored(journey);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(45_000);
    page.on('pageerror', (error) => faults.push(error.message));
    // The relayer of the local world speaks for all its partners.
    const wallet = new LocalKeyWallet(stack.rpcUrl, stack.accounts.relayer, stack.deployment.chainId);
    await injectWallet(page, wallet.request);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const says = (words: string | RegExp) => page.getByText(words).first().waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const recipient = () => page.getByRole('region', { name: 'Offer units' }).locator('select');
  const actFor = (name: string) => page.getByLabel('You act for').selectOption({ label: name });

  it('offers units in bulk by SSCC, and is told of one that is none', async () => {
    await page.goto(`${journey.stack.apiUrl}/custody`);
    await says('Connect a wallet at the top of the page');
    await press('Connect wallet or sign in');
    await press('Test wallet');
    await actFor(maker.name);
    const digits = PALLETS.map((uri) => uri.slice(-18));
    await page.getByLabel('SSCCs, one a line').fill(`${digits.join('\n')}\n12345`);
    await recipient().selectOption({ label: taker.name });
    await says('12345 is no SSCC');
    expect(await page.getByRole('button', { name: 'Offer 3' }).isDisabled()).toBe(true);
    await page.getByLabel('SSCCs, one a line').fill(digits.join('\n'));
    await press('Offer 3');
    await says(`Offered 3 to ${taker.name}.`);
    await page.getByRole('group', { name: 'Offers by you' }).getByRole('row').nth(3).waitFor();
  }, 90_000);

  it('says in words why the contract refuses to offer them again', async () => {
    await press('Offer 3');
    await says('One of these units is on offer already.');
  }, 60_000);

  it('the other side accepts, offers one back, and that is rejected with a reason', async () => {
    await actFor(taker.name);
    await press('Accept 3');
    await says('Accepted: 3. You hold them now.');
    const { custody } = await ask<{ custody: { holder: string } }>(
      journey.stack,
      'query C($sscc: String!) { custody(sscc: $sscc) { holder } }',
      { sscc: PALLETS[2] },
    );
    expect(custody.holder).toBe(taker.address);
    await page.getByLabel('SSCCs, one a line').fill(PALLETS[0]!);
    await recipient().selectOption({ label: maker.name });
    await press('Offer 1');
    await says(`Offered 1 to ${maker.name}.`);
    await actFor(maker.name);
    await page.getByRole('button', { name: 'Reject 1' }).waitFor();
    expect(await page.getByRole('button', { name: 'Reject 1' }).isDisabled()).toBe(true);
    await page.getByLabel('Reason for refusing, kept on chain').fill(REASON);
    await press('Reject 1');
    await says('Rejected: 1. Their holder is who it was.');
    await page.getByRole('group', { name: 'Offers to you' }).getByText(REASON).waitFor();
  }, 120_000);

  it('drills a recall: the clock runs, a holder answers, and the opener stops it', async () => {
    await page.goto(`${journey.stack.apiUrl}/recalls?items=${encodeURIComponent(LOT)}`);
    await page.getByLabel('Only a drill').check();
    await page.getByLabel('Your partner API key').fill(journey.apiKeys[maker.address]!);
    await page.getByRole('button', { name: /^Drill \d+ items?$/ }).click();
    await says('A drill: no goods are recalled');
    const clock = page.getByRole('timer');
    const before = await clock.innerText();
    await waitUntil('the clock runs', async () => (await clock.innerText()) !== before, {
      timeoutMs: 10_000,
    });
    await page.getByLabel('Your partner API key').fill(journey.apiKeys[maker.address]!);
    await page.getByLabel('Recovered in all so far').fill('30');
    await press('Answer');
    await page.getByRole('cell', { name: '100.0%' }).waitFor();
    const downloading = page.waitForEvent('download');
    await press('CSV');
    expect((await downloading).suggestedFilename()).toMatch(/^recall_0x\w{8}\.csv$/);
    await page.getByLabel('Outcome').fill('all found');
    await press('End the drill');
    await says('all found');
    expect(await page.getByRole('button', { name: 'End the drill' }).count()).toBe(0);
    expect(faults).toEqual([]);
  }, 120_000);
});
