import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { drawCase, operatorCases } from '../autodiff/operator-cases.fixture.js';
import { trainingStep } from '../autodiff/training-step.js';
import type { TrainingStep } from '../autodiff/training-step.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { dense } from '../graph/layers.js';
import { pinballLoss } from '../graph/losses.js';
import { encodeModel } from '../onnx/encode-model.js';
import { seededRandom } from '../random/random.js';
import { float32, floatsOf } from '../tensor.js';
import type { FloatTensor } from '../tensor.js';
import type { Engine } from './engine.js';
import { openEngine } from './select-engine.js';
import { openTrainer } from './trainer.js';

// An engine takes seconds to start on a machine that is busy with other tests.
jest.setTimeout(60_000);

const tolerance = 1e-4;

/** Greatest difference as a share of the largest magnitude. */
function apart(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const scale = Math.max(1e-6, ...Array.from(b, Math.abs));
  return Math.max(...Array.from(a, (value, at) => Math.abs(value - (b[at] as number)) / scale));
}

/** Length of the difference as a share of the length. */
function apartInAll(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...Array.from(a, (value, at) => value - (b[at] as number))) / Math.hypot(...b);
}

interface Perceptron {
  readonly inference: Uint8Array;
  readonly step: TrainingStep;
  readonly batch: { x: FloatTensor; y: FloatTensor };
}

function perceptron(): Perceptron {
  const random = seededRandom(5);
  const g = new GraphBuilder('perceptron');
  const x = g.input('x', ['batch', 12]);
  const hidden = dense(g, dense(g, x, { name: 'one', units: 32, random, activation: 'relu' }), {
    name: 'two',
    units: 32,
    random,
    activation: 'tanh',
  });
  const quantiles = g.reshape(dense(g, hidden, { name: 'out', units: 6 * 3, random }), ['batch', 6, 3]);
  const inference = encodeModel(g.build({ quantiles }));
  const loss = pinballLoss(g, quantiles, g.input('y', ['batch', 6]), [0.1, 0.5, 0.9]);
  const step = trainingStep(g, loss, { weightDecay: 1e-3, clipNorm: 0.5 });
  const draw = (width: number): FloatTensor =>
    float32(
      [16, width],
      Float32Array.from({ length: 16 * width }, () => random.normal()),
    );
  return { inference, step, batch: { x: draw(12), y: draw(6) } };
}

async function trained(
  engine: Engine,
  { step, batch }: Perceptron,
): Promise<{ losses: Float32Array; weights: Float32Array }> {
  const trainer = await openTrainer(engine, step);
  const losses: number[] = [];
  for (let round = 0; round < 12; round += 1) losses.push(await trainer.step(batch, 1e-2));
  const parameters = await trainer.parameters();
  await trainer.dispose();
  return {
    losses: Float32Array.from(losses),
    weights: Float32Array.from(Object.values(parameters).flatMap(({ data }) => [...data])),
  };
}

describe.each(['tensorflow:wasm', 'tensorflow:cpu'])('onnxruntime on the cpu and %s', (device) => {
  let [reference, other]: Engine[] = [];
  const engines = (): [Engine, Engine] => [reference as Engine, other as Engine];
  beforeAll(async () => {
    reference = await openEngine({ device: 'cpu', threads: 1 });
    other = await openEngine({ device });
  });
  afterAll(() => Promise.all(engines().map((engine) => engine.close())));

  it.each(operatorCases)('agree on values and gradients: $title', async (operatorCase) => {
    const { forward, backward, inputs } = drawCase(operatorCase);
    for (const graph of [forward, backward]) {
      const [a, b] = await Promise.all(
        engines().map(async (engine) => (await engine.load(encodeModel(graph))).run(inputs)),
      );
      for (const { name } of graph.outputs) {
        expect(b?.[name]?.dims).toEqual(a?.[name]?.dims);
        expect(apart(floatsOf(b ?? {}, name), floatsOf(a ?? {}, name))).toBeLessThan(tolerance);
      }
    }
  });

  it('agree on the forecasts of a network', async () => {
    const { inference, batch } = perceptron();
    const [a, b] = await Promise.all(
      engines().map(async (engine) =>
        floatsOf(await (await engine.load(inference)).run({ x: batch.x }), 'quantiles'),
      ),
    );
    expect(apart(b as Float32Array, a as Float32Array)).toBeLessThan(tolerance);
  });

  it('agree on losses and weights after twelve training steps', async () => {
    const [a, b] = await Promise.all(engines().map((engine) => trained(engine, perceptron())));
    expect(a?.losses.at(-1)).toBeLessThan((a?.losses[0] as number) * 0.8);
    expect(apart(b?.losses as Float32Array, a?.losses as Float32Array)).toBeLessThan(tolerance);
    // Adam divides by the gradient's own size: where that is nearly 0, single weights wander further than all together.
    expect(apartInAll(b?.weights as Float32Array, a?.weights as Float32Array)).toBeLessThan(tolerance);
    expect(apart(b?.weights as Float32Array, a?.weights as Float32Array)).toBeLessThan(10 * tolerance);
  });
});
