import { createHash } from 'node:crypto';
import type { Cell } from '../protocols/protocol.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { FINALITY_WINDOW } from './checkpoint.js';
import type { BlockRange, FactBatch, TableLines } from './fact-batch.js';
import { BLOCK_COLUMNS, BLOCK_TYPES } from './kept-blocks.js';
import { MOVE_PARAMETERS, MOVE_SET, MOVE_WHERE } from './move-checkpoint.js';
import type { Session } from './session.js';

const FIRST_BLOCK_PARAMETER = MOVE_PARAMETERS + 1;
const PAYLOAD_PARAMETER = FIRST_BLOCK_PARAMETER + BLOCK_TYPES.length;
const FIRST_TABLE_PARAMETER = PAYLOAD_PARAMETER + 1;

/** Whether a range is so small that one statement is sooner done than a transaction of many. */
export function fitsOneStatement(from: BlockHeader, { last }: BlockRange, { tables }: FactBatch): boolean {
  // In a longer range blocks are kept and forgotten again, which one statement cannot do.
  return last.number - from.number <= FINALITY_WINDOW && tables.every(({ rows }) => rows !== undefined);
}

/**
 * Moves the checkpoint, writes the rows, keeps the blocks and tells, all in one statement: at the head the ways to the
 * database and back are most of the time. Nothing is written when the checkpoint does not move.
 *
 * @param move values of {@link MOVE_SET} and {@link MOVE_WHERE}
 * @param payload what listeners are told
 * @returns whether the checkpoint moved
 */
export async function commitAtOnce(
  session: Pick<Session, 'query'>,
  tables: readonly TableLines[],
  move: readonly unknown[],
  blocks: readonly (readonly unknown[])[],
  payload: string,
): Promise<boolean> {
  const rows = tables.map(({ rows: each }) => JSON.stringify(each, asText));
  const names = tables.map(({ table }) => table.name).join();
  // PostgreSQL knows a statement by 63 bytes at most.
  const name = `commit ${createHash('sha256').update(names).digest('hex').slice(0, 32)}`;
  const moved = await session.query(statement(tables), [...move, ...blocks, payload, ...rows], name);
  return moved.length === 1;
}

/** PostgreSQL manual, "Data-Modifying Statements in WITH": all of them see, and change, one state. */
function statement(tables: readonly TableLines[]): string {
  const arrays = BLOCK_TYPES.map((type, index) => `$${FIRST_BLOCK_PARAMETER + index}::${type}[]`);
  const inserts = tables.map(({ table, columns }, index) => {
    const names = columns.join(', ');
    const given = `json_populate_recordset(NULL::${table.name}, $${FIRST_TABLE_PARAMETER + index}::json)`;
    return `rows_${index} AS (INSERT INTO ${table.name} (${names})
      SELECT ${columns.map((column) => `given.${column}`).join(', ')} FROM moved, ${given} AS given)`;
  });
  return `WITH moved AS (UPDATE chain_checkpoint SET ${MOVE_SET} WHERE ${MOVE_WHERE} RETURNING chain_id),
    kept AS (INSERT INTO chain_block (${BLOCK_COLUMNS})
      SELECT moved.chain_id, given.* FROM moved, unnest(${arrays.join(', ')}) AS given),
    forgotten AS (DELETE FROM chain_block USING moved WHERE chain_block.chain_id = moved.chain_id AND fact_count = 0
      AND number > $6::bigint - ${FINALITY_WINDOW} AND number <= $2::bigint - ${FINALITY_WINDOW})
    ${inserts.map((insert) => `, ${insert}`).join('')}
    SELECT pg_notify('tallyhouse_index', $${PAYLOAD_PARAMETER}) FROM moved`;
}

/** Wide numbers as text: as JSON numbers they would lose digits. */
function asText(_: string, cell: Cell): unknown {
  return typeof cell === 'bigint' ? cell.toString() : cell;
}
