import { encodeModel, GraphBuilder, type Engine } from '@tallyhouse/compute';
import { bestMs, drawn } from '../compute-engines/perceptron.js';

/** 10^12 additions and multiplications a second of square products. */
export interface ProductRate {
  readonly size: number;
  /** One product, held inputs, its result brought back: what a caller gets. */
  readonly engineTflops: number;
  /** Many in one graph, a single number brought back: near what the device itself does. */
  readonly rawTflops: number;
}

interface ProductPlan {
  readonly sizes: readonly number[];
  /** Products in the graph of the raw rate. */
  readonly chained: number;
  readonly rounds: number;
}

/** Measures products of growing size on an engine, best of the rounds. */
export async function productRates(engine: Engine, plan: ProductPlan): Promise<ProductRate[]> {
  const rates: ProductRate[] = [];
  for (const size of plan.sizes) {
    const operations = 2 * size ** 3;
    const one = await timed(engine, chain(1, false), size, plan.rounds);
    const many = await timed(engine, chain(plan.chained, true), size, plan.rounds);
    const tflops = (products: number, ms: number): number =>
      Number(((products * operations) / (ms * 1e9)).toPrecision(4));
    rates.push({ size, engineTflops: tflops(1, one), rawTflops: tflops(plan.chained, many) });
  }
  return rates;
}

/** a·b, then that times b again, and so on; the mean of the last where little is to come back. */
function chain(products: number, meanOnly: boolean): Uint8Array {
  const g = new GraphBuilder('products');
  const [a, b] = [g.input('a', ['n', 'n']), g.input('b', ['n', 'n'])];
  let y = a;
  for (let product = 0; product < products; product += 1) y = g.matMul(y, b);
  return encodeModel(g.build({ y: meanOnly ? g.reduceMean(y) : y }));
}

async function timed(engine: Engine, model: Uint8Array, size: number, rounds: number): Promise<number> {
  const session = await engine.load(model);
  const b = drawn(size, size, 2);
  // Kept near one in size, so that a chain of them stays finite.
  const scaled = { ...b, data: b.data.map((value) => value / Math.sqrt(size)) };
  await session.hold({ a: drawn(size, size, 1), b: scaled });
  const ms = await bestMs(rounds, () => session.run({}));
  await session.dispose();
  return ms;
}
