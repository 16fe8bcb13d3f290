import type { Dim } from '../graph/dims.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-builder.js';
import type { Graph } from '../graph/graph.js';
import { seededRandom } from '../random/random.js';
import { elementCount, float32, int64 } from '../tensor.js';
import type { FloatTensor } from '../tensor.js';
import { gradients } from './gradients.js';

interface CaseInput {
  /** Declared dims; `b` is a named one that runs at length 3. */
  readonly dims: readonly Dim[];
  /** Values are drawn at least 0.05 away from 0, in this range. */
  readonly range?: readonly [number, number];
}

/** An operator applied to inputs; the loss is a fixed weighting of its result. */
export interface OperatorCase {
  readonly title: string;
  readonly inputs: readonly CaseInput[];
  readonly apply: (g: GraphBuilder, ...values: [Value, Value, Value]) => Value;
}

const one = (
  title: string,
  apply: OperatorCase['apply'],
  range?: readonly [number, number],
): OperatorCase => ({
  title,
  inputs: [{ dims: ['b', 4], ...(range && { range }) }],
  apply,
});

const two = (
  title: string,
  a: readonly Dim[],
  b: readonly Dim[],
  apply: OperatorCase['apply'],
  range?: readonly [number, number],
): OperatorCase => ({
  title,
  inputs: [
    { dims: a, ...(range && { range }) },
    { dims: b, ...(range && { range }) },
  ],
  apply,
});

const positive = [0.3, 2] as const;
const picks = (g: GraphBuilder, dims: readonly number[], rows: readonly number[]): Value =>
  g.constant(int64(dims, rows));

export const operatorCases: readonly OperatorCase[] = [
  one('Abs', (g, x) => g.abs(x)),
  one('Cos', (g, x) => g.cos(x)),
  one('Erf', (g, x) => g.erf(x)),
  one('Exp', (g, x) => g.exp(x)),
  one('Identity', (g, x) => g.identity(x)),
  one('Log', (g, x) => g.log(x), positive),
  one('Neg', (g, x) => g.neg(x)),
  one('Relu', (g, x) => g.relu(x)),
  one('Sigmoid', (g, x) => g.sigmoid(x)),
  one('Sin', (g, x) => g.sin(x)),
  one('Softplus', (g, x) => g.softplus(x)),
  one('Sqrt', (g, x) => g.sqrt(x), positive),
  one('Tanh', (g, x) => g.tanh(x)),
  one('square', (g, x) => g.square(x)),
  one('Sign beside x', (g, x) => g.mul(x, g.add(x, g.sign(x)))),
  one('Cast to float32', (g, x) => g.cast(x, 'float32')),
  one('Softmax, last axis', (g, x) => g.softmax(x)),
  { title: 'Softmax, first axis', inputs: [{ dims: [3, 4] }], apply: (g, x) => g.softmax(x, 0) },
  two('Add, same dims', ['b', 4], ['b', 4], (g, a, b) => g.add(a, b)),
  two('Add, broadcast both ways', ['b', 1], [4], (g, a, b) => g.add(a, b)),
  two('Sub, broadcast', ['b', 4], [1, 4], (g, a, b) => g.sub(a, b)),
  two('Mul, broadcast', [2, 'b', 4], ['b', 1], (g, a, b) => g.mul(a, b)),
  two('Div', ['b', 4], [4], (g, a, b) => g.div(a, b), positive),
  two('Pow', ['b', 4], ['b', 4], (g, a, b) => g.pow(a, b), positive),
  two('Max', ['b', 4], [4], (g, a, b) => g.max(a, b)),
  two('Min', ['b', 4], [], (g, a, b) => g.min(a, b)),
  two('Where and Greater', ['b', 4], ['b', 1], (g, a, b) => g.where(g.greater(a, 0.3), a, b)),
  two('MatMul, matrices', ['b', 4], [4, 2], (g, a, b) => g.matMul(a, b)),
  two('MatMul, many rows by a matrix', [2, 'b', 4], [4, 2], (g, a, b) => g.matMul(a, b)),
  two('MatMul, stacks', [2, 3, 4], [2, 4, 2], (g, a, b) => g.matMul(a, b)),
  two('MatMul, one matrix by a stack', [3, 4], [2, 4, 2], (g, a, b) => g.matMul(a, b)),
  ...[false, true].flatMap((transA) =>
    [false, true].map((transB): OperatorCase => ({
      title: `Gemm, transA ${transA}, transB ${transB}`,
      inputs: [{ dims: transA ? [4, 'b'] : ['b', 4] }, { dims: transB ? [2, 4] : [4, 2] }, { dims: [2] }],
      apply: (g, a, b, c) => g.gemm(a, b, c, { transA, transB }),
    })),
  ),
  one('ReduceSum, all', (g, x) => g.reduceSum(x)),
  one('ReduceSum, one axis', (g, x) => g.reduceSum(x, [0])),
  one('ReduceMean, all, one of them named', (g, x) => g.reduceMean(x)),
  one('ReduceMean, kept axis', (g, x) => g.reduceMean(x, [-1], true)),
  one('ReduceMax', (g, x) => g.reduceMax(x, [1])),
  one('ReduceMax, ties shared', (g, x) => g.reduceMax(g.concat([x, x], 1), [1])),
  { title: 'Transpose', inputs: [{ dims: [2, 'b', 4] }], apply: (g, x) => g.transpose(x, [2, 0, 1]) },
  {
    title: 'Reshape of a named axis',
    inputs: [{ dims: [2, 'b', 4] }],
    apply: (g, x) => g.reshape(x, ['b*8']),
  },
  two('Concat', ['b', 4], ['b', 2], (g, a, b) => g.concat([a, b, a], 1)),
  one('Slice', (g, x) => g.slice(x, 1, 1, 3)),
  one('Pad', (g, x) => g.pad(x, 1, 2, 1)),
  two('Expand to a known shape', [1, 4], [3, 4], (g, a, b) => g.mul(g.expand(a, [3, 4]), b)),
  two('Expand to a runtime shape', [1, 4], ['b', 4], (g, a, b) => g.mul(g.expandLike(a, b), b)),
  {
    title: 'Gather of rows',
    inputs: [{ dims: [5, 2] }],
    apply: (g, x) => g.gather(x, picks(g, [4], [0, 3, 3, 1])),
  },
  {
    title: 'Gather inside',
    inputs: [{ dims: ['b', 4, 2] }],
    apply: (g, x) => g.gather(x, picks(g, [2, 2], [0, 3, 3, 1]), 1),
  },
];

