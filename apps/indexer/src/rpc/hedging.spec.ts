import { describe, expect, it } from '@jest/globals';
import { RefutedError } from '../indexer.errors.js';
import { Endpoint } from './endpoint.js';
import { EndpointPool } from './endpoint-pool.js';

/** A pool of two, the first of which has answered quickly so far. */
function poolOfTwo(): EndpointPool {
  const none = (): Promise<never[]> => Promise.resolve([]);
  const rpc = { call: () => Promise.resolve('0x1'), callAll: none, callEach: none };
  const nowMs = (): number => performance.now();
  const endpoints = ['first', 'second'].map((name) => new Endpoint(name, rpc, nowMs, false));
  for (let turn = 0; turn < 8; turn++) endpoints[0]?.patience.took(1);
  return new EndpointPool(endpoints, nowMs);
}

describe('a hedged question', () => {
  it('is put to the next endpoint when the first is slow, and the late answer is still judged', async () => {
    const chain = poolOfTwo();
    let late: (error: Error) => void = () => undefined;
    const work = ({ name }: { name: string }): Promise<string> =>
      name === 'first' ? new Promise((_, reject) => (late = reject)) : Promise.resolve(name);
    expect(await chain.use(work, true)).toBe('second');
    expect(chain.scores()).toMatchObject([
      { name: 'first', overtaken: 1, refuted: 0 },
      { name: 'second', overtaken: 0 },
    ]);
    const caught = new Promise<RefutedError>((resolve) => (chain.onBench = resolve));
    late(new RefutedError('first', 7, 'log 2 is invented'));
    expect(await caught).toMatchObject({ endpoint: 'first', blockNumber: 7 });
    expect(chain.scores()[0]).toMatchObject({ refuted: 1 });
  });

  it('is not asked twice when it is not to be hedged', async () => {
    const chain = poolOfTwo();
    const asked: string[] = [];
    const work = async ({ name }: { name: string }): Promise<string> => {
      asked.push(name);
      await new Promise((resolve) => setTimeout(resolve, 60));
      return name;
    };
    expect(await chain.use(work)).toBe('first');
    expect(asked).toEqual(['first']);
  });
});
