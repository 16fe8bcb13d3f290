/** The first time that a batch's root was anchored by its partner, as a lateral subquery. */
export function anchoredBatch(batch: string, name: string): string {
  return `LATERAL (
    SELECT * FROM trace_anchored found WHERE found.partner = ${batch}.partner AND found.root = ${batch}.root
    ORDER BY found.block_number, found.log_index LIMIT 1
  ) ${name}`;
}

/** Whether the block of a row of {@link anchoredBatch} stays, as the index last heard. */
export const isFinal = (name: string): string =>
  `EXISTS (SELECT FROM chain_checkpoint c WHERE c.chain_id = ${name}.chain_id AND ${name}.block_number <= c.final_number)`;

/** Where a batch stands on chain, of a row of {@link anchoredBatch}: its root, its partner's number of it, its log. */
export const anchoredPlace = (name: string): string =>
  `${name}.root, ${name}.partner, ${name}.seq, ${name}.schema_id AS "schemaId", ${name}.chain_id AS "chainId",
    ${name}.block_number AS "blockNumber", ${name}.block_hash AS "blockHash", ${name}.block_time AS "blockTime",
    ${name}.tx_hash AS "txHash", ${name}.log_index AS "logIndex"`;

/** Bytes of a column as `0x` and hexadecimal digits. */
export const hexOf = (column: string): string => `'0x' || encode(${column}, 'hex')`;
