import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { openEngine, openTrainer, probeEngines } from '@tallyhouse/compute';
import type { Engine } from '@tallyhouse/compute';
import { bestMs, drawn, network, PERCEPTRON } from './perceptron.js';

const { features, horizon } = PERCEPTRON;

interface Timing {
  readonly engine: string;
  readonly batch: number;
  readonly trainingStepMs: number;
  readonly inferenceMs: number;
  readonly lossAfter: number;
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

const results = { machine, network: PERCEPTRON, engines: reports, timings };
writeFileSync(
  process.argv[2] ?? 'experiments/compute-engines/results.json',
  `${JSON.stringify(results, null, 2)}\n`,
);
