import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Engine } from '../engines/engine.js';
import { openEngine } from '../engines/select-engine.js';
import { openTrainer } from '../engines/trainer.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { dense, layerNorm } from '../graph/layers.js';
import { absoluteError, pinballLoss, squaredError } from '../graph/losses.js';
import { encodeModel } from '../onnx/encode-model.js';
import { seededRandom } from '../random/random.js';
import { float32, floatsOf } from '../tensor.js';
import { trainingStep, withParameters } from './training-step.js';
import type { AdamOptions } from './training-step.js';

// An engine takes seconds to start on a machine that is busy with other tests.
jest.setTimeout(60_000);

/** Adam by hand in double precision for the loss (w - 3)^2 from w = 1. */
function byHand(steps: number, rate: number): number {
  let [w, m, v] = [1, 0, 0];
  for (let step = 1; step <= steps; step += 1) {
    const slope = 2 * (w - 3);
    m = 0.9 * m + 0.1 * slope;
    v = 0.999 * v + 0.001 * slope ** 2;
    w -= (rate * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8);
  }
  return w;
}

describe('a training step', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
  });
  afterAll(() => engine.close());

  async function trained(
    g: GraphBuilder,
    loss: ReturnType<GraphBuilder['neg']>,
    steps: number,
    options?: AdamOptions,
  ): Promise<Record<string, number[]>> {
    const trainer = await openTrainer(engine, trainingStep(g, loss, options));
    for (let taken = 0; taken < steps; taken += 1) await trainer.step({}, 0.1);
    const parameters = await trainer.parameters();
    await trainer.dispose();
    return Object.fromEntries(Object.entries(parameters).map(([name, { data }]) => [name, [...data]]));
  }

  it('moves a parameter as Adam does by hand', async () => {
    const g = new GraphBuilder('one');
    const w = g.parameter('w', float32([1], [1]));
    const { w: found } = await trained(g, squaredError(g, w, g.floats([3])), 25);
    expect(found?.[0]).toBeCloseTo(byHand(25, 0.1), 4);
  });

  it('finds the median and a quantile of a sample', async () => {
    const g = new GraphBuilder('quantiles');
    const sample = Array.from({ length: 101 }, (_, at) => at / 100);
    const levels = g.parameter('levels', float32([1, 2], [0, 0]));
    const actual = g.floats(sample);
    const predicted = g.expand(levels, [101, 2]);
    const { levels: found } = await trained(g, pinballLoss(g, predicted, actual, [0.5, 0.9]), 200);
    expect(Math.abs((found?.[0] as number) - 0.5)).toBeLessThan(0.05);
    expect(Math.abs((found?.[1] as number) - 0.9)).toBeLessThan(0.05);
  });

  it('decays matrices but not vectors, and moves nothing that the loss does not reach', async () => {
    const g = new GraphBuilder('decay');
    const matrix = g.parameter('matrix', float32([1, 1], [4]));
    const vector = g.parameter('vector', float32([1], [4]));
    g.parameter('apart', float32([1], [4]));
    const flat = g.mul(g.add(g.reduceSum(matrix), g.reduceSum(vector)), 0);
    const found = await trained(g, flat, 1, { weightDecay: 0.5 });
    expect(found).toEqual({ matrix: [expect.closeTo(4 * (1 - 0.1 * 0.5), 5)], vector: [4] });
  });

  it('scales gradients down together when their norm is over the limit', async () => {
    const g = new GraphBuilder('clip');
    const [a, b] = [g.parameter('a', float32([1], [0])), g.parameter('b', float32([1], [0]))];
    const loss = g.reduceSum(g.add(g.mul(a, 30), g.mul(b, 40)));
    const { graph, initial } = trainingStep(g, loss, { clipNorm: 1 });
    const session = await engine.load(encodeModel(graph));
    await session.hold(initial);
    const outputs = await session.run({ step: float32([], [1]), learningRate: float32([], [0.1]) });
    expect(floatsOf(outputs, 'next.m.a')[0]).toBeCloseTo(0.1 * 0.6, 6);
    expect(floatsOf(outputs, 'next.m.b')[0]).toBeCloseTo(0.1 * 0.8, 6);
  });

  it('leaves weights that the inference graph takes over', async () => {
    const random = seededRandom(1);
    const g = new GraphBuilder('net');
    const x = g.input('x', ['batch', 2]);
    const hidden = layerNorm(
      g,
      dense(g, x, { name: 'in', units: 16, random, activation: 'softplus' }),
      'norm',
    );
    const y = dense(g, hidden, { name: 'out', units: 1, random });
    const inference = g.build({ y });
    const step = trainingStep(g, absoluteError(g, y, g.input('target', ['batch', 1])));
    const xs = float32(
      [64, 2],
      Float32Array.from({ length: 128 }, () => random.uniform(-1, 1)),
    );
    const target = float32(
      [64, 1],
      Float32Array.from(
        { length: 64 },
        (_, at) => (xs.data[2 * at] as number) * (xs.data[2 * at + 1] as number),
      ),
    );
    const trainer = await openTrainer(engine, step);
    const losses: number[] = [];
    for (let taken = 0; taken < 300; taken += 1) losses.push(await trainer.step({ x: xs, target }, 0.01));
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 5);
    const session = await engine.load(encodeModel(withParameters(inference, await trainer.parameters())));
    const found = floatsOf(await session.run({ x: xs }), 'y');
    const error =
      found.reduce((sum, value, at) => sum + Math.abs(value - (target.data[at] as number)), 0) / 64;
    expect(error).toBeLessThan((losses.at(-1) as number) * 2);
  });

  it('is refused without parameters, and weights that do not fit are refused too', () => {
    const g = new GraphBuilder('none');
    expect(() => trainingStep(g, g.reduceSum(g.input('x', [2])))).toThrow('the loss depends on no parameter');
    const graph = g.build({ y: g.parameter('w', float32([2], [1, 2])) });
    expect(() => withParameters(graph, { w: float32([1], [1]) })).toThrow("'w' [1] does not fit");
    expect(() => withParameters(graph, { other: float32([1], [1]) })).toThrow("'other' [1] does not fit");
  });
});
