import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import type { AppName } from '../../apps/cli/src/up/app-process.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { startReceiver, type Receiver } from '../../libs/webhooks/test/receiver.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld } from './kit/loop.js';

interface QueryAnswer {
  readonly epcisBody: { readonly queryResults: { readonly resultsBody: { readonly eventList: object[] } } };
}

const APPS: readonly AppName[] = ['indexer', 'worker', 'api'];

describe('processes that are killed', () => {
  let journey: JourneyStack;
  let captured = 0;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    journey = await startJourney({
      world: { seed: 21, start: '2025-01-01', months: 2, scale: 0.01 },
      environment: { ANCHOR_BATCH_SIZE: '32', WEBHOOK_TRUSTED_ORIGINS: receiver.origin },
      startDatabase: undefined,
    });
    await subscribeToAll(journey, receiver.url);
  }, 120_000);
  afterAll(async () => {
    await journey.stop();
    await receiver.stop();
  }, 60_000);

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

  it('tell a subscriber of every event, and of none twice under different ids', async () => {
    const told = (): string[] => {
      const byId = new Map(receiver.received.map(({ deliveryId, body }) => [deliveryId, String(body)]));
      return [...byId.values()].flatMap((text) => {
        const { epcisBody } = JSON.parse(text) as QueryAnswer;
        return epcisBody.queryResults.resultsBody.eventList.map((event) => JSON.stringify(event));
      });
    };
    await waitUntil('every event told', async () => told().length >= captured, { timeoutMs: 60_000 });
    expect(told()).toHaveLength(captured);
    expect(new Set(told()).size).toBe(captured);
  }, 90_000);

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

/** Subscribes a webhook to every event there will be. */
async function subscribeToAll({ stack, apiKeys }: JourneyStack, dest: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-api-key': Object.values(apiKeys)[0]! };
  for (const [path, body] of [
    ['', { name: 'all', query: { GE_eventTime: '2000-01-01T00:00:00Z' } }],
    ['/all/subscriptions', { dest, stream: true }],
  ] as const) {
    const url = `${stack.apiUrl}/epcis/v2/queries${path}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 201) throw new Error(await response.text());
  }
}
