/** Columns of `anchor_leaf` and their Postgres types. */
export const LEAF_COLUMNS = {
  batch_id: 'bigint',
  leaf_index: 'int',
  event_id: 'uuid',
  event_time: 'timestamptz',
  leaf: 'bytea',
};
