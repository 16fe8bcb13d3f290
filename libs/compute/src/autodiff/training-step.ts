import { ComputeError } from '../compute.errors.js';
import type { GraphBuilder, Value } from '../graph/graph-builder.js';
import type { Graph } from '../graph/graph.js';
import { zeros } from '../tensor.js';
import type { FloatTensor, Tensor } from '../tensor.js';
import { gradients } from './gradients.js';

/** Adam (Kingma and Ba 2015), decay decoupled as in AdamW (Loshchilov and Hutter 2019). */
export interface AdamOptions {
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Share of each weight matrix taken off a step, times the rate; vectors are spared. Default 0. */
  readonly weightDecay?: number;
  /** Gradients are scaled down together so that their joint norm is at most this. Absent: never. */
  readonly clipNorm?: number;
}

/** A training step as one graph, and the state that goes around in it. */
export interface TrainingStep {
  /** Inputs: state, `learningRate` and `step` (scalars), the batch. Outputs: `loss` and `next.` of all state. */
  readonly graph: Graph;
  /** The state before the first step: parameters, their first moments `m.<name>` and second `v.<name>`. */
  readonly initial: Readonly<Record<string, FloatTensor>>;
  /** Which output becomes which state input of the next step. */
  readonly feedback: Readonly<Record<string, string>>;
  /** Names of the trained parameters. */
  readonly parameters: readonly string[];
}

interface Moment {
  readonly name: string;
  readonly value: Value;
  readonly slope: Value;
}

function clipped(g: GraphBuilder, slopes: readonly Value[], clipNorm: number | undefined): readonly Value[] {
  if (clipNorm === undefined) return slopes;
  const squares = slopes.map((slope) => g.reduceSum(g.square(slope)));
  const norm = g.sqrt(squares.reduce((sum, square) => g.add(sum, square)));
  const scale = g.div(clipNorm, g.max(norm, clipNorm));
  return slopes.map((slope) => g.mul(slope, scale));
}

/** Step size and the two bias corrections, computed once a step. */
function schedule(
  g: GraphBuilder,
  beta1: number,
  beta2: number,
): { learningRate: Value; rate: Value; root: Value } {
  const learningRate = g.input('learningRate', []);
  const step = g.input('step', []);
  return {
    learningRate,
    rate: g.div(learningRate, g.sub(1, g.pow(beta1, step))),
    root: g.sqrt(g.sub(1, g.pow(beta2, step))),
  };
}

function emitAdam(g: GraphBuilder, moments: readonly Moment[], options: AdamOptions): Record<string, Value> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const { learningRate, rate, root } = schedule(g, beta1, beta2);
  const outputs: Record<string, Value> = {};
  for (const { name, value, slope } of moments) {
    const m = g.input(`m.${name}`, value.dims);
    const v = g.input(`v.${name}`, value.dims);
    const nextM = g.add(g.mul(m, beta1), g.mul(slope, 1 - beta1));
    const nextV = g.add(g.mul(v, beta2), g.mul(g.square(slope), 1 - beta2));
    const move = g.mul(rate, g.div(nextM, g.add(g.div(g.sqrt(nextV), root), epsilon)));
    const decays = weightDecay > 0 && value.dims.length > 1;
    const kept = decays ? g.sub(value, g.mul(g.mul(value, weightDecay), learningRate)) : value;
    outputs[`next.${name}`] = g.sub(kept, move);
    outputs[`next.m.${name}`] = nextM;
    outputs[`next.v.${name}`] = nextV;
  }
  return outputs;
}

/**
 * One optimiser step as a graph: forward, backward, Adam. The builder keeps its forward part, so the
 * inference graph can be built from it too; call this once a builder.
 * @throws ComputeError `no-gradient` when the loss reaches no parameter or is no scalar
 * @example
 * const step = trainingStep(g, loss, { weightDecay: 1e-4 });
 * step.graph.outputs[0].name; // 'loss'
 */
export function trainingStep(g: GraphBuilder, loss: Value, options: AdamOptions = {}): TrainingStep {
  const reached = g.reachable([loss]);
  const trained = [...g.parameters].filter(([name]) => reached.has(name));
  if (trained.length === 0) throw new ComputeError('no-gradient', 'the loss depends on no parameter');
  const slopes = gradients(g, loss, [...trained.map(([, { value }]) => value)]);
  const safe = clipped(g, slopes, options.clipNorm);
  const moments = trained.map(([name, { value }], at) => ({ name, value, slope: safe[at] as Value }));
  const outputs = emitAdam(g, moments, options);
  const initial: Record<string, FloatTensor> = {};
  for (const [name, parameter] of trained) {
    initial[name] = parameter.initial;
    initial[`m.${name}`] = zeros(parameter.initial.dims);
    initial[`v.${name}`] = zeros(parameter.initial.dims);
  }
  return {
    graph: g.build({ loss, ...outputs }, { parametersAs: 'inputs' }),
    initial,
    feedback: Object.fromEntries(Object.keys(initial).map((name) => [`next.${name}`, name])),
    parameters: trained.map(([name]) => name),
  };
}

/**
 * The graph with other values for some of its initializers, such as weights after training.
 * @throws ComputeError `bad-graph` when a name is absent or dims differ
 */
export function withParameters(graph: Graph, values: Readonly<Record<string, Tensor>>): Graph {
  const initializers = { ...graph.initializers };
  for (const [name, value] of Object.entries(values)) {
    const before = initializers[name];
    if (!before || before.type !== value.type || before.dims.join() !== value.dims.join()) {
      throw new ComputeError(
        'bad-graph',
        `'${name}' [${value.dims.join(', ')}] does not fit the graph '${graph.name}'`,
      );
    }
    initializers[name] = value;
  }
  return { ...graph, initializers };
}
