import { minimiseInBox, type Bounds } from '../../optimise/nelder-mead.js';
import { seasonalIndices } from '../../series/seasonality.js';
import { filterEts, type EtsParameters, type EtsState } from './ets-filter.js';
import type { EtsForm } from './ets-form.js';

/** One form fitted to one history. */
export interface EtsFit {
  readonly form: EtsForm;
  readonly parameters: EtsParameters;
  /** Seasonal indices to begin with, one a phase of the first season; [0] without a season. */
  readonly season: Float64Array;
  /** Akaike's criterion with the correction for short histories (Hurvich & Tsai 1989). */
  readonly aicc: number;
}

const ITERATIONS = 90;
/** Values that the first guess of level and slope is taken from. */
const START_VALUES = 10;

interface Start {
  readonly level: number;
  readonly slope: number;
  /** Standard deviation of the adjusted values: the unit in which level and slope are searched. */
  readonly unit: number;
}

/** A line through the first seasonally adjusted values. */
function startOf(adjusted: Float64Array, trended: boolean): Start {
  const count = Math.min(adjusted.length, START_VALUES);
  const centre = (count + 1) / 2;
  let [first, products, squares, mean, spread] = [0, 0, 0, 0, 0];
  for (let at = 0; at < count; at++) first += adjusted[at]! / count;
  for (let at = 0; at < count; at++) {
    products += (at + 1 - centre) * (adjusted[at]! - first);
    squares += (at + 1 - centre) ** 2;
  }
  for (const value of adjusted) mean += value / adjusted.length;
  for (const value of adjusted) spread += (value - mean) ** 2;
  const slope = trended && squares > 0 ? products / squares : 0;
  return { level: first - slope * centre, slope, unit: Math.sqrt(spread / adjusted.length) || 1 };
}

/** The searched coordinates, in the order in which `decoder` reads them. */
function searchSpace({ trend, season }: EtsForm): { start: number[]; bounds: Bounds } {
  const trended = trend !== 'none';
  const axes: (readonly [start: number, low: number, high: number] | undefined)[] = [
    [0.3, 1e-4, 0.9999],
    trended ? [0.1, 1e-4, 0.9999] : undefined,
    season !== 'none' ? [0.05, 1e-4, 0.9999] : undefined,
    trend === 'damped' ? [0.95, 0.8, 0.98] : undefined,
    [0, -3, 3],
    trended ? [0, -0.4, 0.4] : undefined,
  ];
  const used = axes.filter((axis) => axis !== undefined);
  return { start: used.map(([start]) => start), bounds: used.map(([, low, high]) => [low, high]) };
}

/** Reads a point of the search space into one object that is used again. */
function decoder({ trend, season }: EtsForm, start: Start): (point: ArrayLike<number>) => EtsParameters {
  const trended = trend !== 'none';
  const parameters = { alpha: 0, beta: 0, gamma: 0, phi: 1, level: 0, slope: 0 };
  return (point) => {
    let next = 0;
    parameters.alpha = point[next++]!;
    if (trended) parameters.beta = parameters.alpha * point[next++]!;
    if (season !== 'none') parameters.gamma = (1 - parameters.alpha) * point[next++]!;
    if (trend === 'damped') parameters.phi = point[next++]!;
    parameters.level = start.level + start.unit * point[next++]!;
    if (trended) parameters.slope = start.slope + start.unit * point[next++]!;
    return parameters;
  };
}

/** First indices of the form and the values without them; undefined where an index is no divisor. */
function seasonOf(values: Float64Array, { season }: EtsForm, seasonLength: number) {
  if (season === 'none') return { indices: new Float64Array(1), adjusted: values };
  const indices = seasonalIndices(values, seasonLength, season);
  if (season === 'additive') {
    return { indices, adjusted: values.map((value, at) => value - indices[at % seasonLength]!) };
  }
  if (indices.some((index) => !(index > 0.01))) return undefined;
  return { indices, adjusted: values.map((value, at) => value / indices[at % seasonLength]!) };
}

/** Parameters that count against a form: those searched, the free indices and the variance. */
const countOf = (searched: number, form: EtsForm, seasonLength: number): number =>
  searched + (form.season === 'none' ? 0 : seasonLength - 1) + 1;

/**
 * Fits one form by maximum likelihood; level and slope before the first value are searched, the
 * seasonal indices come from classical decomposition.
 *
 * @returns undefined where the history is too short for the form or cannot be taken by it
 */
export function fitEts(values: Float64Array, form: EtsForm, seasonLength: number): EtsFit | undefined {
  const { start, bounds } = searchSpace(form);
  const parameterCount = countOf(start.length, form, seasonLength);
  const left = values.length - parameterCount - 1;
  const prepared = left > 0 ? seasonOf(values, form, seasonLength) : undefined;
  if (!prepared) return undefined;
  const { indices, adjusted } = prepared;
  const read = decoder(form, startOf(adjusted, form.trend !== 'none'));
  const state: EtsState = { level: 0, slope: 0, season: new Float64Array(indices.length), phase: 0 };
  const cost = (point: ArrayLike<number>): number => {
    state.season.set(indices);
    const { squares, logs } = filterEts(values, form, read(point), state);
    return values.length * Math.log(squares / values.length + 1e-300) + logs;
  };
  const found = minimiseInBox(cost, start, bounds, ITERATIONS);
  const aicc = cost(found) + 2 * parameterCount + (2 * parameterCount * (parameterCount + 1)) / left;
  if (!Number.isFinite(aicc)) return undefined;
  return { form, parameters: { ...read(found) }, season: indices, aicc };
}
