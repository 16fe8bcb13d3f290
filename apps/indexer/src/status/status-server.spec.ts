import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeBlocks } from '../../test/fake-chain.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { IndexerStatus } from './indexer-status.js';
import { StatusServer } from './status-server.js';

const [, block, head] = fakeBlocks(5) as [BlockHeader, BlockHeader, BlockHeader];

describe('StatusServer', () => {
  const status = new IndexerStatus(7, () => (block.timestamp + 9) * 1_000);
  const server = new StatusServer([status]);
  afterEach(() => server.stop());

  it('tells probes apart: alive, at the head, everything', async () => {
    const port = await server.start(0, '127.0.0.1');
    const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
    const codes = async (): Promise<number[]> => [
      (await ask('/health')).status,
      (await ask('/ready')).status,
    ];
    expect(await codes()).toEqual([200, 503]);
    status.become('STANDBY');
    expect(await codes()).toEqual([200, 200]);
    status.become('FOLLOWING');
    status.committed(block, head, 4, 1);
    expect(await codes()).toEqual([200, 200]);
    const { chains } = (await (await ask('/status?verbose')).json()) as { chains: object[] };
    expect(chains).toHaveLength(1);
    expect(chains[0]).toMatchObject({
      ...{ state: 'FOLLOWING', chainId: 7, blockNumber: 1, headNumber: 2, lagBlocks: 1, lagSeconds: 9 },
      ...{ factsWritten: 4, commits: 1, rollbacks: 0, lastProblem: null, finalNumber: null, feed: 'OFF' },
    });
    status.become('RETRYING', 'the node is away');
    expect(await codes()).toEqual([200, 503]);
    status.become('STOPPED');
    expect(await codes()).toEqual([503, 503]);
    expect((await ask('/other')).status).toBe(404);
  });

  it('is ready when each chain is, alive while one is, and answers for one chain alone', async () => {
    const [one, other] = [7, 9].map((chainId) => new IndexerStatus(chainId, () => 0));
    const both = new StatusServer([one!, other!]);
    const url = `http://127.0.0.1:${await both.start(0, '127.0.0.1')}`;
    const codes = async (): Promise<number[]> =>
      Promise.all(
        ['/health', '/ready', '/ready?chain=7', '/ready?chain=9', '/ready?chain=8'].map(
          async (path) => (await fetch(`${url}${path}`)).status,
        ),
      );
    one!.saw(head, head, { number: 1, hash: block.hash });
    one!.become('FOLLOWING');
    other!.become('STOPPED', 'no contract');
    expect(await codes()).toEqual([200, 503, 200, 503, 404]);
    other!.become('STANDBY');
    expect(await codes()).toEqual([200, 200, 200, 200, 404]);
    const metrics = (await (await fetch(`${url}/metrics`)).text()).split('\n');
    expect(metrics).toContain('tallyhouse_indexer_final_number{chain_id="7"} 1');
    expect(metrics).toContain('tallyhouse_indexer_following{chain_id="9"} 0');
    expect(metrics.filter((line) => line.startsWith('# TYPE tallyhouse_indexer_following'))).toHaveLength(1);
    await both.stop();
  });

  it('says nothing of a lag that it had when it led, which would hide the one of who leads now', async () => {
    const led = new IndexerStatus(7, () => (block.timestamp + 9) * 1_000);
    led.committed(block, head, 4, 1);
    led.become('FOLLOWING');
    const own = new StatusServer([led]);
    const url = `http://127.0.0.1:${await own.start(0, '127.0.0.1')}/metrics`;
    const lines = async (): Promise<string[]> =>
      (await (await fetch(url)).text()).match(/^tallyhouse_indexer_lag_.*$/gm) ?? [];
    expect(await lines()).toHaveLength(2);
    led.become('STANDBY');
    expect(await lines()).toEqual([]);
    expect(led.report()).toMatchObject({ lagBlocks: null, lagSeconds: null });
    await own.stop();
  });

  it('says nothing of an error that it did not foresee', async () => {
    const failing = new IndexerStatus(7, () => 0);
    failing.watch({
      scores: () => {
        throw new Error('https://key@node');
      },
    });
    const own = new StatusServer([failing]);
    const url = `http://127.0.0.1:${await own.start(0, '127.0.0.1')}`;
    for (const path of ['/metrics', '/status']) {
      const answer = await fetch(`${url}${path}`);
      expect([answer.status, await answer.text()]).toEqual([500, '{"status":"failed"}']);
    }
    await own.stop();
  });

  it('counts for Prometheus, endpoint by endpoint, and leaves out what is unknown', async () => {
    const counted = new IndexerStatus(7, () => (block.timestamp + 9) * 1_000);
    const own = new StatusServer([counted]);
    const url = `http://127.0.0.1:${await own.start(0, '127.0.0.1')}/metrics`;
    expect(await (await fetch(url)).text()).not.toMatch(/block_number|rpc_/);
    const score = {
      latencyMs: 12,
      errorRate: 0,
      requests: 5,
      errors: 2,
      refuted: 1,
      restsMs: 0,
      overtaken: 4,
    };
    counted.watch({ scores: () => [{ ...score, name: 'a"b', height: null, lastProblem: null }] });
    counted.committed(block, head, 4, 3);
    counted.rolledBack(block, head);
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    const lines = (await answer.text()).split('\n');
    for (const line of [
      '# TYPE tallyhouse_indexer_facts_total counter',
      'tallyhouse_indexer_facts_total{chain_id="7"} 4',
      'tallyhouse_indexer_blocks_total{chain_id="7"} 3',
      'tallyhouse_indexer_lag_blocks{chain_id="7"} 1',
      'tallyhouse_indexer_lag_seconds{chain_id="7"} 9',
      'tallyhouse_indexer_reorgs_total{chain_id="7"} 1',
      'tallyhouse_indexer_rpc_requests_total{chain_id="7",endpoint="a\\"b"} 5',
      'tallyhouse_indexer_rpc_errors_total{chain_id="7",endpoint="a\\"b"} 2',
      'tallyhouse_indexer_rpc_overtaken_total{chain_id="7",endpoint="a\\"b"} 4',
      'tallyhouse_indexer_rpc_latency_seconds{chain_id="7",endpoint="a\\"b"} 0.012',
    ])
      expect(lines).toContain(line);
    expect(lines.some((line) => line.includes('rpc_height'))).toBe(false);
    await own.stop();
  });
});
