import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser.js';
import { settled } from './check-pages.js';
import { injectWallet } from './injected-wallet.js';
import type { WalletRequest } from './injected-wallet.js';

const ACCOUNT = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';
const DEADLINE_MS = 15_000;

type Refusal = { code: number; message: string };

/** A wallet that holds one account, on the chain given, and refuses to send where a refusal is given. */
function testWallet(chainId: number, refusal?: Refusal): WalletRequest {
  let current = chainId;
  let asked = false;
  return async ({ method, params }) => {
    if (method === 'eth_accounts') return asked ? [ACCOUNT] : [];
    if (method === 'eth_requestAccounts') {
      asked = true;
      return [ACCOUNT];
    }
    if (method === 'eth_chainId') return `0x${current.toString(16)}`;
    if (method === 'wallet_requestPermissions') return [{ parentCapability: 'eth_accounts' }];
    if (method === 'wallet_switchEthereumChain') {
      current = Number((params?.[0] as { chainId?: string } | undefined)?.chainId);
      return null;
    }
    if (method === 'eth_sendTransaction') {
      if (refusal) throw refusal;
      return `0x${'5e'.repeat(32)}`;
    }
    return '0x30d40';
  };
}

/** Votes by an injected wallet: counted, refused in the wallet, on the wrong chain, and without any wallet. */
export async function checkVoting(baseUrl: string, outDir: string): Promise<string[]> {
  await mkdir(outDir, { recursive: true });
  const browser = await openBrowser();
  const at = { browser, baseUrl, outDir };
  const faults: string[] = [];
  try {
    const refusal = { code: 4001, message: 'User rejected the request.' };
    faults.push(...(await vote(at, 'counted', testWallet(31337), 'Your vote is counted')));
    faults.push(...(await vote(at, 'rejected', testWallet(31337, refusal), 'You declined the request')));
    faults.push(...(await wrongChain(at)));
    faults.push(...(await noWallet(at)));
  } finally {
    await browser.close();
  }
  return faults;
}

interface Place {
  browser: Browser;
  baseUrl: string;
  outDir: string;
}

async function vote(at: Place, name: string, wallet: WalletRequest, words: string): Promise<string[]> {
  const page = await proposalPage(at, wallet);
  await connect(page);
  await page.getByLabel(/^Reason/).fill('Better on our lanes');
  await page.screenshot({ path: join(at.outDir, `${name}-before.png`), fullPage: true });
  await page.getByRole('button', { name: 'For', exact: true }).click();
  return finish(page, at, name, words);
}

async function wrongChain(at: Place): Promise<string[]> {
  const page = await proposalPage(at, testWallet(1));
  await connect(page);
  const faults = await expectWords(page, 'wrong-chain', 'Your wallet is on another network');
  await page.screenshot({ path: join(at.outDir, 'wrong-chain.png'), fullPage: true });
  await page.getByRole('button', { name: /^Switch to chain/ }).click();
  return [...faults, ...(await finish(page, at, 'switched', 'Your voting power: 1,250'))];
}

async function noWallet(at: Place): Promise<string[]> {
  const page = await proposalPage(at);
  await page.getByRole('button', { name: 'Connect wallet' }).click();
  return finish(page, at, 'no-wallet', 'No wallet was found');
}

async function proposalPage({ browser, baseUrl }: Place, wallet?: WalletRequest): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  if (wallet) await injectWallet(page, wallet);
  await page.goto(`${baseUrl}/governance?state=ACTIVE`);
  await settled(page);
  await page.locator('tbody a[href^="/governance/"]').first().click();
  await page.getByRole('heading', { name: 'Your part' }).waitFor({ timeout: DEADLINE_MS });
  return page;
}

async function connect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect wallet' }).click();
  await page.getByRole('button', { name: 'Test wallet' }).click();
}

async function finish(page: Page, at: Place, name: string, words: string): Promise<string[]> {
  const faults = await expectWords(page, name, words);
  await page.screenshot({ path: join(at.outDir, `${name}.png`), fullPage: true });
  await page.close();
  return faults;
}

async function expectWords(page: Page, name: string, words: string): Promise<string[]> {
  try {
    await page.getByText(words).first().waitFor({ timeout: DEADLINE_MS });
    return [];
  } catch {
    return [`${name}: the page does not say "${words}"`];
  }
}
