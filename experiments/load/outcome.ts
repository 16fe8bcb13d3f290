import { join } from 'node:path';
import { makePublicClient, traceAnchorAbi } from '@tallyhouse/chain';
import type { DataSource } from 'typeorm';
import { digestDatabase } from '../../apps/cli/src/backup/database/database-digest.js';
import { inSnapshot } from '../../apps/cli/src/backup/database/snapshot.js';
import { checkIndex } from '../../apps/cli/src/reindex/check-index.js';
import { loopCounts } from '../../apps/cli/src/up/loop-counts.js';
import type { Stack } from '../../apps/cli/src/up/stack.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';

const SETTLE_MS = 600_000;

/** What came out at the other end, against what went in. */
export interface LoadOutcome {
  readonly events: {
    readonly sent: number;
    readonly captured: number;
    readonly anchored: number;
    readonly lost: number;
    /** Rows beyond those sent, and leaves beyond one an event. */
    readonly doubled: number;
  };
  readonly votes: { readonly mined: number; readonly indexed: number };
  /** Whether each partner's batches on chain are as many as indexed, with the contract's head. */
  readonly chainAgrees: boolean;
  /** Whether a fresh index of the same blocks has the same rows. */
  readonly indexSame: boolean;
  readonly indexDigest: string;
  readonly databaseDigest: string;
  readonly settledAfterS: number;
}

/** Waits until everything that was sent is anchored and indexed, then compares. */
export async function outcomeOf(
  stack: Stack,
  dataSource: DataSource,
  { sent, mined }: { sent: number; mined: number },
): Promise<LoadOutcome> {
  const start = performance.now();
  const settled = async (): Promise<boolean> => {
    const { captured, anchored } = await loopCounts(dataSource);
    return captured >= sent && anchored >= captured && (await votesIndexed(dataSource)) >= mined;
  };
  await waitUntil('everything anchored and indexed', settled, {
    timeoutMs: SETTLE_MS,
    intervalMs: 500,
  }).catch(() => undefined);
  const settledAfterS = Math.round((performance.now() - start) / 1_000);
  const { captured, anchored } = await loopCounts(dataSource);
  // Counted apart by what was sent and by row: one that is lost and one that is there twice must not make up for each other.
  const [{ leaves, events }] = await dataSource.query<[{ leaves: number; events: number }]>(
    `SELECT count(DISTINCT l.event_id)::int AS leaves, count(DISTINCT e.event_hash)::int AS events
     FROM anchor_leaf l JOIN epcis_event e ON e.id = l.event_id JOIN anchor_batch b ON b.id = l.batch_id
     JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root`,
  );
  const deploymentPath = join(stack.state.path, 'local.json');
  const source = {
    databaseUrl: stack.databaseUrl,
    rpcUrls: [stack.rpcUrl],
    deploymentPath,
    deployment: stack.deployment,
  };
  const index = await checkIndex(source, { verify: 'sample', onProgress: () => undefined });
  return {
    events: {
      ...{ sent, captured, anchored },
      lost: Math.max(0, sent - events),
      doubled: Math.max(0, leaves - events) + Math.max(0, anchored - leaves),
    },
    votes: { mined, indexed: await votesIndexed(dataSource) },
    chainAgrees: await chainAgrees(stack, dataSource),
    indexSame: index.same,
    indexDigest: index.kept.digest,
    databaseDigest: (await inSnapshot(stack.databaseUrl, digestDatabase)).sha256,
    settledAfterS,
  };
}

async function votesIndexed(dataSource: DataSource): Promise<number> {
  const [{ votes }] = await dataSource.query<[{ votes: number }]>(
    'SELECT count(*)::int AS votes FROM vote_cast',
  );
  return votes;
}

async function chainAgrees(stack: Stack, dataSource: DataSource): Promise<boolean> {
  const rows: { partner: `0x${string}`; batches: number; head: string; links: number }[] =
    await dataSource.query(
      `SELECT t.partner, count(*)::int AS batches, (array_agg(t.head ORDER BY t.seq DESC))[1] AS head,
       (count(*) FILTER (WHERE p.head = t.prev_head))::int AS links
     FROM trace_anchored t LEFT JOIN trace_anchored p ON p.partner = t.partner AND p.seq = t.seq - 1 GROUP BY t.partner`,
    );
  const client = makePublicClient(stack.rpcUrl);
  const { address } = stack.deployment.contracts.TraceAnchor;
  for (const { partner, batches, head, links } of rows) {
    const read = { address, abi: traceAnchorAbi, args: [partner] } as const;
    const seq = Number(await client.readContract({ ...read, functionName: 'seq' }));
    if (seq !== batches || links !== batches - 1) return false;
    if ((await client.readContract({ ...read, functionName: 'head' })) !== head) return false;
  }
  return rows.length > 0;
}
