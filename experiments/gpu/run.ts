import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { openEngine, type Engine } from '@tallyhouse/compute';
import { productRates } from './products.js';
import { trainingRates, worstDifference } from './training.js';

/** What is measured; a driver that is software gets little to do. */
const WHOLE = { sizes: [1024, 2048, 4096], chained: 16, batches: [1024, 2048, 4096, 8192], rounds: 21 };
const TINY = { sizes: [64, 128], chained: 4, batches: [32], rounds: 3 };

const words = process.argv.slice(2);
const isTiny = words.includes('--tiny');
const device = words.find((word) => !word.startsWith('--')) ?? 'webgpu';
const plan = isTiny ? TINY : WHOLE;

const gpu = await openEngine({ device, softwareToo: isTiny });
const cpu = await openEngine({ device: 'cpu' });
const measured = async (engine: Engine) => ({
  engine: `${engine.name}:${engine.device}`,
  products: await productRates(engine, plan),
  training: await trainingRates(engine, plan),
});
const results = {
  machine: { processor: cpus()[0]?.model, cores: cpus().length, node: process.version, adapter: adapter() },
  isTiny,
  gpu: await measured(gpu),
  cpu: await measured(cpu),
  worstDifference: await worstDifference(gpu, cpu, plan.batches[0]!),
};
await gpu.close();
await cpu.close();
const file = isTiny ? 'results-software.json' : 'results.json';
writeFileSync(`experiments/gpu/${file}`, `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(results)}\n`);

/** What the driver calls the GPU; the runtime does not tell. */
function adapter(): string {
  try {
    const asked = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
    return execFileSync('nvidia-smi', asked, { encoding: 'utf8' }).trim();
  } catch {
    return isTiny ? 'a software driver' : 'not told: nvidia-smi is not here';
  }
}
