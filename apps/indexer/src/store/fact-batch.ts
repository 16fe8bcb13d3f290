import type { FactDecoder } from '../protocols/decode.js';
import type { Cell, FactTable } from '../protocols/protocol.js';
import type { BlockHeader, RawLog } from '../rpc/raw-block.js';

/** One stretch of the chain, verified and ready to be written: blocks after the checkpoint up to `last`. */
export interface BlockRange {
  readonly first: BlockHeader;
  readonly last: BlockHeader;
  /** Those with logs, and all that lie in the finality window; ascending. */
  readonly headers: readonly BlockHeader[];
  /** Ascending by block and index. */
  readonly logs: readonly RawLog[];
}

/** Rows of one table, position columns first. */
export interface TableRows {
  readonly table: FactTable;
  readonly rows: Cell[][];
}

/** Postgres types of the columns that every fact table begins with. */
export const positionColumns = {
  chain_id: 'integer',
  block_number: 'bigint',
  block_hash: 'text',
  log_index: 'integer',
  tx_hash: 'text',
  block_time: 'timestamptz',
} as const;

/** Decodes the logs of a range into rows, table by table. */
export function factRows(chainId: number, range: BlockRange, decoder: FactDecoder): TableRows[] {
  const times = new Map(range.headers.map((header) => [header.number, isoTime(header)]));
  const tables = new Map<string, TableRows>();
  for (const log of range.logs) {
    const fact = decoder.decode(log);
    if (!fact) continue;
    const { table, row } = fact;
    let batch = tables.get(table.name);
    if (!batch) tables.set(table.name, (batch = { table, rows: [] }));
    const position = [chainId, log.blockNumber, log.blockHash, log.logIndex, log.transactionHash];
    const values = Object.keys(table.columns).map((column) => row[column] ?? null);
    batch.rows.push([...position, times.get(log.blockNumber) ?? null, ...values]);
  }
  return [...tables.values()];
}

/** A block's time as Postgres reads it. */
export function isoTime(header: BlockHeader): string {
  return new Date(header.timestamp * 1_000).toISOString();
}
