import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  artifactOf,
  ensembleArtifact,
  globalForecaster,
  networkArtifact,
  PanelRepository,
  runInThreads,
  ShadowPlanService,
  ShardPlanService,
  ShardProgressReader,
  trainableEnsemble,
} from '@tallyhouse/forecasting';
import { JobQueue } from '@tallyhouse/jobs';
import { startPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../migrations/data-source.js';
import { fillPanel, SIZES, type Size } from './panel.js';
import { sayPlans, TOLD, trainedOnPlans } from './told.js';

const NOW = new Date('2026-01-10T00:00:00Z');
const HORIZON = 12;
const SHARD_SERIES = 1_000;
/** So that a small panel has many shards to lose a worker in. */
const TOLD_SHARD_SERIES = 100;
const WORKER = new URL('./worker.js', import.meta.url);

interface Used {
  readonly cpuS: number;
  readonly peakMiB: number;
}

interface Run {
  readonly series: number;
  readonly model: string;
  /** Beside the run before, as a candidate. */
  readonly isShadow: boolean;
  readonly workers: number;
  /** Workers that were killed on the way and replaced. */
  readonly killed: number;
  readonly root: string;
  readonly rows: number;
  readonly planS: number;
  readonly forecastS: number;
  readonly settleS: number;
  readonly writeS: number;
  readonly closeS: number;
  /** Of the workers that ended by themselves. */
  readonly workerCpuS: number;
  readonly workerPeakMiB: number;
  readonly retries: number;
  readonly load: number;
}

class Workers {
  private readonly children: ChildProcess[] = [];

  constructor(
    private readonly databaseUrl: string,
    private readonly artifact: string,
  ) {}

  start(): void {
    this.children.push(
      fork(WORKER, [this.databaseUrl, this.artifact], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }),
    );
  }

  kill(): void {
    this.children.shift()?.kill('SIGKILL');
  }

  async stop(): Promise<Used[]> {
    return Promise.all(
      this.children.map(
        (child) =>
          new Promise<Used>((resolve, reject) => {
            let said = '';
            child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
            child.once('exit', () =>
              said ? resolve(JSON.parse(said) as Used) : reject(new Error('a worker failed')),
            );
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}

async function trained(
  source: DataSource,
): Promise<{ bytes: Uint8Array; seconds: number; cpuS: number; peakMiB: number }> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const engine = await openEngine({ device: 'cpu', threads: 1 });
  try {
    const dated = await new PanelRepository(source).panel({
      measure: 'DEMAND',
      frequency: 'monthly',
      asOf: NOW,
    });
    const description = {
      family: 'demand',
      featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
      dataRoot: null,
      dataBlock: null,
    } as const;
    const forecaster = globalForecaster({ horizon: HORIZON }, (model) => networkArtifact(model, description));
    const fitted = await forecaster.fit(dated!.panel, { rng: seededRandom(1), engine });
    const used = process.cpuUsage(cpu);
    return {
      bytes: fitted.toArtifact!(),
      seconds: (performance.now() - begin) / 1_000,
      cpuS: (used.user + used.system) / 1e6,
      peakMiB: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await engine.close();
  }
}

/** One run in shards, from the plan to the row of the run, with so many workers. */
async function run(
  source: DataSource,
  databaseUrl: string,
  {
    model,
    file,
    workers,
    killed,
    besideId,
  }: { model: string; file: string; workers: number; killed: number; besideId: string | undefined },
): Promise<Run & { runId: string }> {
  const isShadow = besideId !== undefined;
  const sha = createHash('sha256').update(`${model} ${workers} ${killed} ${isShadow}`).digest('hex');
  const versionId = `0x${sha}` as const;
  const begin = performance.now();
  const beside = { versionId, artifactSha256: versionId, now: NOW } as const;
  const runId = besideId
    ? await new ShadowPlanService(source).plan({ ...beside, besideId })
    : await new ShardPlanService(source).plan({
        model: {
          ...{ family: 'demand', versionId, artifactSha256: versionId, proposalId: null },
          ...{ measure: 'DEMAND', frequency: 'monthly' },
        },
        ...{ horizon: HORIZON, now: NOW, block: 1 },
        ...(model === 'tide'
          ? { shardSeries: TOLD_SHARD_SERIES, covariates: TOLD }
          : { shardSeries: SHARD_SERIES }),
      });
  const planS = (performance.now() - begin) / 1_000;
  const queue = new JobQueue(databaseUrl, (error) => process.stderr.write(`${error.message}\n`));
  await queue.start();
  await queue.request(isShadow ? 'shadowShards' : 'forecastShards');
  const crew = new Workers(databaseUrl, file);
  for (let at = 0; at < workers; at++) crew.start();
  await followed(source, crew, killed);
  const used = await crew.stop();
  await queue.stop(5_000);
  return {
    ...{ runId: runId!, model, isShadow, workers, killed },
    planS,
    ...(await told(source, runId!)),
    ...sumOf(used),
    load: loadavg()[0]!,
  };
}

/** Waits until the run ends, and kills a worker a third of the way. */
async function followed(source: DataSource, crew: Workers, killed: number): Promise<void> {
  const progress = new ShardProgressReader(source);
  let left = killed;
  for (;;) {
    const [row] = await progress.latest(1);
    process.stderr.write(
      `\r${row!.phase} ${row!.shardsForecast}/${row!.shardsWritten} of ${row!.shards}, expected ${row!.expectedAt?.toISOString() ?? '-'}   `,
    );
    if (row!.finishedAt) return void process.stderr.write('\n');
    if (left > 0 && 3 * row!.shardsForecast >= row!.shards) {
      left -= 1;
      crew.kill();
      crew.start();
    }
    await delay(1_000);
  }
}

const sumOf = (used: readonly Used[]) => ({
  workerCpuS: used.reduce((sum, { cpuS }) => sum + cpuS, 0),
  workerPeakMiB: Math.max(...used.map(({ peakMiB }) => peakMiB)),
});

async function told(source: DataSource, runId: string) {
  const [row] = await source.query<
    Pick<Run, 'series' | 'root' | 'rows' | 'forecastS' | 'settleS' | 'writeS' | 'closeS' | 'retries'>[]
  >(
    `SELECT p.series, r.root, (SELECT count(*)::int FROM forecast f WHERE f.run_id = p.run_id) AS rows,
       extract(epoch FROM max(s.forecast_at) - p.planned_at)::float8 AS "forecastS",
       extract(epoch FROM p.reconciled_at - max(s.forecast_at))::float8 AS "settleS",
       extract(epoch FROM max(s.written_at) - p.reconciled_at)::float8 AS "writeS",
       extract(epoch FROM p.finished_at - max(s.written_at))::float8 AS "closeS",
       (sum(s.attempts) - count(*))::int AS retries
     FROM forecast_plan p JOIN forecast_shard s ON s.run_id = p.run_id JOIN forecast_run r ON r.id = p.run_id
     WHERE p.run_id = $1 GROUP BY p.run_id, r.root`,
    [runId],
  );
  return row!;
}

async function measured(name: string, size: Size, results: unknown[]): Promise<void> {
  const postgres = await startPostgres();
  const url = await postgres.createTestDatabase('scale');
  const source = await migrationDataSource(url).initialize();
  try {
    await source.runMigrations();
    await fillPanel(source, size);
    const folder = await mkdtemp(join(tmpdir(), 'forecast-scale-'));
    if (name === 'told') await sayPlans(source);
    const { bytes, ...training } =
      name === 'told' ? await trainedOnPlans(source, NOW, HORIZON) : await trained(source);
    await writeFile(join(folder, name === 'told' ? 'tide.onnx' : 'network.onnx'), bytes);
    await writeFile(join(folder, 'theta.onnx'), thetaArtifact());
    if (PLANNED[name]!.some(([model]) => model === 'ensemble'))
      await writeFile(join(folder, 'ensemble.onnx'), await trainedEnsemble(source));
    const runs: Run[] = [];
    let besideId: string | undefined;
    for (const [model, workers, killed, isShadow = false] of PLANNED[name]!) {
      const file = join(folder, `${model}.onnx`);
      const { runId, ...made } = await run(source, url, {
        ...{ model, file, workers, killed },
        besideId: isShadow ? besideId : undefined,
      });
      if (!isShadow) besideId = runId;
      runs.push(made);
      process.stderr.write(`${JSON.stringify(runs.at(-1))}\n`);
    }
    results.push({ panel: name, training, runs });
  } finally {
    await source.destroy();
    await postgres.stop();
  }
}

/** Weights and widths learned from the whole panel, as members would vote on them. */
async function trainedEnsemble(source: DataSource): Promise<Uint8Array> {
  const dated = await new PanelRepository(source).panel({
    measure: 'DEMAND',
    frequency: 'monthly',
    asOf: NOW,
  });
  const forecaster = trainableEnsemble({ horizon: HORIZON, runner: runInThreads() }, (model) =>
    ensembleArtifact(model, {
      ...{ family: 'demand', dataRoot: null, dataBlock: null },
      featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
    }),
  );
  return (await forecaster.fit(dated!.panel, { rng: seededRandom(1) })).toArtifact!();
}

const thetaArtifact = (): Uint8Array =>
  artifactOf({
    ...{ family: 'demand', forecaster: 'theta', config: { lowerBound: 0 }, dataRoot: null, dataBlock: null },
    featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
  });

/** Model, workers and workers killed of each run, and whether it is made in shadow of the last one that was not. */
const PLANNED: Readonly<Record<string, readonly (readonly [string, number, number, boolean?])[]>> = {
  '1000': [
    ['network', 1, 0],
    ['theta', 1, 0],
    ['theta', 2, 0],
    ['ensemble', 1, 0],
    ['ensemble', 2, 0],
  ],
  told: [
    ['tide', 1, 0],
    ['tide', 2, 0],
    ['tide', 2, 1],
  ],
  '10000': [
    ['network', 1, 0],
    ['theta', 1, 0],
    ['theta', 2, 0],
    ['theta', 2, 1],
    ['ensemble', 2, 0],
  ],
  shadow: [
    ['theta', 2, 0],
    ['theta', 2, 0, true],
    ['theta', 2, 1, true],
  ],
  '100000': [
    ['network', 1, 0],
    ['network', 2, 0],
    ['network', 2, 0, true],
    ['theta', 2, 0],
  ],
};

const file = new URL('../../../experiments/forecast-scale/results.json', import.meta.url);
const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as { panel: string }[];
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SIZES)) {
  const results: unknown[] = kept.filter(({ panel }) => panel !== name);
  await measured(name, SIZES[name]!, results);
  await writeFile(
    file,
    `${JSON.stringify(results, (_key, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value), 2)}\n`,
  );
  kept.splice(0, kept.length, ...(results as { panel: string }[]));
}
