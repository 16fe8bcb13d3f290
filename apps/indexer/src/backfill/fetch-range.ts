import type { Hex } from 'viem';
import { MissingBlockError, RetryError } from '../indexer.errors.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import type { BlockHeader, RawLog } from '../rpc/raw-block.js';
import type { BlockRange } from '../store/fact-batch.js';
import type { RangeSize } from './range-size.js';

/** Which blocks to fetch, and from which on every header is wanted. */
export interface RangeRequest {
  readonly from: number;
  readonly to: number;
  readonly wholeFrom: number;
}

/** Judges what was fetched before anybody builds on it. */
export interface RangeCheck {
  readonly wantsEveryHeader: boolean;
  /** @throws RefutedError */
  verify(headers: readonly BlockHeader[], logs: readonly RawLog[]): Promise<void>;
}

/**
 * Fetches logs and headers of a range. The last header is read before and after the logs: when it is the same block,
 * the logs between are of its chain.
 */
export async function fetchRange(
  reader: ChainReader,
  addresses: readonly Hex[],
  request: RangeRequest,
  size: RangeSize,
  check?: RangeCheck,
): Promise<BlockRange> {
  const { from, to } = request;
  const last = await existing(reader, to);
  const logs = await logsOf(reader, addresses, from, to, size);
  logs.sort((left, right) => left.blockNumber - right.blockNumber || left.logIndex - right.logIndex);
  const headers = await headersOf(reader, request, logs, last, check);
  if ((await existing(reader, to)).hash !== last.hash)
    throw new RetryError('CHAIN_MOVED', `block ${to} changed while its logs were read`);
  size.answered(to - from + 1, logs.length);
  const [first = last] = headers;
  return { first, last, headers, logs };
}

/** Headers of the blocks that are kept: read, or known by their logs where nobody checks what the node says. */
async function headersOf(
  reader: ChainReader,
  request: RangeRequest,
  logs: readonly RawLog[],
  last: BlockHeader,
  check: RangeCheck | undefined,
): Promise<BlockHeader[]> {
  const wanted = wantedNumbers(request, logs);
  if (check) {
    const all = [...(await reader.headers(check.wantsEveryHeader ? everyNumber(request) : wanted)), last];
    await check.verify(all, logs);
    const kept = new Set([...wanted, last.number]);
    return all.filter(({ number }) => kept.has(number));
  }
  const told = toldByLogs(request, logs);
  const read = await reader.headers(wanted.filter((number) => !told.has(number)));
  return [...read, ...told.values(), last].sort((left, right) => left.number - right.number);
}

/** Blocks outside the finality window whose logs say all that is kept of them; not the first, which names its parent. */
function toldByLogs(
  { from, to, wholeFrom }: RangeRequest,
  logs: readonly RawLog[],
): Map<number, BlockHeader> {
  const told = new Map<number, BlockHeader>();
  for (const { blockNumber: number, blockHash: hash, blockTime: timestamp } of logs)
    if (timestamp !== undefined && number > from && number < Math.min(to, wholeFrom) && !told.has(number))
      told.set(number, { number, hash, timestamp });
  return told;
}

async function existing(reader: ChainReader, number: number): Promise<BlockHeader> {
  const header = await reader.header(number);
  if (!header) throw new MissingBlockError(number);
  return header;
}

/** Halves a range that the node refuses, until it answers. */
async function logsOf(
  reader: ChainReader,
  addresses: readonly Hex[],
  from: number,
  to: number,
  size: RangeSize,
): Promise<RawLog[]> {
  const logs = await reader.logs(addresses, from, to);
  if (logs) return logs;
  size.refused(to - from + 1);
  const middle = Math.floor((from + to) / 2);
  const left = await logsOf(reader, addresses, from, middle, size);
  return [...left, ...(await logsOf(reader, addresses, middle + 1, to, size))];
}

/** All below `to`: the first, which must follow the checkpoint; those with logs; those in the finality window. */
function wantedNumbers({ from, to, wholeFrom }: RangeRequest, logs: readonly RawLog[]): number[] {
  const numbers = new Set<number>([from]);
  for (const { blockNumber } of logs) numbers.add(blockNumber);
  for (let number = Math.max(from, wholeFrom); number < to; number++) numbers.add(number);
  numbers.delete(to);
  return [...numbers].filter((number) => number >= from && number < to).sort((left, right) => left - right);
}

function everyNumber({ from, to }: RangeRequest): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
