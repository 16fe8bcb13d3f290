import { blockRowsHash, linesHash } from '@tallyhouse/chain';
import { copyLine } from '@tallyhouse/database';
import type { FactDecoder } from '../protocols/decode.js';
import { time } from '../protocols/cells.js';
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

/** Rows of one table as COPY takes them. */
export interface TableLines {
  readonly table: FactTable;
  /** By name. */
  readonly columns: readonly string[];
  /** Each ended by a line feed. */
  readonly lines: string;
  /** The same as objects, where a range holds so few that they are written by one statement. */
  readonly rows?: readonly Readonly<Record<string, Cell>>[];
}

/** Rows of a range, ready to be written, and what proves them. */
export interface FactBatch {
  readonly tables: readonly TableLines[];
  readonly facts: number;
  /** Hash of the rows of each block that has some; ascending. */
  readonly rowsHashes: ReadonlyMap<number, string>;
}

/** Logs of a block as it mostly is at the head. */
const FEW_LOGS = 64;

/** Columns that every fact table begins with. */
const POSITION = ['chain_id', 'block_number', 'block_hash', 'log_index', 'tx_hash', 'block_time'] as const;

/** Columns of a table, by name: the order that rows are hashed in, whatever the order they were made in. */
export function columnsOf(table: FactTable): string[] {
  return [...POSITION, ...Object.keys(table.columns)].sort();
}

/** Decodes the logs of a range into lines of their tables, and hashes them block by block. */
export function factBatch(chainId: number, range: BlockRange, decoder: FactDecoder): FactBatch {
  const times = new Map(range.headers.map((header) => [header.number, isoTime(header)]));
  const tables = new Map<string, TableBuilder>();
  const rowsHashes = new Map<number, string>();
  const close = (blockNumber: number): void => {
    const hashes = new Map<string, string>();
    for (const [name, builder] of tables) builder.close((lines) => hashes.set(name, linesHash(lines)));
    if (hashes.size > 0) rowsHashes.set(blockNumber, blockRowsHash(hashes));
  };
  let facts = 0;
  let open: number | undefined;
  for (const log of range.logs) {
    if (open !== undefined && open !== log.blockNumber) close(open);
    open = log.blockNumber;
    const fact = decoder.decode(log);
    if (!fact) continue;
    facts++;
    const { table, row } = fact;
    let builder = tables.get(table.name);
    if (!builder) tables.set(table.name, (builder = new TableBuilder(table, range.logs.length <= FEW_LOGS)));
    builder.add(row, {
      ...{ chain_id: chainId, block_number: log.blockNumber, block_hash: log.blockHash },
      ...{
        log_index: log.logIndex,
        tx_hash: log.transactionHash,
        block_time: times.get(log.blockNumber) ?? null,
      },
    });
  }
  if (open !== undefined) close(open);
  return { tables: [...tables.values()].map((builder) => builder.built()), facts, rowsHashes };
}

/** A block's time as Postgres writes it. */
export function isoTime(header: BlockHeader): string {
  return time(header.timestamp);
}

type Position = Readonly<Record<(typeof POSITION)[number], Cell>>;

/** Gathers lines of one table, block after block. */
class TableBuilder {
  private readonly columns: readonly string[];
  private readonly blocks: string[] = [];
  private lines = '';
  private readonly rows: Readonly<Record<string, Cell>>[] | undefined;

  public constructor(
    private readonly table: FactTable,
    few: boolean,
  ) {
    this.columns = columnsOf(table);
    if (few) this.rows = [];
  }

  public add(row: Readonly<Record<string, Cell>>, position: Position): void {
    const cells = { ...row, ...position } as Readonly<Record<string, Cell>>;
    this.rows?.push(cells);
    this.lines += `${copyLine(this.columns.map((column) => cells[column] ?? null))}\n`;
  }

  /** Ends a block; `onLines` gets what the table holds of it, if anything. */
  public close(onLines: (lines: string) => void): void {
    if (this.lines === '') return;
    onLines(this.lines);
    this.blocks.push(this.lines);
    this.lines = '';
  }

  public built(): TableLines {
    const { table, columns, rows } = this;
    return { table, columns, lines: this.blocks.join(''), ...(rows && { rows }) };
  }
}
