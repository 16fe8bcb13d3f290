import type { Engine } from '@tallyhouse/compute';
import type { ForecastContext } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { GLOBAL_NETWORK } from '../global/predict.js';
import { classModel } from './class-model.js';
import type { DemandClass } from './demand-class.js';
import { weigh, type WeighedClass } from './ensemble-forecaster.js';
import { parseEnsemble, type EnsembleModel, type LearnedClass } from './ensemble-model.js';
import { membersOf } from './members.js';
import { STATISTICAL, type NetworkSettings } from './network-member.js';
import type { PathsRunner } from './paths-runner.js';

/** What an ensemble is to learn. */
export interface EnsembleSettings {
  /** Steps ahead that the members are judged on. */
  readonly horizon: number;
  /** Periods of each season, shortest first; default that of the panel. */
  readonly seasons?: readonly number[];
  /** Where the members run; in this thread by default. */
  readonly runner?: PathsRunner;
  /** With it a network trained across the series of smooth demand is a member, by the context's engine. */
  readonly network?: NetworkSettings;
}

/** Six decimals are as much as weights say, and as people who vote on them can read. */
const legible = (value: number): number => Number(value.toFixed(6));

/** Weights by member as they are voted on: those beside a network are of what it leaves. */
function votedWeights({ named }: WeighedClass): Record<string, number> {
  const { [STATISTICAL]: left = 1, [GLOBAL_NETWORK]: share, ...methods } = named;
  const shares = Object.entries(methods).map(([name, weight]) => [name, legible(left * weight)]);
  return Object.fromEntries(share === undefined ? shares : [...shares, [GLOBAL_NETWORK, legible(share)]]);
}

function learnedClass(
  demand: DemandClass,
  weighed: WeighedClass | undefined,
  seasons: readonly number[],
): LearnedClass {
  const members = membersOf(demand, seasons);
  const model = weighed?.model ?? classModel(demand, [], members);
  const priors = members.map(({ name, prior }) => [name, prior]);
  let floor = -Infinity;
  return {
    weights: weighed ? votedWeights(weighed) : Object.fromEntries(priors),
    spreads: TRAINED_LEVELS.map((level) => (floor = Math.max(floor, legible(model.spreadsAt(level))))),
    dispersion: legible(model.dispersion),
  };
}

function engineOf({ engine }: Partial<ForecastContext>): Engine {
  if (engine) return engine;
  throw new ForecastingError('ENGINE_REQUIRED', 'an ensemble with a network needs an engine');
}

/**
 * Learns from a panel how to join the members; of a class that does not occur in it, what the literature says. A network is trained
 * without the last horizon of the panel and weighed on that; where the panel is too small for it, `network` of the model is null.
 *
 * @param context needed with a network
 * @throws {ForecastingError} ENGINE_REQUIRED
 */
export async function learnEnsemble(
  panel: Panel,
  settings: EnsembleSettings,
  context?: ForecastContext,
): Promise<EnsembleModel> {
  const { horizon, runner, network, seasons = [panel.seasonLength] } = settings;
  const asked = network && { engine: engineOf(context ?? {}), random: context!.rng, settings: network };
  const weighed = await weigh(panel, horizon, {
    seasons,
    ...(runner ? { runner } : {}),
    ...(asked ? { network: asked } : {}),
  });
  const of = (demand: DemandClass) => weighed.find(({ model }) => model.demand === demand);
  const trained = of('smooth')?.network;
  return {
    ...{ seasonLength: panel.seasonLength, seasons, horizon },
    classes: {
      smooth: learnedClass('smooth', of('smooth'), seasons),
      intermittent: learnedClass('intermittent', of('intermittent'), seasons),
    },
    ...(network ? { network: trained?.config ?? null } : {}),
    ...(trained ? { graph: trained.graph } : {}),
  };
}

/**
 * What an ensemble was told to learn, by the config of its artifact, to train it again in the same way.
 *
 * @throws {ForecastingError} INVALID_OPTIONS
 */
export function ensembleSettings(config: Readonly<Record<string, unknown>>): EnsembleSettings {
  const { horizon, seasons, network } = parseEnsemble(config);
  if (network === undefined) return { horizon, seasons };
  if (network === null) return { horizon, seasons, network: {} };
  const { hidden, steps, batchSize, learningRate } = network;
  return { horizon, seasons, network: { hidden, steps, batchSize, learningRate } };
}
