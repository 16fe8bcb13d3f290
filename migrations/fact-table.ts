/** A table of what one event of the chain says, with its place in the chain. */
export function fact(table: string, columns: string): string {
  return `CREATE TABLE ${table} (
    chain_id integer NOT NULL,
    block_number bigint NOT NULL,
    block_hash text NOT NULL,
    log_index integer NOT NULL,
    tx_hash text NOT NULL,
    block_time timestamptz NOT NULL,
    ${columns},
    PRIMARY KEY (chain_id, block_number, log_index)
  )`;
}
