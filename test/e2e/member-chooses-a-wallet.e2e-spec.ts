import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserPresent, openBrowser } from '../web/browser.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';

const present = browserPresent();
if (!present) console.warn('skipped: no member chooses a wallet, /usr/bin/chromium is not installed');

(present ? describe : describe.skip)('a member chooses between two wallets', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 8, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack } = journey;
    const [alice, bob] = stack.accounts.members;
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(30_000);
    const { chainId } = stack.deployment;
    await injectWallet(page, new LocalKeyWallet(stack.rpcUrl, alice!, chainId).request, 'Alder wallet');
    await injectWallet(page, new LocalKeyWallet(stack.rpcUrl, bob!, chainId).request, 'Birch wallet');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
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
});
