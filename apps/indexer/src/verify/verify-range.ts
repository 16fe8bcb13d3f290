import type { Hex } from 'viem';
import { ReorganisedError, RetryError } from '../indexer.errors.js';
import type { BlockHeader, RawLog } from '../rpc/raw-block.js';
import type { BlockRange } from '../store/fact-batch.js';

/**
 * Refuses a range that does not continue the checkpoint, whose headers are no chain, or whose logs are not of the
 * blocks that the headers name. What a node leaves out altogether is not seen here; that takes receipts.
 */
export function verifyRange(checkpoint: BlockHeader, range: BlockRange, addresses: ReadonlySet<Hex>): void {
  if (range.first.number !== checkpoint.number + 1)
    throw new RetryError(
      'CHAIN_MOVED',
      `asked for block ${checkpoint.number + 1}, got ${range.first.number}`,
    );
  if (range.first.parentHash !== checkpoint.hash)
    throw new ReorganisedError(`block ${range.first.number} does not follow ${checkpoint.hash}`);
  verifyChain(range.headers);
  verifyLogs(range, addresses);
}

function verifyChain(headers: readonly BlockHeader[]): void {
  for (const [index, header] of headers.entries()) {
    const before = headers[index - 1];
    if (
      before &&
      before.number === header.number - 1 &&
      header.parentHash !== undefined &&
      before.hash !== header.parentHash
    )
      throw new RetryError('CHAIN_MOVED', `block ${header.number} does not follow block ${before.number}`);
  }
}

function verifyLogs({ headers, logs, first, last }: BlockRange, addresses: ReadonlySet<Hex>): void {
  const hashes = new Map(headers.map(({ number, hash }) => [number, hash]));
  let before: RawLog | undefined;
  for (const log of logs) {
    const place = `log ${log.logIndex} of block ${log.blockNumber}`;
    if (log.blockNumber < first.number || log.blockNumber > last.number || !addresses.has(log.address))
      throw new RetryError('LOGS_INCONSISTENT', `the node gave ${place}, which was not asked for`);
    if (hashes.get(log.blockNumber) !== log.blockHash)
      throw new RetryError('CHAIN_MOVED', `${place} is of another block than the header`);
    if (before?.blockNumber === log.blockNumber && before.logIndex >= log.logIndex)
      throw new RetryError('LOGS_INCONSISTENT', `the node gave ${place} twice`);
    before = log;
  }
}
