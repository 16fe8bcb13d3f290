import { numberToHex, type Hex, type PublicClient, type RpcBlock, type RpcLog } from 'viem';
import { RetryError } from '../indexer.errors.js';
import type { BlockHeader, RawLog } from './raw-block.js';

const CONCURRENT_CALLS = 16;

/** What the pipeline asks of a chain. */
export interface ChainReader {
  chainId(): Promise<number>;
  latest(): Promise<BlockHeader>;
  /** @returns undefined when the chain has no such block */
  header(number: number): Promise<BlockHeader | undefined>;
  headers(numbers: readonly number[]): Promise<BlockHeader[]>;
  /** @returns undefined when the node refuses so many blocks or logs at once */
  logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined>;
}

/** Reads over JSON-RPC. Everything that fails for want of a connection is a {@link RetryError}. */
export class RpcChainReader implements ChainReader {
  public constructor(private readonly client: PublicClient) {}

  public chainId(): Promise<number> {
    return this.ask(() => this.client.getChainId());
  }

  public async latest(): Promise<BlockHeader> {
    const block = await this.block('latest');
    if (!block) throw new RetryError('RPC_UNAVAILABLE', 'the node has no latest block');
    return block;
  }

  public header(number: number): Promise<BlockHeader | undefined> {
    return this.block(numberToHex(number));
  }

  public async headers(numbers: readonly number[]): Promise<BlockHeader[]> {
    const found: BlockHeader[] = [];
    for (let start = 0; start < numbers.length; start += CONCURRENT_CALLS) {
      const some = numbers.slice(start, start + CONCURRENT_CALLS);
      for (const [index, header] of (await Promise.all(some.map((each) => this.header(each)))).entries()) {
        if (!header) throw new RetryError('CHAIN_MOVED', `block ${some[index]} is gone from the chain`);
        found.push(header);
      }
    }
    return found;
  }

  public async logs(addresses: readonly Hex[], from: number, to: number): Promise<RawLog[] | undefined> {
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    try {
      const logs = await this.client.request({
        method: 'eth_getLogs',
        params: [{ address: [...addresses], ...range }],
      });
      return logs.map(parseLog);
    } catch (cause) {
      if (cause instanceof RetryError) throw cause;
      if (from < to && isTooMuch(cause)) return undefined;
      throw unavailable(cause);
    }
  }

  private async block(tag: Hex | 'latest'): Promise<BlockHeader | undefined> {
    const block = await this.ask(() =>
      this.client.request({ method: 'eth_getBlockByNumber', params: [tag, false] }),
    );
    return block ? parseHeader(block) : undefined;
  }

  private async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

function parseHeader(block: RpcBlock): BlockHeader {
  if (block.number === null || block.hash === null)
    throw new RetryError('RPC_UNAVAILABLE', 'the node gave a pending block for a mined one');
  return {
    number: Number(block.number),
    hash: lower(block.hash),
    parentHash: lower(block.parentHash),
    timestamp: Number(block.timestamp),
  };
}

function parseLog(log: RpcLog): RawLog {
  if (log.removed || log.blockNumber === null || log.blockHash === null)
    throw new RetryError('CHAIN_MOVED', 'the node gave a log of a block that it no longer holds');
  return {
    address: lower(log.address),
    topics: log.topics.map(lower),
    data: lower(log.data),
    blockNumber: Number(log.blockNumber),
    blockHash: lower(log.blockHash),
    logIndex: Number(log.logIndex),
    transactionHash: lower(log.transactionHash ?? '0x'),
  };
}

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}

/** Providers word their limits differently; all of them speak of one of these. */
function isTooMuch(cause: unknown): boolean {
  const said =
    cause instanceof Error ? `${cause.message} ${(cause as { details?: string }).details ?? ''}` : '';
  return /limit|range|too (many|large|much|big)|exceed|more than|response size|timed? ?out|took too long/i.test(
    said,
  );
}

function unavailable(cause: unknown): RetryError {
  const said = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown failure';
  return new RetryError('RPC_UNAVAILABLE', `the chain could not be read (${said})`, { cause });
}
