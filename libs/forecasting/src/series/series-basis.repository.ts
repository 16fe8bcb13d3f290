import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** What the series were made of, against what they would be made of now. */
export interface SeriesChange {
  /** Batches that were anchored since. */
  readonly added: readonly string[];
  /** Batches that a reorg took off the chain since. */
  readonly removed: readonly string[];
  /** Names, groups or countries are others, or a batch that went in is no longer known: nothing can be kept. */
  readonly everything: boolean;
  /** Of the master data that hold now, as hex. */
  readonly masterDataSha256: string;
}

/** Compares what the series hold with what is on chain now. */
export async function seriesChange(manager: Queries): Promise<SeriesChange> {
  const [moved]: { added: string[]; removed: string[]; lost: boolean }[] = await manager.query(MOVED);
  const [{ digest, same }]: [{ digest: string; same: boolean }] = await manager.query(MASTER_DATA);
  return {
    added: moved!.added,
    removed: moved!.removed,
    everything: !same || moved!.lost,
    masterDataSha256: digest,
  };
}

/** Notes that the series now hold what {@link seriesChange} found, in the transaction that brought them there. */
export async function noteSeriesBasis(manager: Queries, change: SeriesChange): Promise<void> {
  await manager.query('DELETE FROM series_batch WHERE batch_id = ANY($1::bigint[])', [change.removed]);
  await manager.query('INSERT INTO series_batch SELECT unnest($1::bigint[])', [change.added]);
  await manager.query(
    `INSERT INTO series_basis (master_data_sha256) VALUES ($1)
     ON CONFLICT (only_one) DO UPDATE SET master_data_sha256 = EXCLUDED.master_data_sha256`,
    [change.masterDataSha256],
  );
}

const MOVED = `
  WITH anchored AS MATERIALIZED (
    SELECT DISTINCT b.id FROM anchor_batch b JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
  ), removed AS (
    SELECT batch_id FROM series_batch WHERE batch_id NOT IN (SELECT id FROM anchored)
  )
  SELECT ARRAY(SELECT id FROM anchored WHERE id NOT IN (SELECT batch_id FROM series_batch)) AS added,
         ARRAY(SELECT batch_id FROM removed) AS removed,
         EXISTS (SELECT FROM removed WHERE batch_id NOT IN (SELECT id FROM anchor_batch)) AS lost`;

/** All that a series takes from master data: what belongs to which sum, and what it is called. */
const MASTER_DATA = `
  WITH line AS (
    SELECT jsonb_build_array('product', uri, name, product_group)::text AS line FROM product_class
    UNION ALL SELECT jsonb_build_array('site', uri, name, country)::text FROM site
    UNION ALL SELECT jsonb_build_array('partner', partner, name)::text FROM partner_current
  ), now AS (
    SELECT encode(sha256(convert_to(COALESCE(string_agg(line, E'\\n' ORDER BY line), ''), 'UTF8')), 'hex') AS digest FROM line
  )
  SELECT digest, COALESCE(digest = (SELECT master_data_sha256 FROM series_basis), false) AS same FROM now`;
