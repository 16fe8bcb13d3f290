import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserPresent, openBrowser } from '../web/browser.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { LocalRelay } from '../web/phone/local-relay.js';
import { startPhone, type PhoneWallet } from '../web/phone/phone-wallet.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';

const present = browserPresent();
if (!present) console.warn('skipped: no member chooses a wallet, /usr/bin/chromium is not installed');

/** Of no operator; the relay of this journey asks nobody. */
const PROJECT = '0123456789abcdef0123456789abcdef';

(present ? describe : describe.skip)('a member chooses between wallets', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;
  let relay: LocalRelay;
  let phone: PhoneWallet;
  let carols: LocalKeyWallet;

  beforeAll(async () => {
    relay = await LocalRelay.start();
    journey = await startJourney({
      world: { seed: 8, start: '2025-01-01', months: 1, scale: 0.01 },
      environment: { WALLETCONNECT_PROJECT_ID: PROJECT, WALLETCONNECT_RELAY_URL: relay.url },
    });
    const { stack } = journey;
    const [alice, bob, carol] = stack.accounts.members;
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(30_000);
    const { chainId } = stack.deployment;
    await injectWallet(page, new LocalKeyWallet(stack.rpcUrl, alice!, chainId).request, 'Alder wallet');
    await injectWallet(page, new LocalKeyWallet(stack.rpcUrl, bob!, chainId).request, 'Birch wallet');
    carols = new LocalKeyWallet(stack.rpcUrl, carol!, chainId);
    phone = await startPhone({
      ...{ relayUrl: relay.url, projectId: PROJECT, chainId, address: carol!.address },
      answer: carols.request,
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await phone?.stop();
    await journey?.stop();
    await relay?.stop();
  }, 60_000);

  const opener = () => page.locator('.wallet-open');
  /** The button that opens the list says whose account it is. */
  const connectedAs = (member: number) => {
    const { address } = journey.stack.accounts.members[member]!;
    return opener()
      .filter({ hasText: new RegExp(`^${address.slice(0, 6)}….*${address.slice(-4)}$`, 'i') })
      .waitFor();
  };
  /** Moves the focus by the Tab key until it is on the element whose text begins so. */
  const tabTo = async (words: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      const text = await page.locator('*:focus').innerText();
      if (text.startsWith(words)) return;
    }
    throw new Error(`the Tab key did not come to "${words}"`);
  };

  it('offers both that announced themselves, reached and pressed by keyboard alone', async () => {
    await page.goto(`${journey.stack.apiUrl}/governance`);
    await opener()
      .filter({ hasText: /^Connect/ })
      .waitFor();
    await tabTo('Connect');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Birch wallet' }).waitFor();
    expect(await page.getByRole('button', { name: 'Alder wallet' }).count()).toBe(1);
    await tabTo('Birch wallet');
    await page.keyboard.press('Enter');
    await connectedAs(1);
  }, 60_000);

  it('takes up the chosen one again after a reload', async () => {
    await page.reload();
    await connectedAs(1);
  }, 60_000);

  it('goes to the other after leaving the first', async () => {
    await opener().click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: /^Connect/ }).click();
    await page.getByRole('button', { name: 'Alder wallet' }).click();
    await connectedAs(0);
  }, 60_000);

  it('closes the list by Escape and leaves the page as it was', async () => {
    await opener().click();
    await page.getByRole('button', { name: 'Disconnect' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Disconnect' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Governance');
  }, 60_000);

  it('pairs with a phone that reads the code, through a relay that reads nothing', async () => {
    await opener().click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: /^Connect/ }).click();
    await page.getByRole('button', { name: /WalletConnect/ }).click();
    await page.getByRole('img', { name: 'Code for a wallet' }).waitFor();
    const uri = await page.getByRole('link', { name: 'Open a wallet on this device' }).getAttribute('href');
    expect(uri).toMatch(/^wc:[0-9a-f]{64}@2\?/);
    await phone.read(uri!);
    await connectedAs(2);
    expect(relay.passed).toBeGreaterThan(0);
  }, 60_000);

  it('takes up the phone again on the next page, without a code', async () => {
    await page.goto(`${journey.stack.apiUrl}/governance/me`);
    await connectedAs(2);
  }, 60_000);

  it('delegates by the phone, which signs and sends', async () => {
    await page.getByRole('button', { name: 'Delegate to myself' }).click();
    await page.getByText('Delegated. It counts for votes that open from now on.').waitFor();
    expect(carols.sent).toBe(1);
  }, 60_000);

  it('is told when the holder declines on the phone', async () => {
    carols.declines = true;
    await page.getByLabel('Let this account vote for you').fill(journey.stack.accounts.members[0]!.address);
    await page.getByRole('button', { name: 'Delegate', exact: true }).click();
    await page.getByText('You declined the request in your wallet. Nothing was sent.').waitFor();
    expect(carols.sent).toBe(1);
  }, 60_000);

  it('is disconnected once the holder leaves on the phone', async () => {
    await phone.leave();
    await opener()
      .filter({ hasText: /^Connect/ })
      .waitFor();
  }, 60_000);
});
