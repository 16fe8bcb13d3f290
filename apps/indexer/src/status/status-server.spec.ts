import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeBlocks } from '../../test/fake-chain.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { IndexerStatus } from './indexer-status.js';
import { StatusServer } from './status-server.js';

const [, block, head] = fakeBlocks(5) as [BlockHeader, BlockHeader, BlockHeader];

describe('StatusServer', () => {
  const status = new IndexerStatus(7, () => (block.timestamp + 9) * 1_000);
  const server = new StatusServer(status);
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
    status.committed(block, head, 4);
    expect(await codes()).toEqual([200, 200]);
    expect(await (await ask('/status?verbose')).json()).toMatchObject({
      ...{ state: 'FOLLOWING', chainId: 7, blockNumber: 1, headNumber: 2, lagBlocks: 1, lagSeconds: 9 },
      ...{ factsWritten: 4, commits: 1, rollbacks: 0, lastProblem: null },
    });
    status.become('RETRYING', 'the node is away');
    expect(await codes()).toEqual([200, 503]);
    status.become('STOPPED');
    expect(await codes()).toEqual([503, 503]);
    expect((await ask('/other')).status).toBe(404);
  });
});
