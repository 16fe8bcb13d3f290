import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { headerFields, readHeader } from '@tallyhouse/proofs';
import {
  deployLocal,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { numberToHex, type Hex, type RpcLog } from 'viem';
import { freshFacts, TestIndex } from '../../test/index-kit.js';
import { LyingProxy, type Lie } from '../../test/lying-proxy.js';
import type { VerifyMode } from './block-verifier.js';

type Block = Record<string, unknown> & { number: Hex; timestamp: Hex };

describe('an index over endpoints that lie', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let honest: Record<string, string[]>;
  let index: TestIndex;
  let proxy: LyingProxy;
  /** Honest, and so slow that it is asked only when it must be. */
  let slow: LyingProxy;
  /** Number of a block with several logs of ours, as the node writes it. */
  let target: Hex;

  const rpc = async <Answer>(method: string, params: unknown[] = []): Promise<Answer> =>
    (await local.publicClient.request({ method, params } as never)) as Answer;

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    slow = await LyingProxy.start(chain.rpcUrl);
    slow.delayMs = 40;
    await rpc('anvil_mine', ['0x5']);
    honest = await freshFacts(postgres, local.deployment, chain.rpcUrl);
    const address = local.deployment.contracts.TallyToken.address;
    const logs = await rpc<RpcLog[]>('eth_getLogs', [{ address, fromBlock: '0x0' }]);
    target =
      logs.find(({ blockNumber }, at) => blockNumber === logs[at + 1]?.blockNumber)?.blockNumber ?? '0x0';
    expect(Number(target)).toBeGreaterThan(0);
  }, 60_000);
  afterAll(() => Promise.all([slow.stop(), postgres.stop(), chain.stop()]));
  afterEach(async () => {
    await index.close();
    await proxy.stop();
  });

  async function start(lie: Lie, mode: VerifyMode, others = [slow.url]): Promise<void> {
    proxy = await LyingProxy.start(chain.rpcUrl, lie);
    index = await TestIndex.create(postgres, 'verified', local.deployment, chain.rpcUrl);
    index.start(mode, [proxy.url, ...others]);
  }

  /** Changes the logs that are given, of the target block only. */
  const logs =
    (change: (logs: RpcLog[]) => RpcLog[]): Lie =>
    (method, answer) => {
      if (method !== 'eth_getLogs') return answer;
      const [mine, rest] = [true, false].map((wanted) =>
        (answer as RpcLog[]).filter(({ blockNumber }) => (blockNumber === target) === wanted),
      ) as [RpcLog[], RpcLog[]];
      return mine.length === 0 ? answer : [...rest, ...change(mine)];
    };
  /** Changes the target block wherever it is given. */
  const block =
    (change: (block: Block) => Block | null): Lie =>
    (method, answer) =>
      method.startsWith('eth_getBlockBy') && (answer as Block | null)?.number === target
        ? change(answer as Block)
        : answer;
  const first = (change: (log: RpcLog) => RpcLog): Lie =>
    logs(([log, ...rest]) => [change(log as RpcLog), ...rest]);
  const later = (header: Block): Block => ({
    ...header,
    timestamp: numberToHex(Number(header.timestamp) + 1),
  });
  const withheld = logs(() => []);

  const lies: [string, Lie, RegExp][] = [
    ['drops a log', logs((all) => all.slice(1)), /log \d+ is left out/],
    ['drops every log of a block', logs(() => []), /log \d+ is left out/],
    [
      'alters data',
      first((log) => ({
        ...log,
        data: log.data.replace(/.$/, (digit) => (digit === '1' ? '2' : '1')) as Hex,
      })),
      /log \d+ has other data/,
    ],
    [
      'alters a topic',
      first((log) => ({
        ...log,
        topics: [log.topics[0], `0x${'0'.repeat(63)}7`, log.topics[2]] as RpcLog['topics'],
      })),
      /log \d+ has other topics/,
    ],
    [
      'names another transaction',
      first((log) => ({ ...log, transactionHash: `0x${'7'.repeat(64)}` })),
      /log \d+ is of another transaction/,
    ],
    [
      'invents a log',
      logs((all) => [...all, { ...(all.at(-1) as RpcLog), logIndex: '0x63' }]),
      /log 99 is invented/,
    ],
    ['alters the time of a block', block(later), /the header hashes to 0x/],
    [
      'makes a header that is of no chain',
      block((header) => ({ ...later(header), hash: readHeader(headerFields(later(header))).hash })),
      /does not follow block|is of block 0x/,
    ],
    [
      'alters receipts and logs alike',
      (method, answer, params) => {
        if (method !== 'eth_getBlockReceipts' || params[0] !== target)
          return withheld(method, answer, params);
        return (answer as object[]).map((receipt) => ({ ...receipt, logs: [] }));
      },
      /the receipts give the root/,
    ],
    [
      'withholds a block',
      (method, answer, params) => block(() => null)(method, withheld(method, answer, params), params),
      /the block is withheld/,
    ],
  ];

  it.each(lies)(
    'catches one that %s, names it and asks the other',
    async (_, lie, difference) => {
      await start(lie, 'all');
      await index.caughtUp();
      expect(await index.facts()).toEqual(honest);
      const [liar, other] = index.status.report().endpoints;
      expect(liar).toMatchObject({ name: proxy.host, refuted: 1 });
      expect(liar?.lastProblem).toContain(`${proxy.host} is wrong about block`);
      expect(liar?.lastProblem).toMatch(difference);
      expect(liar?.restsMs).toBeGreaterThan(200_000);
      expect(other).toMatchObject({ refuted: 0, restsMs: 0 });
      const asked = liar?.requests;
      await rpc('anvil_mine', ['0x1']);
      await index.caughtUp();
      expect(index.status.report().endpoints[0]?.requests).toBe(asked);
    },
    30_000,
  );

  it.each(lies.slice(0, 7))(
    'is needed: believing one that %s gives other rows',
    async (_, lie) => {
      await start(lie, 'off', []);
      await index.caughtUp();
      expect(await index.facts()).not.toEqual(honest);
      expect(index.status.report()).toMatchObject({ blocksVerified: null });
    },
    30_000,
  );

  it.each([true, false])(
    'proves every block with facts (receipts of whole blocks: %s)',
    async (whole) => {
      const none = new Error('Method not found');
      await start(
        (method, answer) => (method === 'eth_getBlockReceipts' && !whole ? none : answer),
        'all',
        [],
      );
      await index.caughtUp();
      expect(await index.facts()).toEqual(honest);
      const [{ blocks } = { blocks: '0' }] = await index.rows<{ blocks: string }>(
        'SELECT count(*) AS blocks FROM chain_block WHERE fact_count > 0',
      );
      expect(index.status.report().blocksVerified).toBeGreaterThanOrEqual(Number(blocks));
      expect(index.status.report().endpoints).toMatchObject([{ refuted: 0 }]);
      expect(proxy.calls.has('eth_getTransactionReceipt')).toBe(!whole);
    },
    30_000,
  );

  it('stops with a clear word when there is no other endpoint', async () => {
    await start(
      logs((all) => all.slice(1)),
      'all',
      [],
    );
    await expect(index.done).rejects.toMatchObject({
      code: 'NO_HONEST_ENDPOINT',
      message: expect.stringMatching(/127\.0\.0\.1:\d+, block \d+: log \d+ is left out.*another provider/),
    });
    const [{ count } = { count: '' }] = await index.rows<{ count: string }>(
      'SELECT count(*) FROM token_transfer WHERE block_number = $1',
      [Number(target)],
    );
    expect(count).toBe('0');
  }, 30_000);

  it('turns to another endpoint when one stays behind', async () => {
    const stale = await rpc('eth_getBlockByNumber', ['0x2', false]);
    await start(
      (method, answer, [at]) => (method === 'eth_getBlockByNumber' && at === 'latest' ? stale : answer),
      'sample',
    );
    await index.caughtUp();
    expect(await index.facts()).toEqual(honest);
  }, 30_000);

  it('leaves an endpoint alone for as long as it asks', async () => {
    await start((_, answer) => answer, 'off', []);
    proxy.refusal = { status: 429, retryAfter: '2', times: 1 };
    await index.caughtUp();
    await rpc('anvil_mine', ['0x1']);
    await index.caughtUp();
    expect(index.status.report().lastProblem).toMatch(/429|asked for a pause/);
  }, 30_000);
});
