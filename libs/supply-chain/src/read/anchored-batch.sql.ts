/** The first time that a batch's root was anchored by its partner, as a lateral subquery. */
export function anchoredBatch(batch: string, name: string): string {
  return `LATERAL (
    SELECT * FROM trace_anchored found WHERE found.partner = ${batch}.partner AND found.root = ${batch}.root
    ORDER BY found.block_number, found.log_index LIMIT 1
  ) ${name}`;
}
