import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import type { AppName } from '../../apps/cli/src/up/app-process.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld } from './kit/loop.js';

const APPS: readonly AppName[] = ['indexer', 'worker', 'api'];

describe('processes that are killed', () => {
  let journey: JourneyStack;
  let captured = 0;

  beforeAll(async () => {
    journey = await startJourney({
      world: { seed: 21, start: '2025-01-01', months: 2, scale: 0.01 },
      environment: { ANCHOR_BATCH_SIZE: '32' },
    });
  }, 120_000);
  afterAll(() => journey.stop(), 60_000);

  it('lose and double nothing, whichever is killed and however often', async () => {
    const { stack } = journey;
    for (const [round, name] of ([...APPS, 'worker', 'indexer'] as const).entries()) {
      captured += await captureWorld(
        journey,
        ({ event }) => Number(event.eventTime.slice(9, 10)) % 5 === round,
      );
      await stack.app(name).stop('SIGKILL');
      await stack.app(name).start();
    }
    const counts = await allAnchored(journey);
    expect(counts).toMatchObject({ captured, sealed: captured, anchored: captured });
  }, 300_000);

  it('leave as many batches in the index as the contract counts, in one chain of heads', async () => {
    const { stack, dataSource } = journey;
    const rows: { partner: `0x${string}`; batches: string; head: string; links: string }[] =
      await dataSource.query(
        `SELECT t.partner, count(*) AS batches, (array_agg(t.head ORDER BY t.seq DESC))[1] AS head,
              count(*) FILTER (WHERE p.head = t.prev_head) AS links
       FROM trace_anchored t LEFT JOIN trace_anchored p ON p.partner = t.partner AND p.seq = t.seq - 1
       GROUP BY t.partner`,
      );
    expect(rows.length).toBeGreaterThan(1);
    for (const { partner, batches, head, links } of rows) {
      expect(Number(links)).toBe(Number(batches) - 1);
      const { address } = stack.deployment.contracts.TraceAnchor;
      const read = { address, abi: traceAnchorAbi, args: [partner] } as const;
      const client = makePublicClient(stack.rpcUrl);
      expect(Number(await client.readContract({ ...read, functionName: 'seq' }))).toBe(Number(batches));
      expect(await client.readContract({ ...read, functionName: 'head' })).toBe(head);
    }
  }, 60_000);
});
