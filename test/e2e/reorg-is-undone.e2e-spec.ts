import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient } from '@tallyhouse/chain';
import { delegateToSelf } from '../../apps/cli/src/governance/member-actions.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { ask } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { reorgFrom } from './kit/reorg.js';

describe('a reorganisation of the chain', () => {
  let journey: JourneyStack;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 31, start: '2025-01-01', months: 1, scale: 0.01 } });
  }, 120_000);
  afterAll(() => journey.stop(), 60_000);

  it('takes back what was indexed, and what was sent is anchored again, once', async () => {
    const { stack, dataSource } = journey;
    await captureWorld(journey, ({ event }) => event.eventTime < '2025-01-05');
    const before = await allAnchored(journey);
    const anchoredIn = await highestAnchorBlock(journey);
    await reorgFrom(stack, anchoredIn);
    await waitUntil('the index on the new branch', () => onlyFactsOfTheChain(journey), { timeoutMs: 60_000 });
    const after = await allAnchored(journey);
    expect(after).toMatchObject({ captured: before.captured, anchored: before.captured });
    expect(await onlyFactsOfTheChain(journey)).toBe(true);
    const doubled: unknown[] = await dataSource.query(
      'SELECT partner, root FROM trace_anchored GROUP BY partner, root HAVING count(*) > 1',
    );
    expect(doubled).toEqual([]);
    await firstRow(
      journey,
      'what was derived made again',
      `SELECT 1 WHERE EXISTS (SELECT FROM chain_rollback) AND EXISTS (SELECT FROM derivation WHERE name = 'series')
         AND NOT EXISTS (SELECT FROM derivation WHERE stale_from IS NOT NULL)`,
    );
  }, 180_000);

  it('takes back a delegation that the new branch does not have', async () => {
    const { stack } = journey;
    const [alice] = stack.accounts.members;
    const { blockNumber } = await delegateToSelf(stack, alice!);
    const votes = 'query V($a: Hex!) { votingPower(address: $a) }';
    const power = async (): Promise<string> =>
      (await ask<{ votingPower: string }>(stack, votes, { a: alice!.address })).votingPower;
    await firstRow(
      journey,
      'the delegation indexed',
      'SELECT 1 FROM delegate_votes_changed WHERE block_number = $1',
      [Number(blockNumber)],
    );
    expect(BigInt(await power())).toBeGreaterThan(0n);
    await reorgFrom(stack, Number(blockNumber));
    await firstRow(
      journey,
      'the delegation gone',
      'SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM delegate_votes_changed)',
    );
    expect(await power()).toBe('0');
  }, 120_000);
});

async function highestAnchorBlock({ dataSource }: JourneyStack): Promise<number> {
  const [{ block }]: [{ block: string }] = await dataSource.query(
    'SELECT max(block_number) AS block FROM trace_anchored',
  );
  return Number(block);
}

/** Whether the index follows the chain's present branch and every indexed anchoring lies in a block of it. */
async function onlyFactsOfTheChain({ dataSource, stack }: JourneyStack): Promise<boolean> {
  const rows: { block_number: string; block_hash: string }[] = await dataSource.query(
    `SELECT block_number, block_hash FROM chain_checkpoint UNION SELECT block_number, block_hash FROM trace_anchored`,
  );
  const client = makePublicClient(stack.rpcUrl);
  for (const row of rows) {
    const { hash } = await client.getBlock({ blockNumber: BigInt(row.block_number) });
    if (hash !== row.block_hash) return false;
  }
  return true;
}
