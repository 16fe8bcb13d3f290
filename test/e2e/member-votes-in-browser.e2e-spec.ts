import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { castVote, delegateToSelf } from '../../apps/cli/src/governance/member-actions.js';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { passSeconds } from './kit/chain-time.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';
import { inState } from './kit/vote.js';

const OTHER_CHAIN = 1;
const REASON = 'simple, and we understand it <b>well</b>';
const present = browserPresent();
if (!present) console.warn('skipped: no member votes in a browser, /usr/bin/chromium is not installed');

(present ? describe : describe.skip)('a member votes in the browser', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let wallet: LocalKeyWallet;
  let page: Page;
  let voted: { proposalId: string; versionId: string };
  const faults: string[] = [];

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 5, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack } = journey;
    const [alice, bob, carol] = stack.accounts.members;
    await delegateToSelf(stack, alice!);
    await delegateToSelf(stack, carol!);
    await firstRow(
      journey,
      'the first version running',
      "SELECT 1 FROM model_runtime WHERE family = 'demand' AND state = 'RUNNING'",
    );
    browser = await openBrowser();
    wallet = new LocalKeyWallet(stack.rpcUrl, bob!, OTHER_CHAIN);
    page = await openPage(wallet);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const openPage = async (with_: LocalKeyWallet): Promise<Page> => {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    opened.setDefaultTimeout(30_000);
    opened.on('pageerror', (error) => faults.push(error.message));
    await injectWallet(opened, with_.request);
    return opened;
  };
  const propose = async (
    forecaster: Parameters<typeof unmeasuredCandidate>[1],
  ): Promise<{ proposalId: string; versionId: string }> => {
    const { stack } = journey;
    const candidate = await unmeasuredCandidate(stack.artifactFolder, forecaster);
    const proposal = await proposeVersion(stack, candidate);
    await inState(journey, proposal.proposalId, 'PENDING');
    return proposal;
  };
  const openVoting = async (proposalId: string): Promise<void> => {
    await passSeconds(journey.stack, journey.stack.deployment.parameters.votingDelayS + 1);
    await inState(journey, proposalId, 'ACTIVE');
  };
  const says = (words: string, where = page) => where.getByText(words).first().waitFor();
  const press = (name: string, where = page) => where.getByRole('button', { name, exact: true }).click();
  const go = (proposalId: string, where = page) =>
    where.goto(`${journey.stack.apiUrl}/governance/${proposalId}`);
  /** A bar of the count with the figure beside it. */
  const count = (name: string, figure: string) =>
    page.locator('.vote-row').filter({ hasText: new RegExp(`^${name}${figure}`) });
  const connect = async (where = page): Promise<void> => {
    await press('Connect wallet or sign in', where);
    await press('Test wallet', where);
  };

  it('connects a wallet that is on another network and moves it to this one', async () => {
    const { proposalId } = await propose('ses');
    await openVoting(proposalId);
    await go(proposalId);
    await connect();
    await says('Your wallet is on another network');
    expect(await page.getByRole('button', { name: 'For', exact: true }).count()).toBe(0);
    await press(`Switch to chain ${journey.stack.deployment.chainId}`);
    await says('This account had no voting power when the vote opened');
    expect(wallet.chainId).toBe(journey.stack.deployment.chainId);
  }, 60_000);

  it('delegates the tokens of a member that never did, too late for the open vote', async () => {
    await press('Delegate to myself');
    await says('Delegated to yourself.');
    await says('This account had no voting power when the vote opened');
    expect(await page.getByRole('button', { name: 'Delegate to myself' }).count()).toBe(0);
  }, 60_000);

  it('sends nothing when the member declines in the wallet', async () => {
    voted = await propose('theta');
    await openVoting(voted.proposalId);
    await go(voted.proposalId);
    await says('Your voting power: 350,000');
    wallet.declines = true;
    await page.getByLabel(/^Reason/).fill(REASON);
    await press('For');
    await says('You declined the request in your wallet. Nothing was sent.');
    expect((await inState(journey, voted.proposalId, 'ACTIVE')).for_votes).toBe('0');
  }, 60_000);

  it('counts a ballot that was only signed, with the reason as text', async () => {
    wallet.declines = false;
    expect(await page.getByLabel(/^Sign only/).isChecked()).toBe(true);
    await press('For');
    await says('Your vote is counted.');
    await says('This account has already voted on this proposal.');
    const row = page.getByRole('region', { name: 'Votes' }).getByRole('row').filter({ hasText: REASON });
    expect(await row.innerText()).toMatch(/For\s+350,000/);
    await count('For', '350,000').waitFor();
    expect(await page.getByRole('button', { name: 'For', exact: true }).count()).toBe(0);
    expect(wallet.sent).toBe(1);
  }, 60_000);

  it('tells a member whose vote came in by another way meanwhile', async () => {
    const { stack } = journey;
    const carol = stack.accounts.members[2]!;
    const hers = new LocalKeyWallet(stack.rpcUrl, carol, stack.deployment.chainId);
    hers.meanwhile = () => castVote(stack, carol, BigInt(voted.proposalId), 'against', 'too new for me');
    const second = await openPage(hers);
    await go(voted.proposalId, second);
    await connect(second);
    await press('Against', second);
    await says('This account has already voted on this proposal. A vote cannot be changed.', second);
    await second.close();
    await page.getByRole('cell', { name: 'too new for me' }).waitFor();
    await count('Against', '250,000').waitFor();
  }, 60_000);

  it('queues and executes by the buttons once the chain lets it', async () => {
    const { votingPeriodS, timelockDelayS } = journey.stack.deployment.parameters;
    await passSeconds(journey.stack, votingPeriodS + 1);
    await press('Queue for execution');
    await says('The proposal is queued.');
    await passSeconds(journey.stack, timelockDelayS + 1);
    await press('Execute');
    await says('The proposal is executed.');
    await inState(journey, voted.proposalId, 'EXECUTED');
  }, 90_000);

  it('lets a member vote over the delegate that they chose on the pages', async () => {
    const { stack } = journey;
    const [alice, , carol] = stack.accounts.members;
    const theirs = await openPage(new LocalKeyWallet(stack.rpcUrl, carol!, stack.deployment.chainId));
    await theirs.goto(`${stack.apiUrl}/governance`);
    await connect(theirs);
    await theirs.getByLabel('Let this account vote for you').fill('0x12');
    expect(await theirs.getByRole('button', { name: 'Delegate', exact: true }).isDisabled()).toBe(true);
    await theirs.getByLabel('Let this account vote for you').fill(alice!.address);
    await press('Delegate', theirs);
    await says('Delegated. It counts for votes that open from now on.', theirs);
    await says('on a single proposal you can still vote with it yourself', theirs);
    const { proposalId } = await propose('drift');
    await openVoting(proposalId);
    await castVote(stack, alice!, BigInt(proposalId), 'for', 'it drifts');
    await go(proposalId, theirs);
    await says('You can vote with them yourself on this proposal', theirs);
    await theirs.getByLabel(/^Sign only/).uncheck();
    await press('Against', theirs);
    await says('Your own vote is counted.', theirs);
    await says('You have voted with your own 250,000 on this proposal.', theirs);
    await says('250,000 overridden by members', theirs);
    const { for_votes, against_votes } = await inState(journey, proposalId, 'ACTIVE');
    expect([for_votes, against_votes]).toEqual([`400000${'0'.repeat(18)}`, `250000${'0'.repeat(18)}`]);
    await theirs.close();
  }, 90_000);

  it('tells the member what they voted, and everybody who votes with how much', async () => {
    await page.goto(`${journey.stack.apiUrl}/governance/me`);
    const cast = page.getByRole('region', { name: 'Votes cast' });
    await cast.getByText(REASON).waitFor();
    expect(await cast.getByRole('row').nth(1).innerText()).toMatch(/Run the theta model[^]*For[^]*350,000/);
    await page.goto(`${journey.stack.apiUrl}/governance/delegates`);
    const [alice] = journey.stack.accounts.members;
    const link = page.locator(`tbody a[href="/accounts/${alice!.address.toLowerCase()}"]`).first();
    expect(await link.locator('xpath=ancestor::tr').innerText()).toMatch(/650,000/);
    await link.click();
    await page.getByRole('heading', { name: /^Account 0x/ }).waitFor();
    const behind = page.getByRole('region', { name: 'Whose tokens it votes with' });
    await behind.getByText('250,000').waitFor();
    expect(await behind.getByRole('row').count()).toBe(3);
  }, 60_000);

  it('shows on the models page that the workers run what was voted', async () => {
    const switched = "SELECT 1 FROM model_runtime WHERE state = 'RUNNING' AND running_version_id = $1";
    await firstRow(journey, 'the switch', switched, [voted.versionId]);
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    const row = page.getByRole('row').filter({ has: page.locator(`a[href="/models/${voted.versionId}"]`) });
    await row.getByText('Active', { exact: true }).waitFor();
    expect(await row.innerText()).toContain('Run the theta model for demand');
    await says('Running as decided');
    expect(faults).toEqual([]);
  }, 60_000);
});
