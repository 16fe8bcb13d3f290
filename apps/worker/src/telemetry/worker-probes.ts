import type { ChainWriter } from '@tallyhouse/chain';
import { metrics, type ProbeOutcome, type Probes } from '@tallyhouse/telemetry';
import type { DataSource } from 'typeorm';

const PATIENCE_MS = 2_000;

/** Parts of the worker that its probes look at. */
export interface ProbedWorker {
  readonly dataSource: Pick<DataSource, 'query'>;
  readonly chain: Pick<ChainWriter['publicClient'], 'getBlockNumber'>;
  /** Whether jobs are taken. */
  readonly isWorking: () => boolean;
}

/**
 * The worker is healthy while it answers. It is ready while it takes jobs and reaches both that it works with: the
 * database and the chain. A chain that is away stops anchoring and commitments alone, but a new version of the worker
 * that does not reach it must not replace one that does.
 */
export function workerProbes({ dataSource, chain, isWorking }: ProbedWorker): Probes {
  return {
    health: () => ({ ok: true }),
    ready: async () => {
      if (!isWorking()) return { ok: false, reason: 'it is starting or stopping' };
      const [database, rpc] = await Promise.all([
        answers(() => dataSource.query('SELECT 1'), 'the database'),
        answers(() => chain.getBlockNumber({ cacheTime: 0 }), 'the chain'),
      ]);
      return database.ok ? rpc : database;
    },
    metrics: () => metrics.text(),
  };
}

async function answers(ask: () => Promise<unknown>, what: string): Promise<ProbeOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), PATIENCE_MS);
  });
  try {
    await Promise.race([ask(), late]);
    return { ok: true };
  } catch {
    return { ok: false, reason: `${what} does not answer` };
  } finally {
    clearTimeout(timer);
  }
}
