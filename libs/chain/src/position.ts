import type { Hex } from 'viem';
import { NonRetryableUserError } from './chain.errors.js';

/** Where a log stands on a chain; the block hash tells two forks apart. */
export interface ChainPosition {
  readonly chainId: number;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  readonly logIndex: number;
}

const CHAIN_ID_WIDTH = 16;
const BLOCK_NUMBER_WIDTH = 16;
const LOG_INDEX_WIDTH = 8;
const CHECKPOINT = new RegExp(
  `^(\\d{${CHAIN_ID_WIDTH}})(\\d{${BLOCK_NUMBER_WIDTH}})(\\d{${LOG_INDEX_WIDTH}})([0-9a-f]{64})$`,
);

/**
 * Writes a position as 104 characters whose order as text is the order of chain, block and log.
 *
 * @param position The position; block number below 10^16, log index below 10^8.
 * @returns Chain id, block number and log index in zero-padded decimals, then the block hash in lower-case hex.
 * @throws NonRetryableUserError `POSITION_INVALID` when a part is out of range.
 * @example
 * encodeCheckpoint({ chainId: 1, blockNumber: 7n, blockHash: `0x${'ab'.repeat(32)}`, logIndex: 3 })
 * // '0000000000000001' + '0000000000000007' + '00000003' + 'abab…'
 */
export function encodeCheckpoint(position: ChainPosition): string {
  const text =
    decimal(position.chainId, CHAIN_ID_WIDTH) +
    decimal(position.blockNumber, BLOCK_NUMBER_WIDTH) +
    decimal(position.logIndex, LOG_INDEX_WIDTH) +
    position.blockHash.slice(2).toLowerCase();
  if (!CHECKPOINT.test(text)) throw invalid(JSON.stringify(position, (_, value) => plain(value)));
  return text;
}

/**
 * Reads what {@link encodeCheckpoint} wrote.
 *
 * @throws NonRetryableUserError `POSITION_INVALID` when the text is anything else.
 * @example decodeCheckpoint(encodeCheckpoint(position)) // equal to position
 */
export function decodeCheckpoint(checkpoint: string): ChainPosition {
  const [, chainId, blockNumber, logIndex, hash] = CHECKPOINT.exec(checkpoint) ?? [];
  if (chainId === undefined || blockNumber === undefined || logIndex === undefined || hash === undefined) {
    throw invalid(checkpoint);
  }
  if (!Number.isSafeInteger(Number(chainId))) throw invalid(checkpoint);
  return {
    chainId: Number(chainId),
    blockNumber: BigInt(blockNumber),
    blockHash: `0x${hash}`,
    logIndex: Number(logIndex),
  };
}

/**
 * Orders two positions by chain, block number and log index; forks of one block compare as equal.
 *
 * @returns Negative when `left` comes first, positive when `right` does, otherwise 0.
 * @example [second, first].sort(comparePositions) // [first, second]
 */
export function comparePositions(left: ChainPosition, right: ChainPosition): number {
  if (left.chainId !== right.chainId) return left.chainId - right.chainId;
  if (left.blockNumber !== right.blockNumber) return left.blockNumber < right.blockNumber ? -1 : 1;
  return left.logIndex - right.logIndex;
}

function decimal(value: number | bigint, width: number): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw invalid(String(value));
  return value.toString().padStart(width, '0');
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function invalid(found: string): NonRetryableUserError {
  return new NonRetryableUserError(
    'POSITION_INVALID',
    `not a position on a chain: ${found}`,
    'give a whole chain id, a block number below 10^16, a log index below 10^8 and a 32-byte block hash',
  );
}
