import type { DataSource } from 'typeorm';

/** Time and number of the latest indexed block: the only clock of everything that is put on chain. */
export interface ChainMoment {
  readonly time: Date;
  readonly block: number;
}

/** The latest indexed block, or null before the first. */
export async function chainMoment(dataSource: DataSource, chainId: number): Promise<ChainMoment | null> {
  const [row]: { time: Date; block: string }[] = await dataSource.query(
    'SELECT block_time AS time, block_number AS block FROM chain_checkpoint WHERE chain_id = $1',
    [chainId],
  );
  return row ? { time: row.time, block: Number(row.block) } : null;
}
