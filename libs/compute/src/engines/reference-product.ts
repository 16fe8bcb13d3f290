import { GraphBuilder } from '../graph/graph-builder.js';
import { encodeModel } from '../onnx/encode-model.js';
import { seededRandom } from '../random/random.js';
import { float32, floatsOf } from '../tensor.js';
import type { FloatTensor } from '../tensor.js';
import { ComputeError } from '../compute.errors.js';
import type { Engine } from './engine.js';

/** Greatest relative error that a device may have against double precision and still be called right. */
export const probeTolerance = 1e-5;

function randomMatrix(seed: number, size: number): FloatTensor {
  const random = seededRandom(seed);
  return float32(
    [size, size],
    Float32Array.from({ length: size * size }, () => random.uniform(-1, 1)),
  );
}

function productModel(): Uint8Array {
  const g = new GraphBuilder('probe');
  const [a, b] = [g.input('a', ['n', 'n']), g.input('b', ['n', 'n'])];
  return encodeModel(g.build({ y: g.matMul(a, b) }));
}

/** Greatest error of `y` as a share of the sums of absolute products that each element is made of. */
function errorOf(a: Float32Array, b: Float32Array, y: Float32Array, size: number): number {
  let worst = 0;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [sum, magnitude] = [0, 0];
      for (let k = 0; k < size; k += 1) {
        const term = (a[row * size + k] as number) * (b[k * size + column] as number);
        sum += term;
        magnitude += Math.abs(term);
      }
      worst = Math.max(worst, Math.abs(sum - (y[row * size + column] as number)) / magnitude);
    }
  }
  return worst;
}

/** Proof that an engine multiplies rightly, and how fast. */
export interface ProductReport {
  /** 10^9 additions and multiplications a second, best of three, transfers included. */
  readonly gflops: number;
  /** Greatest relative error against double precision. */
  readonly error: number;
}

/**
 * Multiplies matrices on an engine: a small one checked against double precision, a larger one timed.
 * @param nowMs a monotonic clock, milliseconds
 * @throws ComputeError `engine-failed` when the result is wrong by more than `probeTolerance`
 */
export async function measureProduct(
  engine: Engine,
  nowMs: () => number,
  size = 512,
): Promise<ProductReport> {
  const session = await engine.load(productModel());
  const [a, b] = [randomMatrix(1, 64), randomMatrix(2, 64)];
  const error = errorOf(a.data, b.data, floatsOf(await session.run({ a, b }), 'y'), 64);
  if (!(error <= probeTolerance)) {
    throw new ComputeError(
      'engine-failed',
      `${engine.name} on ${engine.device} multiplies wrongly: relative error ${error}`,
    );
  }
  await session.hold({ a: randomMatrix(3, size), b: randomMatrix(4, size) });
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const start = nowMs();
    await session.run({});
    best = Math.min(best, nowMs() - start);
  }
  await session.dispose();
  return { gflops: (2 * size ** 3) / (best * 1e6), error };
}
