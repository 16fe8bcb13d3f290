import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unitHash } from '@tallyhouse/audit';
import { custodyAbi, recallNoticeAbi } from '@tallyhouse/chain';
import { gtin, lgtin, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { toDocument } from '@tallyhouse/simulation';
import type { Browser } from 'playwright-core';
import type { Hex } from 'viem';
import { send } from '../../apps/cli/src/governance/member-actions.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { verifyReport, reportOf } from '../../apps/cli/src/verify/verify-report.js';
import { browserPresent, openBrowser } from '../web/browser.js';
import { settled } from '../web/check-pages.js';
import { ask, captureByApi } from './kit/api.js';
import { passSeconds, rpc } from './kit/chain-time.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, firstRow } from './kit/loop.js';

const PREFIX = '9521141';
const LOT = lgtin(gtin(PREFIX, '01234'), 'L7');
const PALLET = sscc(PREFIX, '000000007');
const MILL = sgln('9521141000014');
const amount = [{ epcClass: LOT, quantity: 40, uom: 'KGM' }];
const WITHIN = { timeoutMs: 45_000 };
const START_S = 1_760_000_000;
const at = (hours: number, place: string) => ({
  eventTime: new Date((START_S + hours * 3_600) * 1_000).toISOString(),
  ...{ eventTimeZoneOffset: '+00:00', readPoint: { id: place }, bizLocation: { id: place } },
});
/** The GLN in the number of the document has a wrong check digit: the planted fault. */
const DOCUMENT = [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:9521141000015:DA-1' }];
const EVENTS: readonly EpcisEvent[] = [
  { ...at(1, MILL), type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: amount },
  {
    ...{ ...at(2, MILL), type: 'AggregationEvent', action: 'ADD', bizStep: 'packing' },
    ...{ parentID: PALLET, childQuantityList: amount },
  },
  {
    ...{ ...at(3, MILL), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [PALLET] },
    bizTransactionList: DOCUMENT,
  },
];
const FINDING = `{ findings(filter: { rule: "R13" }) { edges { node { id state evidence { id bizStep } } } } }`;
const HISTORY = `query F($id: ID!) { finding(id: $id) { state history { kind state comment resolution } } }`;
const JUDGE = `mutation J($id: ID!, $judgement: FindingJudgement!) { judgeFinding(id: $id, judgement: $judgement) { state } }`;
const CUSTODY = `query C($sscc: String!, $asOf: AsOf) { custody(sscc: $sscc, asOf: $asOf) { holder transfers { state reason } } }`;
const RECALL = `query R($id: ID!) { recall(id: $id) { state holders { partner items acknowledgedTime recovered } outcome } }`;

interface Finding {
  readonly id: string;
  readonly state: string;
  readonly evidence: readonly { readonly id: string; readonly bizStep: string }[];
}

describe('an auditor follows a finding to its end', () => {
  let journey: JourneyStack;
  let browser: Browser | undefined;
  let [maker, taker] = ['0x', '0x'] as [Hex, Hex];
  let finding: Finding;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 11, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { accounts } = journey.stack;
    maker = accounts.partner(0).address.toLowerCase() as Hex;
    taker = accounts.partner(1).address.toLowerCase() as Hex;
    if (browserPresent()) browser = await openBrowser();
    await journey.dataSource.query(
      `INSERT INTO site (uri, name, country, kind, partner) VALUES ($1, 'Mill', 'NL', 'plant', $2)`,
      [MILL, maker],
    );
    const document = toDocument(EVENTS, '2025-10-10T00:00:00Z');
    expect(await captureByApi(journey.stack, document, keyOf(maker))).toMatchObject({ stored: 3 });
    await allAnchored(journey);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await journey?.stop();
  }, 60_000);

  const keyOf = (partner: Hex): string => journey.apiKeys[partner]!;
  const query = <Data>(text: string, variables: object = {}, key?: string): Promise<Data> =>
    ask<Data>(journey.stack, text, { ...variables }, key);
  const call = async (
    name: 'Custody' | 'RecallNotice',
    functionName: string,
    args: unknown[],
  ): Promise<bigint> => {
    const { stack } = journey;
    const { address } = stack.deployment.contracts[name];
    const abi = name === 'Custody' ? custodyAbi : recallNoticeAbi;
    await send(stack, stack.accounts.relayer, { address, abi, functionName, args });
    return BigInt(String(await rpc(stack, 'eth_blockNumber')));
  };

  it('the planted fault becomes a finding whose evidence is the event that has it', async () => {
    finding = await waitUntil(
      'a finding of R13',
      async () => {
        const { findings } = await query<{ findings: { edges: { node: Finding }[] } }>(FINDING);
        return findings.edges[0]?.node;
      },
      WITHIN,
    );
    expect(finding.state).toBe('OPEN');
    expect(finding.evidence.map(({ bizStep }) => bizStep)).toEqual(['shipping']);
  }, 60_000);

  it('it is resolved on its page with a partner key, and opened again', async () => {
    const { stack } = journey;
    const words = { state: 'RESOLVED', resolution: 'the number was mistyped' };
    if (browser) {
      const page = await browser.newPage();
      await page.goto(`${stack.apiUrl}/findings?rule=R13`);
      await page.locator(`tbody a[href="/findings/${finding.id}"]`).click();
      await settled(page);
      await page.getByLabel('State').selectOption(words.state);
      await page.getByLabel('Resolution').fill(words.resolution);
      await page.getByLabel('Your partner API key').fill(keyOf(maker));
      await page.getByRole('button', { name: 'Note it' }).click();
      await page.getByRole('cell', { name: words.resolution }).waitFor();
      await page.close();
    } else await query(JUDGE, { id: finding.id, judgement: words }, keyOf(maker));
    await expect(query(JUDGE, { id: finding.id, judgement: words }, 'th_wrong')).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    const again = { state: 'OPEN', comment: 'it was not the number' };
    await query(JUDGE, { id: finding.id, judgement: again }, keyOf(taker));
    const { finding: now } = await query<{
      finding: { state: string; history: { kind: string; state: string }[] };
    }>(HISTORY, { id: finding.id });
    expect(now.state).toBe('OPEN');
    expect(now.history.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'RAISED OPEN',
      'JUDGED RESOLVED',
      'JUDGED OPEN',
    ]);
  }, 60_000);

  it('the report of the unit says so, and each of its proofs holds by itself', async () => {
    const { itemReport } = await query<{ itemReport: { findings: { id: string }[]; timeline: object[] } }>(
      'query R($uri: String!) { itemReport(uri: $uri, proofs: true) }',
      { uri: LOT },
    );
    expect(itemReport.timeline).toHaveLength(3);
    const unit = await query<{ itemReport: typeof itemReport }>(
      'query R($uri: String!) { itemReport(uri: $uri) }',
      { uri: PALLET },
    );
    expect(unit.itemReport.findings.map(({ id }) => id)).toContain(finding.id);
    const { ok, lines } = verifyReport(reportOf(JSON.stringify(itemReport))!, {});
    expect(lines.at(-1)).toMatch(/^3 of 3 bundles hold; 0 of 3 events/);
    expect(ok).toBe(true);
  }, 60_000);

  it('events that are exported and captured again by another have the same hashes', async () => {
    const { epcisExport } = await query<{ epcisExport: object }>(
      'query E($item: String!) { epcisExport(item: $item) }',
      { item: PALLET },
    );
    const job = await captureByApi(journey.stack, epcisExport, keyOf(taker));
    expect(job).toMatchObject({ state: 'SUCCEEDED', stored: 2 });
    const rows: { hashes: number }[] = await journey.dataSource.query(
      `SELECT count(DISTINCT event_hash)::int AS hashes FROM epcis_event e
       WHERE partner = $1 OR id IN (SELECT event_id FROM event_item WHERE uri = $2)`,
      [taker, PALLET],
    );
    expect(rows[0]!.hashes).toBe(2);
  }, 60_000);

  it('custody changes hands on chain, and who held the unit at a block stays known', async () => {
    const unit = [unitHash(PALLET)];
    const now = await firstRow<{ at: string }>(
      journey,
      'the clock',
      'SELECT extract(epoch FROM block_time)::bigint::text AS at FROM chain_checkpoint',
    );
    const deadline = (hours: number): bigint => BigInt(now.at) + BigInt(hours * 3_600);
    await call('Custody', 'offer', [maker, taker, deadline(1), unit]);
    await call('Custody', 'reject', [taker, unit, 'seal broken']);
    const offered = await call('Custody', 'offer', [maker, taker, deadline(2), unit]);
    await call('Custody', 'accept', [taker, unit]);
    await call('Custody', 'offer', [taker, maker, deadline(3), unit]);
    await passSeconds(journey.stack, 4 * 3_600);
    type Custody = { holder: Hex; transfers: { state: string; reason: string | null }[] };
    const custody = async (): Promise<Custody> =>
      (await query<{ custody: Custody }>(CUSTODY, { sscc: PALLET })).custody;
    await waitUntil(
      'the last offer has expired',
      async () => (await custody()).transfers[0]?.state === 'EXPIRED',
      WITHIN,
    );
    // Asked again: holder and transfers of one answer are two readings, between which blocks come in.
    const { holder, transfers } = await custody();
    expect(holder).toBe(taker);
    expect(transfers.map(({ state }) => state)).toEqual(['EXPIRED', 'ACCEPTED', 'REJECTED']);
    expect(transfers[2]!.reason).toBe('seal broken');
    const before = await query<{ custody: { holder: Hex; transfers: { state: string }[] } }>(CUSTODY, {
      sscc: PALLET,
      asOf: { block: offered.toString() },
    });
    expect(before.custody.holder).toBe(maker);
    expect(before.custody.transfers[0]!.state).toBe('OFFERED');
  }, 60_000);

  it('a recall reaches the chain, is acknowledged with what was recovered, and is closed', async () => {
    const { openRecall } = await query<{ openRecall: { id: Hex } }>(
      'mutation O($criteria: RecallCriteria!) { openRecall(criteria: $criteria) { id } }',
      { criteria: { items: [LOT] } },
      keyOf(maker),
    );
    type Recall = {
      state: string;
      holders: { partner: Hex; acknowledgedTime: string | null; recovered: number | null }[];
    };
    const inState = (state: string): Promise<Recall> =>
      waitUntil(
        `the recall is ${state}`,
        async () => {
          const { recall } = await query<{ recall: Recall }>(RECALL, { id: openRecall.id });
          return recall.state === state && recall;
        },
        WITHIN,
      );
    expect((await inState('OPEN')).holders.every(({ acknowledgedTime }) => acknowledgedTime === null)).toBe(
      true,
    );
    await call('RecallNotice', 'acknowledge', [taker, openRecall.id, 12_500n]);
    await call('RecallNotice', 'close', [maker, openRecall.id, 'all back']);
    const closed = await inState('CLOSED');
    const answered = closed.holders.find(({ partner }) => partner === taker);
    expect(answered).toMatchObject({ recovered: 12.5 });
    expect(answered?.acknowledgedTime).not.toBeNull();
  }, 60_000);
});