export interface DrawnCase {
  readonly forward: Graph;
  /** The loss and, as outputs `slope.<i>`, its gradient for each input. */
  readonly backward: Graph;
  readonly inputs: Record<string, FloatTensor>;
}

/** Values of magnitude 0.05 or more and 0.02 apart from each other: no kink is within reach of a difference. */
function drawn({ dims, range: [low, high] = [-1.5, 1.5] }: CaseInput, seed: number): FloatTensor {
  const lengths = dims.map((dim) => (dim === 'b' ? 3 : Number(dim)));
  const count = elementCount(lengths);
  const order = seededRandom(seed).permutation(count);
  const grid = Array.from(order, (place) => low + ((high - low) * (place + 0.37 + 0.2 * (seed % 3))) / count);
  return float32(
    lengths,
    grid.map((value) => (Math.abs(value) < 0.05 ? value + 0.1 : value)),
  );
}

/** Graphs and input values of a case. */
export function drawCase({ inputs, apply }: OperatorCase): DrawnCase {
  const g = new GraphBuilder('operator');
  const values = inputs.map(({ dims }, at) => g.input(`x${at}`, dims)) as [Value, Value, Value];
  const result = apply(g, ...values);
  const random = seededRandom(99);
  const weights = result.dims.map((dim) => (typeof dim === 'number' ? dim : 1));
  const weighted = g.mul(
    result,
    g.constant(
      float32(
        weights,
        Array.from({ length: elementCount(weights) }, () => random.uniform(0.5, 1.5)),
      ),
    ),
  );
  const loss = g.reduceSum(weighted);
  const slopes = gradients(g, loss, values);
  return {
    forward: g.build({ result, loss }),
    backward: g.build({ loss, ...Object.fromEntries(slopes.map((slope, at) => [`slope.${at}`, slope])) }),
    inputs: Object.fromEntries(inputs.map((input, at) => [`x${at}`, drawn(input, at + 1)])),
  };
}
