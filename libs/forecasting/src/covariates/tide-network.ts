import {
  dense,
  flatten,
  GraphBuilder,
  layerNorm,
  pinballLoss,
  trainingStep,
  type Random,
  type Value,
} from '@tallyhouse/compute';
import { TRAINED_LEVELS, type GlobalConfig } from '../global/config.js';
import { withoutCrossing, type Network } from '../global/network.js';

/** Numbers that the covariates of a period are condensed to. */
const CONDENSED = 4;
/** Numbers that the decoder hands to each step. */
const DECODED = 8;

interface BlockOptions {
  readonly name: string;
  readonly units: number;
  readonly hidden: number;
  readonly random: Random;
}

/** A layer with a hidden one before it, and a straight line past both. */
function residual(g: GraphBuilder, x: Value, { name, units, hidden, random }: BlockOptions): Value {
  const deep = dense(g, x, { name: `${name}.hidden`, units: hidden, random, activation: 'relu' });
  const curved = dense(g, deep, { name: `${name}.out`, units, random });
  return g.add(curved, dense(g, x, { name: `${name}.line`, units, random }));
}

/** Name of the graph. */
export const TIDE_GRAPH = 'tide';

/**
 * Writes the network and gives its quantiles [batch, horizon, levels].
 *
 * @param channels inputs a period: calendar and covariates
 */
export function emitTide(g: GraphBuilder, config: GlobalConfig, channels: number, random: Random): Value {
  const { inputSize, horizon, hidden } = config;
  const periods = inputSize + horizon;
  const past = g.input('past', ['batch', inputSize]);
  const mask = g.input('mask', ['batch', inputSize]);
  const known = g.reshape(g.input('known', ['batch', periods * channels]), ['batch', periods, channels]);
  const condensed = residual(g, known, { name: 'known', units: CONDENSED, hidden: 4 * CONDENSED, random });
  const seen = g.concat([past, mask, flatten(g, condensed)], 1);
  const encoded = layerNorm(
    g,
    residual(g, seen, { name: 'encoder', units: hidden, hidden, random }),
    'encoder.norm',
  );
  const decoded = residual(g, encoded, { name: 'decoder', units: horizon * DECODED, hidden, random });
  const future = (x: Value): Value => g.slice(x, 1, inputSize, periods);
  const steps = g.concat(
    [g.reshape(decoded, ['batch', horizon, DECODED]), future(condensed), future(known)],
    2,
  );
  const raw = residual(g, steps, { name: 'step', units: TRAINED_LEVELS.length, hidden: 32, random });
  const line = dense(g, past, { name: 'past.line', units: horizon, random });
  return g.add(withoutCrossing(g, raw), g.reshape(line, ['batch', horizon, 1]));
}

/**
 * Time-series dense encoder (Das et al. 2023): the past and the covariates of past and future are encoded together, and each step of
 * the forecast sees its own covariates once more, so that what happens on a day is told on that day. Trained on the pinball
 * loss of nine quantiles; smaller than the original and without dropout.
 *
 * @param channels inputs a period: calendar and covariates
 * @param random draws the weights before training
 */
export function buildTide(config: GlobalConfig, channels: number, random: Random): Network {
  const g = new GraphBuilder(TIDE_GRAPH);
  const quantiles = emitTide(g, config, channels, random);
  const targets = g.input('targets', ['batch', config.horizon]);
  const weights = g.input('weights', ['batch', config.horizon]);
  const loss = pinballLoss(g, quantiles, targets, TRAINED_LEVELS, weights);
  return {
    inference: g.build({ quantiles }),
    training: trainingStep(g, loss, { weightDecay: 1e-4, clipNorm: 1 }),
  };
}
