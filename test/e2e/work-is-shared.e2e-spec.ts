import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import { events, toDocument, type SimulatedEvent } from '@tallyhouse/simulation';
import { freePort } from '@tallyhouse/testing';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { AppProcess } from '../../apps/cli/src/up/app-process.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { allAnchored } from './kit/loop.js';

const EVENTS_A_DOCUMENT = 40;

/** Jobs of one stage whose times overlap. */
const DOUBLED = `SELECT a.name, a.started_on, a.completed_on FROM pgboss.job a JOIN pgboss.job b
  ON a.name = b.name AND a.id < b.id AND a.started_on < b.completed_on AND b.started_on < a.completed_on
  WHERE a.state = 'completed' AND b.state = 'completed'`;

describe('two apis and two workers over one database', () => {
  let journey: JourneyStack;
  let otherApi: string;
  let otherWorker: AppProcess;
  let client: Client;
  let simulated: readonly SimulatedEvent[];

  beforeAll(async () => {
    journey = await startJourney({
      world: { seed: 31, start: '2025-01-01', months: 2, scale: 0.01 },
      environment: { ANCHOR_BATCH_SIZE: '16' },
    });
    const { stack } = journey;
    const port = await freePort();
    otherApi = `http://127.0.0.1:${port}`;
    [otherWorker] = await Promise.all([
      stack.startAnother('worker'),
      stack.startAnother('api', { API_PORT: String(port), PUBLIC_ORIGINS: otherApi }),
    ]);
    client = createClient({
      ...{ url: `${stack.apiUrl.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
    });
    simulated = [...events(stack.simulated)].slice(0, 400);
  }, 400_000);
  afterAll(async () => {
    await client?.dispose();
    await journey.stop();
  }, 60_000);

  /** Captures some events of one partner by one of the apis. */
  const capture = async (url: string, partner: number, some: readonly SimulatedEvent[]): Promise<void> => {
    const { stack, apiKeys } = journey;
    const answer = await fetch(`${url}/epcis/v2/capture`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': apiKeys[stack.accounts.partner(partner).address.toLowerCase()]!,
      },
      body: JSON.stringify(
        toDocument(
          some.map(({ event }) => event),
          '2025-01-01T00:00:00Z',
        ),
      ),
    });
    expect(answer.status).toBe(202);
  };

  it('who listens at one api hears of what comes in by the other', async () => {
    const heard: number[] = [];
    const stop = client.subscribe(
      { query: 'subscription { eventCaptured { count } }' },
      {
        next: ({ data }) => heard.push((data as { eventCaptured: { count: number } }).eventCaptured.count),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    const own = simulated.filter(({ partner }) => partner === simulated[0]!.partner);
    let sent = 0;
    await waitUntil(
      'a message',
      async () => {
        // The server does not say when it has begun to listen.
        if (sent < own.length) await capture(otherApi, own[0]!.partner, own.slice(sent, ++sent));
        return heard.length > 0;
      },
      { timeoutMs: 90_000 },
    );
    expect(new Set(heard)).toEqual(new Set([1]));
    stop();
  }, 120_000);

  it('no stage runs twice at once, and what one worker leaves undone when it is killed the other does', async () => {
    const { stack, dataSource } = journey;
    const byPartner = [...Map.groupBy(simulated, ({ partner }) => partner)];
    const urls = [stack.apiUrl, otherApi];
    let turn = 0;
    for (const [partner, list] of byPartner)
      for (let from = 0; from < list.length; from += EVENTS_A_DOCUMENT) {
        await capture(urls[turn++ % 2]!, partner, list.slice(from, from + EVENTS_A_DOCUMENT));
        if (turn === 4) await otherWorker.stop('SIGKILL');
      }
    const counts = await allAnchored(journey);
    expect(counts).toMatchObject({
      captured: simulated.length,
      sealed: simulated.length,
      anchored: simulated.length,
    });
    const [{ jobs }]: [{ jobs: number }] = await dataSource.query(
      `SELECT count(*)::int AS jobs FROM pgboss.job WHERE state = 'completed'`,
    );
    expect(jobs).toBeGreaterThan(20);
    expect(await dataSource.query(DOUBLED)).toEqual([]);
  }, 300_000);

  it('each batch is on chain once, whoever sent it', async () => {
    const { stack, dataSource } = journey;
    const heads: { partner: `0x${string}`; batches: string }[] = await dataSource.query(
      'SELECT partner, count(*) AS batches FROM anchor_batch GROUP BY partner',
    );
    const { address } = stack.deployment.contracts.TraceAnchor;
    for (const { partner, batches } of heads) {
      const seq = await makePublicClient(stack.rpcUrl).readContract({
        ...{ address, abi: traceAnchorAbi, functionName: 'seq', args: [partner] },
      });
      expect([partner, seq]).toEqual([partner, BigInt(batches)]);
    }
  }, 30_000);
});
