import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makePublicClient } from '@tallyhouse/chain';
import { freePort } from '@tallyhouse/testing';
import { importScms, type ScmsSummary } from '../../apps/cli/src/import/import-scms.js';
import { loopCounts, type LoopCounts } from '../../apps/cli/src/up/loop-counts.js';
import { connect } from '../../apps/cli/src/up/seed.js';
import { Stack } from '../../apps/cli/src/up/stack.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';

const PARTNER = 4;
const shared = process.env['TALLYHOUSE_SHARED_DATA'] ?? resolve('../shared/data');
const file = join(shared, 'scms-shipments', 'scms_delivery_history.csv.gz');

interface Anchored {
  readonly batches: number;
  readonly gas: number;
  readonly gasPerEvent: number;
}

async function gasOf(stack: Stack, dataSource: Awaited<ReturnType<typeof connect>>): Promise<Anchored> {
  const rows: { hash: `0x${string}`; count: string }[] = await dataSource.query(
    'SELECT tx_hash AS hash, count FROM trace_anchored',
  );
  const client = makePublicClient(stack.rpcUrl);
  let gas = 0;
  for (const { hash } of rows) gas += Number((await client.getTransactionReceipt({ hash })).gasUsed);
  const events = rows.reduce((sum, { count }) => sum + Number(count), 0);
  return { batches: rows.length, gas, gasPerEvent: gas / events };
}

async function measure(stack: Stack): Promise<object> {
  const dataSource = await connect(stack.databaseUrl);
  try {
    const startedMs = Date.now();
    const imported: ScmsSummary = await importScms(createReadStream(file), {
      dataSource,
      partner: stack.accounts.partner(PARTNER).address.toLowerCase(),
      onRefusal: ({ line, field, reason }) => console.error(`line ${line}: ${field}: ${reason}`),
      onProgress: () => undefined,
    });
    const counts: LoopCounts = await waitUntil(
      'every event anchored and indexed',
      async () => {
        const now = await loopCounts(dataSource);
        return now.anchored === now.captured && now;
      },
      { timeoutMs: 600_000 },
    );
    const seconds = (Date.now() - startedMs) / 1_000;
    return { imported, counts, seconds, anchored: await gasOf(stack, dataSource) };
  } finally {
    await dataSource.destroy();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-scms-'));
const stack = await Stack.start({
  stateDir: folder,
  fresh: true,
  rpcPort: await freePort(),
  world: { seed: 1, start: '2025-01-01', months: 1, scale: 0.01 },
  blockTimeS: 2,
  onStep: (step) => console.error(step),
  onExit: (name, reason) => console.error(`${name} ended ${reason}`),
});
try {
  const results = { ...(await measure(stack)), cores: cpus().length, load: loadavg()[0] };
  await writeFile(resolve('experiments/scms-loop/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results));
} finally {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
}
