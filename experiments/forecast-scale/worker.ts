import { readFile } from 'node:fs/promises';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import { forecastApart, forecasterFromArtifact, ShardWorkService } from '@tallyhouse/forecasting';
import { JobQueue } from '@tallyhouse/jobs';
import { migrationDataSource } from '../../migrations/data-source.js';

// One worker: the stages `forecastShards` and `shadowShards` and nothing else. Says what it used when it is asked to stop.

const [databaseUrl, artifactFile] = process.argv.slice(2) as [string, string];
const source = await migrationDataSource(databaseUrl).initialize();
const engine = await openEngine({ device: 'cpu', threads: 1 });
const artifact = await readFile(artifactFile);
const forecaster = await forecasterFromArtifact(artifact, { engine });
const work = new ShardWorkService(source);
const queue = new JobQueue(databaseUrl, (error) => process.stderr.write(`${error.message}\n`));

await queue.start();
await queue.work('forecastShards', async ({ share }) => {
  if (share !== undefined)
    await work.run(share, async () => ({ forecaster, context: { rng: seededRandom(1), engine } }));
  for (const next of await work.due()) await queue.request('forecastShards', next);
});

await queue.work('shadowShards', async ({ share }) => {
  if (share !== undefined) {
    const { forecaster: apart, stop } = forecastApart(artifact, forecaster.name);
    const context = { rng: seededRandom(1) };
    try {
      await work.run(share, () => Promise.resolve({ forecaster: apart, context, isApart: true }));
    } finally {
      await stop();
    }
  }
  for (const next of await work.due(true)) await queue.request('shadowShards', next);
});

process.once('SIGTERM', () => {
  const { user, system } = process.cpuUsage();
  const used = { cpuS: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(used)}\n`, () => process.exit(0));
});
