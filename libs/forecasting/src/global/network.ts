import {
  dense,
  float32,
  GraphBuilder,
  pinballLoss,
  seededRandom,
  trainingStep,
  type FloatTensor,
  type Graph,
  type Random,
  type TrainingStep,
  type Value,
} from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import { TRAINED_LEVELS, type GlobalConfig } from './config.js';
import { CALENDAR_FEATURES } from './windows.js';

const GRAPH_NAME = 'global-network';
/** How coarsely each block reads the past and writes the future, coarse first as in N-HiTS. */
const POOLS = [4, 2, 1];
const MEDIAN = TRAINED_LEVELS.indexOf(0.5);
/** Keeps the first guess of the distance between neighbouring quantiles near a fifth of the scale. */
const SPREAD_SHIFT = -1.5;

/** Averages `pool` neighbours: [length, ceil(length / pool)]. */
function poolingMatrix(length: number, pool: number): FloatTensor {
  const cells = Math.ceil(length / pool);
  const matrix = new Float32Array(length * cells);
  for (let index = 0; index < length; index++) {
    const cell = Math.floor(index / pool);
    const size = Math.min(pool, length - cell * pool);
    matrix[index * cells + cell] = 1 / size;
  }
  return float32([length, cells], matrix);
}

/** Straight lines between knots that are spread over the whole length: [knots, length]. */
function interpolationMatrix(knots: number, length: number): FloatTensor {
  const matrix = new Float32Array(knots * length);
  for (let index = 0; index < length; index++) {
    const at = length > 1 && knots > 1 ? (index * (knots - 1)) / (length - 1) : 0;
    const left = Math.min(Math.floor(at), Math.max(0, knots - 2));
    matrix[left * length + index] = 1 - (at - left);
    if (knots > 1) matrix[(left + 1) * length + index] = at - left;
  }
  return float32([knots, length], matrix);
}

/** Sums from the median outwards: [size, size], ones where `covers`. */
function summingMatrix(size: number, covers: (from: number, to: number) => boolean): FloatTensor {
  const matrix = Float32Array.from({ length: size * size }, (_, index) =>
    covers(Math.floor(index / size), index % size) ? 1 : 0,
  );
  return float32([size, size], matrix);
}

/** One value is the median, the others are positive distances; so the quantiles never cross. */
export function withoutCrossing(g: GraphBuilder, raw: Value): Value {
  const last = TRAINED_LEVELS.length;
  const distance = (from: number, to: number): Value =>
    g.softplus(g.add(g.slice(raw, 2, from, to), SPREAD_SHIFT));
  const median = g.slice(raw, 2, MEDIAN, MEDIAN + 1);
  const above = summingMatrix(last - MEDIAN - 1, (from, to) => from <= to);
  const below = summingMatrix(MEDIAN, (from, to) => from >= to);
  const up = g.matMul(distance(MEDIAN + 1, last), g.constant(above));
  const down = g.matMul(distance(0, MEDIAN), g.constant(below));
  return g.concat([g.sub(median, down), median, g.add(median, up)], 2);
}

interface Inputs {
  readonly past: Value;
  readonly mask: Value;
  readonly calendar: Value;
}

interface BlockResult {
  readonly backcast: Value;
  /** [batch, levels, horizon]. */
  readonly forecast: Value;
}

function block(
  g: GraphBuilder,
  { past, mask, calendar }: Inputs,
  config: GlobalConfig,
  pool: number,
  random: Random,
): BlockResult {
  const { inputSize, horizon, hidden } = config;
  const name = `pool${pool}`;
  const levels = TRAINED_LEVELS.length;
  const pooling = g.constant(poolingMatrix(inputSize, pool));
  const features = g.concat([g.matMul(past, pooling), g.matMul(mask, pooling), calendar], 1);
  const layer = (x: Value, at: number): Value =>
    dense(g, x, { name: `${name}.hidden${at}`, units: hidden, random, activation: 'relu' });
  const deep = layer(layer(features, 1), 2);
  const pastKnots = Math.ceil(inputSize / pool);
  const futureKnots = Math.ceil(horizon / pool);
  const backward = dense(g, deep, { name: `${name}.backcast`, units: pastKnots, random });
  const forward = dense(g, deep, { name: `${name}.forecast`, units: levels * futureKnots, random });
  const byLevel = g.reshape(forward, ['batch', levels, futureKnots]);
  return {
    backcast: g.matMul(backward, g.constant(interpolationMatrix(pastKnots, inputSize))),
    forecast: g.matMul(byLevel, g.constant(interpolationMatrix(futureKnots, horizon))),
  };
}

/** The network as two graphs that share their weights. */
export interface Network {
  readonly training: TrainingStep;
  /** Inputs `past`, `mask` [batch, inputSize], `calendar`; output `quantiles` [batch, horizon, levels]. */
  readonly inference: Graph;
}

/** Writes the network and gives its quantiles [batch, horizon, levels]. */
function emitQuantiles(g: GraphBuilder, config: GlobalConfig, random: Random): Value {
  const past = g.input('past', ['batch', config.inputSize]);
  const mask = g.input('mask', ['batch', config.inputSize]);
  const calendar = g.input('calendar', ['batch', CALENDAR_FEATURES]);
  let rest = past;
  const forecasts = POOLS.map((pool) => {
    const { backcast, forecast } = block(g, { past: rest, mask, calendar }, config, pool, random);
    rest = g.sub(rest, backcast);
    return forecast;
  });
  const sum = forecasts.reduce((total, forecast) => g.add(total, forecast));
  return withoutCrossing(g, g.transpose(sum, [0, 2, 1]));
}

/**
 * Blocks of fully connected layers, each of which takes what it explains out of the past before the
 * next one reads it (N-BEATS, Oreshkin et al. 2020) at its own resolution (N-HiTS, Challu et al.
 * 2023), trained on the pinball loss of nine quantiles.
 *
 * @param random draws the weights before training
 */
export function buildNetwork(config: GlobalConfig, random: Random): Network {
  const g = new GraphBuilder(GRAPH_NAME);
  const quantiles = emitQuantiles(g, config, random);
  const targets = g.input('targets', ['batch', config.horizon]);
  const weights = g.input('weights', ['batch', config.horizon]);
  const loss = pinballLoss(g, quantiles, targets, TRAINED_LEVELS, weights);
  return {
    inference: g.build({ quantiles }),
    training: trainingStep(g, loss, { weightDecay: 1e-4, clipNorm: 1 }),
  };
}

/** All of a graph but the numbers in it. */
const shapeOf = ({ name, inputs, outputs, nodes, initializers }: Graph): string => {
  const sizes = Object.entries(initializers)
    .map(([key, { type, dims }]) => `${key}:${type}[${dims.join()}]`)
    .sort();
  return JSON.stringify([name, inputs, outputs, nodes, sizes]);
};

/** Whether two graphs differ in the numbers in them at most. */
export const isSameNetwork = (one: Graph, other: Graph): boolean => shapeOf(one) === shapeOf(other);

/**
 * Refuses a graph that is not the network of these settings: such a file would run something else
 * than it says.
 *
 * @throws {ForecastingError} ARTIFACT_UNREADABLE
 */
export function assertNetworkGraph(graph: Graph, config: GlobalConfig): void {
  const g = new GraphBuilder(GRAPH_NAME);
  const expected = g.build({ quantiles: emitQuantiles(g, config, seededRandom(0)) });
  if (isSameNetwork(graph, expected)) return;
  throw new ForecastingError(
    'ARTIFACT_UNREADABLE',
    'the graph is not the network that the settings describe',
  );
}
