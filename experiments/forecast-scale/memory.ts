import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { artifactOf } from '@tallyhouse/forecasting';
import { startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../migrations/data-source.js';
import { fillPanel, SIZES } from './panel.js';

// What memory the steps of a run need, each in a process of its own.

const STEP = new URL('./step.js', import.meta.url).pathname;
const STEPS = ['plan', 'forecast', 'settle', 'write', 'close'];

interface Used {
  readonly step: string;
  readonly restMiB: number;
  readonly peakMiB: number;
  readonly seconds: number;
  readonly cpuS: number;
}

async function measured(name: string, forecaster: string) {
  const postgres = await startPostgres();
  const url = await postgres.createTestDatabase('memory');
  const source = await migrationDataSource(url).initialize();
  try {
    await source.runMigrations();
    await fillPanel(source, SIZES[name]!);
    const artifact = join(await mkdtemp(join(tmpdir(), 'forecast-memory-')), 'model.onnx');
    const description = { family: 'demand', dataRoot: null, dataBlock: null } as const;
    const featureSpec = { measure: 'DEMAND', frequency: 'monthly' } as const;
    const config = { lowerBound: 0 };
    await writeFile(artifact, artifactOf({ ...description, forecaster, config, featureSpec }));
    const steps: Used[] = [];
    for (const step of STEPS) {
      const { stdout } = await promisify(execFile)(process.execPath, [STEP, url, artifact, step]);
      steps.push(JSON.parse(stdout) as Used);
      process.stderr.write(stdout);
    }
    const [run] = await source.query<{ root: string; series: number }[]>(
      'SELECT r.root, p.series FROM forecast_run r JOIN forecast_plan p ON p.run_id = r.id',
    );
    const kibASeries = steps.map(({ step, restMiB, peakMiB }) => [
      step,
      (1024 * (peakMiB - restMiB)) / run!.series,
    ]);
    return {
      panel: name,
      forecaster,
      ...run,
      steps,
      kibASeries: Object.fromEntries(kibASeries),
      load: loadavg()[0],
    };
  } finally {
    await source.destroy();
    await postgres.stop();
  }
}

const file = new URL('../../../experiments/forecast-scale/memory.json', import.meta.url);
const [forecaster = 'theta', ...names] = process.argv.slice(2);
const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as { panel: string }[];
for (const name of names) {
  const found = await measured(name, forecaster);
  kept.splice(0, kept.length, ...kept.filter(({ panel }) => panel !== name), found as { panel: string });
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  await writeFile(file, `${JSON.stringify(kept, rounded, 2)}\n`);
}
