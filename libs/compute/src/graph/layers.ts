import type { Random } from '../random/random.js';
import { float32, zeros } from '../tensor.js';
import type { GraphBuilder, Value } from './graph-builder.js';

export type Activation = 'none' | 'relu' | 'tanh' | 'sigmoid' | 'softplus';

/** A value after an activation; `none` gives it back. */
export function activate(g: GraphBuilder, x: Value, activation: Activation): Value {
  return activation === 'none' ? x : g[activation](x);
}

/**
 * `activation(x * W + b)` over the last axis; parameters `<name>.weight` [in, units], `<name>.bias` [units].
 * Weights start by He's rule before a relu, Glorot's otherwise; biases at 0.
 * @throws ComputeError `bad-graph` when the last axis of `x` has no known length
 */
export function dense(
  g: GraphBuilder,
  x: Value,
  options: { name: string; units: number; random: Random; activation?: Activation },
): Value {
  const { name, units, random, activation = 'none' } = options;
  const fanIn = Number(x.dims.at(-1));
  const spread = Math.sqrt(2 / (activation === 'relu' ? fanIn : fanIn + units));
  const initial = Float32Array.from({ length: fanIn * units || 0 }, () => random.normal() * spread);
  const weight = g.parameter(`${name}.weight`, float32([fanIn, units], initial));
  const bias = g.parameter(`${name}.bias`, zeros([units]));
  const line = x.dims.length === 2 ? g.gemm(x, weight, bias) : g.add(g.matMul(x, weight), bias);
  return activate(g, line, activation);
}

/** Mean 0 and variance 1 over the last axis, then a learned scale and shift (Ba, Kiros and Hinton 2016). */
export function layerNorm(g: GraphBuilder, x: Value, name: string, epsilon = 1e-5): Value {
  const width = Number(x.dims.at(-1));
  const scale = g.parameter(`${name}.scale`, float32([width], new Float32Array(width).fill(1)));
  const shift = g.parameter(`${name}.shift`, zeros([width]));
  const centred = g.sub(x, g.reduceMean(x, [-1], true));
  const variance = g.reduceMean(g.square(centred), [-1], true);
  return g.add(g.mul(g.div(centred, g.sqrt(g.add(variance, epsilon))), scale), shift);
}
