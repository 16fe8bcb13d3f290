import { readFile } from 'node:fs/promises';
import { seededRandom } from '@tallyhouse/compute';
import { forecasterFromArtifact, ShardPlanService, ShardWorkService } from '@tallyhouse/forecasting';
import { migrationDataSource } from '../../migrations/data-source.js';

// One step of a run, `plan` or what a share names, by one process that does nothing else. Says what it used.

const MIB = 2 ** 20;
const VERSION = `0x${'5c'.repeat(32)}` as const;

const [databaseUrl, artifactFile, step] = process.argv.slice(2) as [string, string, string];
const source = await migrationDataSource(databaseUrl).initialize();
const forecaster = await forecasterFromArtifact(await readFile(artifactFile), {});
const model = async () => ({ forecaster, context: { rng: seededRandom(1) } });

async function planned(): Promise<void> {
  await new ShardPlanService(source).plan({
    model: {
      ...{ family: 'demand', versionId: VERSION, artifactSha256: VERSION, proposalId: null },
      ...{ measure: 'DEMAND', frequency: 'monthly' },
    },
    ...{ horizon: 12, now: new Date('2026-01-10T00:00:00Z'), block: 1, shardSeries: 1_000 },
  });
}

async function done(): Promise<void> {
  const work = new ShardWorkService(source);
  for (;;) {
    const own = (await work.due()).filter((share) => share.split('/')[1] === step);
    if (own.length === 0) return;
    for (const share of own) await work.run(share, model);
  }
}

const rest = process.memoryUsage.rss();
const begin = performance.now();
await (step === 'plan' ? planned() : done());
const { user, system } = process.cpuUsage();
const used = {
  step,
  restMiB: rest / MIB,
  peakMiB: process.resourceUsage().maxRSS / 1024,
  seconds: (performance.now() - begin) / 1_000,
  cpuS: (user + system) / 1e6,
};
process.stdout.write(`${JSON.stringify(used)}\n`, () => process.exit(0));
