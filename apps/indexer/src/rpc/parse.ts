import type { Hex, RpcBlock, RpcLog } from 'viem';
import { RetryError } from '../indexer.errors.js';
import type { BlockHeader, RawLog } from './raw-block.js';

/** @throws RetryError for a block that is not mined */
export function parseHeader(block: RpcBlock): BlockHeader {
  if (block.number === null || block.hash === null)
    throw new RetryError('RPC_UNAVAILABLE', 'the node gave a pending block for a mined one');
  return {
    number: Number(block.number),
    hash: lower(block.hash),
    parentHash: lower(block.parentHash),
    timestamp: Number(block.timestamp),
    logsBloom: lower(block.logsBloom ?? '0x'),
  };
}

/** @throws RetryError for a log that a reorganisation took back */
export function parseLog(log: RpcLog): RawLog {
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
    ...blockTime(log as { blockTimestamp?: unknown }),
  };
}

function blockTime({ blockTimestamp }: { blockTimestamp?: unknown }): { blockTime?: number } {
  return typeof blockTimestamp === 'string' ? { blockTime: Number(blockTimestamp) } : {};
}

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}
