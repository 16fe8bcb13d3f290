import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelRegistryAbi } from '@tallyhouse/chain';
import { familyId, versionId } from '@tallyhouse/proofs';
import type { Browser, Page } from 'playwright-core';
import { delegateToSelf, send } from '../../apps/cli/src/governance/member-actions.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { injectWallet } from '../web/injected-wallet.js';
import { LocalKeyWallet } from '../web/local-key-wallet.js';
import { ask } from './kit/api.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';
import { inState } from './kit/vote.js';

const BODY = '## Why\n\nIt follows a trend.\n\n- `theta` is simple\n- <b>no markup</b>';
const present = browserPresent();
if (!present) console.warn('skipped: no member proposes in a browser, /usr/bin/chromium is not installed');

interface Proposed {
  title: string;
  description: string;
  targets: string[];
  calldatas: string[];
  proposer: string;
  modelChange: { toVersion: { id: string } } | null;
}

(present ? describe : describe.skip)('a member proposes in the browser', () => {
  let journey: JourneyStack;
  let browser: Browser;
  let page: Page;
  let wallet: LocalKeyWallet;
  let candidate: string;
  const faults: string[] = [];

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 6, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack } = journey;
    await delegateToSelf(stack, stack.accounts.members[0]!);
    candidate = await putForward();
    browser = await openBrowser();
    wallet = new LocalKeyWallet(stack.rpcUrl, stack.accounts.members[0]!, stack.deployment.chainId);
    page = await openPage(wallet);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const putForward = async (): Promise<string> => {
    const { stack } = journey;
    const { artifactSha256, reportSha256, dataRoot, uri } = await unmeasuredCandidate(stack.artifactFolder);
    await send(stack, stack.accounts.proposer, {
      address: stack.deployment.contracts.ModelRegistry.address,
      abi: modelRegistryAbi,
      functionName: 'proposeVersion',
      args: [familyId('demand'), artifactSha256, reportSha256, dataRoot, 0n, uri],
    });
    const id = versionId(familyId('demand'), artifactSha256);
    await firstRow(journey, 'the version', 'SELECT 1 FROM model_version_current WHERE version_id = $1', [id]);
    return id;
  };
  const openPage = async (with_: LocalKeyWallet): Promise<Page> => {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    opened.setDefaultTimeout(30_000);
    opened.on('pageerror', (error) => faults.push(error.message));
    await injectWallet(opened, with_.request);
    return opened;
  };
  const connect = async (where: Page): Promise<void> => {
    await where.getByRole('button', { name: 'Connect wallet' }).click();
    await where.getByRole('button', { name: 'Test wallet' }).click();
  };
  const submit = (where = page) => where.getByRole('button', { name: 'Sign and propose' });
  const says = (words: string | RegExp, where = page) => where.getByText(words).first().waitFor();
  /** The proposal whose page the browser has come to, as the api has it. */
  const proposed = async (): Promise<Proposed> => {
    await page.waitForURL(/\/governance\/\d+$/);
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    await inState(journey, id, 'PENDING');
    const { proposal } = await ask<{ proposal: Proposed }>(
      journey.stack,
      `query P($id: ID!) { proposal(id: $id) {
         title description targets calldatas proposer modelChange { toVersion { id } } } }`,
      { id },
    );
    return proposal;
  };

  it('comes from a version to a proposal of it, read back from the bytes that are signed', async () => {
    await page.goto(`${journey.stack.apiUrl}/models/${candidate}`);
    await page.getByRole('link', { name: 'Propose to run it' }).click();
    await connect(page);
    await says('activate on the model registry');
    expect(await submit().isDisabled()).toBe(true);
    await says('Give the proposal a title.');
    await page.getByLabel('Title').fill('Run theta for demand');
    await page.getByLabel('Why').fill(BODY);
    await page.getByRole('heading', { name: 'Why', level: 3 }).waitFor();
    await says('<b>no markup</b>');
  }, 60_000);

  it('sends nothing when the member declines, and keeps the words', async () => {
    wallet.declines = true;
    await submit().click();
    await says('You declined the request in your wallet. Nothing was sent.');
    wallet.declines = false;
    expect(await page.getByLabel('Why').inputValue()).toBe(BODY);
  }, 60_000);

  it('goes to the new proposal once it is indexed, with the words, the call and the proposer in it', async () => {
    await submit().click();
    const { stack } = journey;
    const alice = stack.accounts.members[0]!.address;
    const { description, targets, calldatas, modelChange, proposer } = await proposed();
    expect(description.startsWith(`# Run theta for demand\n\n${BODY}\n\n| what | value |`)).toBe(true);
    expect(description.endsWith(`\n\n#proposer=${alice}`)).toBe(true);
    expect(proposer).toBe(alice.toLowerCase());
    expect(targets).toEqual([stack.deployment.contracts.ModelRegistry.address.toLowerCase()]);
    expect(calldatas).toEqual([`0x59db6e85${candidate.slice(2)}`]);
    expect(modelChange?.toVersion.id).toBe(candidate);
    await says('activate on the model registry');
  }, 60_000);

  it('proposes a rule of voting beside what it is today', async () => {
    await page.goto(`${journey.stack.apiUrl}/governance/new?kind=parameter`);
    await page.getByRole('combobox', { name: 'Rule', exact: true }).selectOption('Quorum');
    const { quorumPercent } = journey.stack.deployment.parameters;
    await says(`Today: ${quorumPercent} percent`);
    const value = page.getByLabel('Proposed, in percent');
    await value.fill('101');
    await says('Between 0 and 100 percent.');
    await value.fill(String(quorumPercent));
    await says('That is what it is today.');
    await value.fill('7');
    await says('updateQuorumNumerator on the governor');
    await page.getByLabel('Title').fill('A quorum that is reached');
    await submit().click();
    const { description, targets } = await proposed();
    expect(description).toContain(`| today | ${quorumPercent} percent |\n| proposed | 7 percent |`);
    expect(targets).toEqual([journey.stack.deployment.contracts.TallyGovernor.address.toLowerCase()]);
  }, 60_000);

  it('proposes words alone, once', async () => {
    const write = async () => {
      await page.goto(`${journey.stack.apiUrl}/governance/new?kind=text`);
      await page.getByLabel('Title').fill('We meet on Mondays');
      await says('Nothing: an empty call to the timelock');
      await submit().click();
    };
    await write();
    expect(await proposed()).toMatchObject({
      title: 'We meet on Mondays',
      calldatas: ['0x'],
      modelChange: null,
    });
    await write();
    await says('The same text with the same calls was proposed before.');
  }, 90_000);

  it('tells a member with too few votes before anything is signed', async () => {
    const { stack } = journey;
    const poor = await openPage(
      new LocalKeyWallet(stack.rpcUrl, stack.accounts.guardian, stack.deployment.chainId),
    );
    await poor.goto(`${stack.apiUrl}/governance/new?kind=text`);
    await connect(poor);
    await says('This account votes with too little to propose.', poor);
    await poor.getByLabel('Title').fill('Let me');
    expect(await submit(poor).isDisabled()).toBe(true);
    await poor.close();
    expect(faults).toEqual([]);
  }, 60_000);
});
