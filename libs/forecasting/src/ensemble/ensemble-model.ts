import type { Graph } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig, TRAINED_LEVELS, type GlobalConfig } from '../global/config.js';
import { GLOBAL_NETWORK } from '../global/predict.js';
import { quantileAt } from '../global/quantile-grid.js';
import { isNumber, isRecord } from '../plain-json.js';
import type { ClassModel } from './class-model.js';
import type { DemandClass } from './demand-class.js';
import { membersOf } from './members.js';

/** What an ensemble learned of a class of series. */
export interface LearnedClass {
  /** Weight by name of the member, none negative. */
  readonly weights: Readonly<Record<string, number>>;
  /** At each of the trained levels, how many spreads above the path the quantile lies, never falling. */
  readonly spreads: readonly number[];
  /** Median variance over mean, in counts. */
  readonly dispersion: number;
}

/** An ensemble that learned its weights before: plain JSON but for the graph, and all that it needs beside a history. */
export interface EnsembleModel {
  /** Periods in the season of the panels that it takes, 1 for none. */
  readonly seasonLength: number;
  /** Periods of each season that its members see, shortest first. */
  readonly seasons: readonly number[];
  /** Steps for which the weights were learned. */
  readonly horizon: number;
  readonly classes: Readonly<Record<DemandClass, LearnedClass>>;
  /**
   * Settings of the network that is a member of smooth demand; null where one was asked for and the panel could not train
   * and test it, absent where none was asked for.
   */
  readonly network?: GlobalConfig | null;
  /** The network with its weights, which an artifact holds as its graph; there with the settings and only then. */
  readonly graph?: Graph;
}

const CLASSES = ['smooth', 'intermittent'] as const satisfies readonly DemandClass[];
const LONGEST_SEASON = 10_000;
const MOST_SEASONS = 4;
const LONGEST_HORIZON = 400;
/** A weight may exceed 1 where a member says too little of intermittent demand. */
export const MOST_WEIGHT = 10;
export const MOST_SPREADS = 1_000;
export const MOST_DISPERSION = 1e9;

const refused = (message: string): ForecastingError => new ForecastingError('INVALID_OPTIONS', message);
const between = (found: unknown, low: number, high: number): found is number =>
  isNumber(found) && found >= low && found <= high;
const wholeBetween = (found: unknown, low: number, high: number): found is number =>
  Number.isInteger(found) && between(found, low, high);

/** The network's share of smooth demand, 0 where there is none. */
export const networkShare = ({ classes }: EnsembleModel): number =>
  classes.smooth.weights[GLOBAL_NETWORK] ?? 0;

/** The class as the members' paths are joined by it without a network, whose share falls to the others as theirs are to each other. */
export function classOf(model: EnsembleModel, demand: DemandClass): ClassModel {
  const { weights, spreads, dispersion } = model.classes[demand];
  const own = Float64Array.from(membersOf(demand, model.seasons), ({ name }) => weights[name]!);
  const total = model.network && demand === 'smooth' ? own.reduce((sum, weight) => sum + weight, 0) : 1;
  return {
    demand,
    weights: own.map((weight) => weight / total),
    spreadsAt: (level) => quantileAt(spreads, level),
    dispersion,
  };
}

function parseClass(
  found: unknown,
  demand: DemandClass,
  seasons: readonly number[],
  hasNetwork: boolean,
): LearnedClass {
  if (!isRecord(found)) throw refused(`classes.${demand} is no JSON object`);
  const { weights, spreads, dispersion } = found;
  const methods = membersOf(demand, seasons).map(({ name }) => name);
  const withNetwork = hasNetwork && demand === 'smooth';
  const names = withNetwork ? [...methods, GLOBAL_NETWORK] : methods;
  const fits =
    isRecord(weights) &&
    Object.keys(weights).length === names.length &&
    names.every((name) => Object.hasOwn(weights, name) && between(weights[name], 0, MOST_WEIGHT));
  if (!fits)
    throw refused(
      `classes.${demand}.weights must give each of ${names.join(', ')} a number from 0 to ${MOST_WEIGHT}`,
    );
  if (withNetwork && !methods.some((name) => (weights[name] as number) > 0))
    throw refused(`classes.${demand}.weights must leave the methods a share beside the network`);
  const rising =
    Array.isArray(spreads) &&
    spreads.length === TRAINED_LEVELS.length &&
    spreads.every(
      (spread, at) =>
        between(spread, -MOST_SPREADS, MOST_SPREADS) && (at === 0 || spread >= (spreads[at - 1] as number)),
    );
  if (!rising)
    throw refused(
      `classes.${demand}.spreads must hold ${TRAINED_LEVELS.length} numbers within ${MOST_SPREADS}, none below the one before`,
    );
  if (!between(dispersion, 0, MOST_DISPERSION))
    throw refused(`classes.${demand}.dispersion must be a number from 0 to ${MOST_DISPERSION}`);
  return { weights: weights as Record<string, number>, spreads: spreads as number[], dispersion };
}

/**
 * Reads an ensemble from the metadata of an artifact, which need not be trusted.
 *
 * @throws {ForecastingError} INVALID_OPTIONS naming the setting, what it must be
 */
export function parseEnsemble(found: Readonly<Record<string, unknown>>): Omit<EnsembleModel, 'graph'> {
  const { seasonLength, seasons, horizon, classes, network: stated, ...rest } = found;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw refused(`unknown setting "${unknown.slice(0, 40)}" of the ensemble`);
  if (!wholeBetween(seasonLength, 1, LONGEST_SEASON))
    throw refused(`seasonLength must be a whole number from 1 to ${LONGEST_SEASON}`);
  const fits =
    Array.isArray(seasons) &&
    seasons.length >= 1 &&
    seasons.length <= MOST_SEASONS &&
    seasons.every(
      (one, at) =>
        wholeBetween(one, 1, LONGEST_SEASON) && (at === 0 || (one as number) > (seasons[at - 1] as number)),
    );
  if (!fits)
    throw refused(`seasons must be 1 to ${MOST_SEASONS} rising whole numbers from 1 to ${LONGEST_SEASON}`);
  if (!wholeBetween(horizon, 1, LONGEST_HORIZON))
    throw refused(`horizon must be a whole number from 1 to ${LONGEST_HORIZON}`);
  if (!isRecord(classes)) throw refused('classes is no JSON object');
  const known = seasons as number[];
  const network = parseNetwork(stated, { seasonLength, horizon });
  const read = CLASSES.map(
    (demand) => [demand, parseClass(classes[demand], demand, known, Boolean(network))] as const,
  );
  return {
    ...{ seasonLength, seasons: known, horizon },
    classes: Object.fromEntries(read) as EnsembleModel['classes'],
    ...(network === undefined ? {} : { network }),
  };
}

function parseNetwork(
  found: unknown,
  { seasonLength, horizon }: Pick<EnsembleModel, 'seasonLength' | 'horizon'>,
): EnsembleModel['network'] {
  if (found === undefined || found === null) return found;
  if (!isRecord(found)) throw refused('network is neither null nor a JSON object');
  if (found['seasonLength'] !== seasonLength || found['horizon'] !== horizon)
    throw refused('network must have the seasonLength and the horizon of the ensemble');
  return parseGlobalConfig({ ...found, seasonLength, horizon });
}
