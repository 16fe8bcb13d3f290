import {
  dense,
  encodeModel,
  float32,
  GraphBuilder,
  seededRandom,
  squaredError,
  trainingStep,
} from '@tallyhouse/compute';
import type { FloatTensor, TrainingStep } from '@tallyhouse/compute';

/** Sizes of the perceptron that engines are measured on. */
export const PERCEPTRON = { features: 64, width: 256, layers: 3, horizon: 24 };
const { features, width, layers, horizon } = PERCEPTRON;

/** A perceptron as a graph that infers and one that takes a training step; the same weights each time. */
export function network(): { inference: Uint8Array; step: TrainingStep } {
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

/** Standard normal values, `batch` rows of `columns`. */
export function drawn(batch: number, columns: number, seed: number): FloatTensor {
  const random = seededRandom(seed);
  return float32(
    [batch, columns],
    Float32Array.from({ length: batch * columns }, () => random.normal()),
  );
}

/** The best of `rounds`, after three that warm up: other work on the machine disturbs it least. */
export async function bestMs(rounds: number, run: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds + 3; round += 1) {
    const start = performance.now();
    await run();
    if (round >= 3) best = Math.min(best, performance.now() - start);
  }
  return Number(best.toFixed(2));
}
