import type { Hex } from 'viem';
import type { ChainReader } from '../src/rpc/chain-reader.js';
import type { BlockHeader, RawLog } from '../src/rpc/raw-block.js';
import type { FactBatch } from '../src/store/fact-batch.js';

/** Rows of a range without any. */
export const NO_FACTS: FactBatch = { tables: [], facts: 0, rowsHashes: new Map() };

/** A chain in memory that refuses more than `limit` blocks at once, and can be exchanged while it is read. */
export class FakeChain implements ChainReader {
  public calls = 0;
  public onLogs: () => void = () => undefined;

  public constructor(
    public blocks: readonly BlockHeader[],
    public logsByBlock: ReadonlyMap<number, number> = new Map(),
    private readonly limit = Number.POSITIVE_INFINITY,
  ) {}

  public chainId(): Promise<number> {
    return Promise.resolve(31_337);
  }

  public latest(): Promise<BlockHeader> {
    return Promise.resolve(this.blocks.at(-1) as BlockHeader);
  }

  public header(number: number): Promise<BlockHeader | undefined> {
    this.calls++;
    return Promise.resolve(this.blocks[number]);
  }

  public async headers(numbers: readonly number[]): Promise<BlockHeader[]> {
    return Promise.all(numbers.map(async (number) => (await this.header(number)) as BlockHeader));
  }

  public logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined> {
    this.calls++;
    this.onLogs();
    if (to - from + 1 > this.limit) return Promise.resolve(undefined);
    const logs: RawLog[] = [];
    for (let block = from; block <= to; block++)
      for (let index = 0; index < (this.logsByBlock.get(block) ?? 0); index++)
        logs.push(fakeLog(this.blocks[block] as BlockHeader, index, addresses[0] ?? '0x'));
    return Promise.resolve(logs);
  }

  public async logsOf(addresses: readonly Hex[], { number }: BlockHeader): Promise<RawLog[]> {
    return (await this.logs(addresses, number, number)) ?? [];
  }

  public tagged(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  public code(): Promise<Hex> {
    return Promise.resolve('0x60');
  }
}

/** Blocks 0 to `length - 1`; from `forkAt` on the hashes carry another name. */
export function fakeBlocks(length: number, forkAt = length, name = 'b'): BlockHeader[] {
  const hash = (number: number): Hex => `0x${number >= forkAt ? name : 'a'}${number}`;
  return Array.from({ length }, (_, number) => ({
    number,
    hash: hash(number),
    parentHash: hash(number - 1),
    timestamp: 1_700_000_000 + number,
  }));
}

export function fakeLog(block: BlockHeader, logIndex: number, address: Hex = '0xc0'): RawLog {
  return {
    ...{ address, topics: [], data: '0x', blockNumber: block.number, blockHash: block.hash },
    ...{ logIndex, transactionHash: '0x' },
  };
}
