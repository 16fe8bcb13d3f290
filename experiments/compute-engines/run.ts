import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import {
  dense,
  encodeModel,
  float32,
  GraphBuilder,
  openEngine,
  openTrainer,
  probeEngines,
  seededRandom,
  squaredError,
  trainingStep,
} from '@tallyhouse/compute';
import type { Engine, FloatTensor, TrainingStep } from '@tallyhouse/compute';

const [features, width, layers, horizon] = [64, 256, 3, 24];

interface Timing {
  readonly engine: string;
  readonly batch: number;
  readonly trainingStepMs: number;
  readonly inferenceMs: number;
  readonly lossAfter: number;
}

function network(): { inference: Uint8Array; step: TrainingStep } {
  const random = seededRandom(1);
  const g = new GraphBuilder('perceptron');
  let hidden = g.input('x', ['batch', features]);
  for (let layer = 0; layer < layers; layer += 1) {
    hidden = dense(g, hidden, { name: `hidden${layer}`, units: width, random, activation: 'relu' });
  }
  const y = dense(g, hidden, { name: 'out', units: horizon, random });
  const inference = encodeModel(g.build({ y }));
  return { inference, step: trainingStep(g, squaredError(g, y, g.input('actual', ['batch', horizon]))) };
}

function drawn(batch: number, columns: number, seed: number): FloatTensor {
  const random = seededRandom(seed);
  return float32(
    [batch, columns],
    Float32Array.from({ length: batch * columns }, () => random.normal()),
  );
}

/** The best of `rounds`, after three that warm up: other work on the machine disturbs it least. */
async function bestMs(rounds: number, run: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds + 3; round += 1) {
    const start = performance.now();
    await run();
    if (round >= 3) best = Math.min(best, performance.now() - start);
  }
  return Number(best.toFixed(2));
}

async function timed(engine: Engine, batch: number, rounds: number): Promise<Timing> {
  const { inference, step } = network();
  const [x, actual] = [drawn(batch, features, 2), drawn(batch, horizon, 3)];
  const trainer = await openTrainer(engine, step);
  let lossAfter = 0;
  const trainingStepMs = await bestMs(
    rounds,
    async () => (lossAfter = await trainer.step({ x, actual }, 1e-3)),
  );
  await trainer.dispose();
  const session = await engine.load(inference);
  const inferenceMs = await bestMs(rounds, () => session.run({ x }));
  await session.dispose();
  return { engine: `${engine.name}:${engine.device}`, batch, trainingStepMs, inferenceMs, lossAfter };
}

const reports = await probeEngines();
const timings: Timing[] = [];
for (const { name, device } of reports.filter(({ ok }) => ok)) {
  const engine = await openEngine({ device: `${name}:${device}` });
  const rounds = name === 'tensorflow' && device === 'cpu' ? 3 : 21;
  for (const batch of [256, 1024]) timings.push(await timed(engine, batch, rounds));
  await engine.close();
}
const machine = { processor: cpus()[0]?.model, cores: cpus().length, node: process.version };

const results = { machine, network: { features, width, layers, horizon }, engines: reports, timings };
writeFileSync(
  process.argv[2] ?? 'experiments/compute-engines/results.json',
  `${JSON.stringify(results, null, 2)}\n`,
);
