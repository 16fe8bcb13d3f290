import type { Forecaster } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import { adida } from './adida.js';
import { combination } from './combination.js';
import { deseasonalised } from './deseasonalised.js';
import { ets } from './ets/ets.js';
import { holt, holtDamped } from './holt.js';
import { croston, crostonSba, tsb } from './intermittent.js';
import { localForecaster } from './local-forecaster.js';
import type { LocalMethod } from './local-method.js';
import { logarithmic } from './logarithmic.js';
import { mstlEts } from './mstl-ets.js';
import { drift, naive, seasonalNaive, windowAverage } from './naive.js';
import { ses } from './ses.js';
import { thetaDynamic } from './theta-dynamic.js';
import { theta } from './theta.js';

/** Every method that is fitted to one series alone. */
export const LOCAL_METHODS = [
  'naive',
  'seasonal-naive',
  'naive2',
  'drift',
  'window-average',
  'ses',
  'holt',
  'holt-damped',
  'ets',
  'mstl-ets',
  'theta',
  'theta-dynamic',
  'croston',
  'croston-sba',
  'tsb',
  'adida',
  'combination',
] as const;

export type LocalMethodName = (typeof LOCAL_METHODS)[number];

/** Settings of a local method; all have defaults and all are plain JSON. */
export interface LocalConfig {
  /** Periods of the window average, 1 or more. Default 6. */
  readonly window?: number;
  /** Smoothing weight of demand size and interval, inside (0, 1]. Default 0.1. */
  readonly weight?: number;
  /** Periods of each season that MSTL takes out, each 2 or more. Default that of the panel. */
  readonly seasons?: readonly number[];
  /** Members of a combination. Default ses, holt, holt-damped. */
  readonly members?: readonly LocalMethodName[];
  /** How a combination joins them. Default mean. */
  readonly rule?: 'mean' | 'median';
  /** Forecast log(1 + y) and turn it back. Default none. */
  readonly transform?: 'log' | 'none';
  /** Forecasts below it are raised to it. Default none. */
  readonly lowerBound?: number;
}

const CONFIG_KEYS = ['window', 'weight', 'seasons', 'members', 'rule', 'transform', 'lowerBound'];
const DEFAULT_MEMBERS: readonly LocalMethodName[] = ['ses', 'holt', 'holt-damped'];

/** True for a name in {@link LOCAL_METHODS}. */
export const isLocalMethodName = (name: unknown): name is LocalMethodName =>
  LOCAL_METHODS.some((known) => known === name);

const invalid = (message: string): ForecastingError => new ForecastingError('INVALID_OPTIONS', message);

/**
 * Reads settings that came from outside, such as the metadata of an artifact.
 *
 * @throws {ForecastingError} INVALID_OPTIONS naming the setting
 */
export function parseLocalConfig(config: Readonly<Record<string, unknown>>): LocalConfig {
  const { window, weight, seasons, members, rule, transform, lowerBound } = config;
  const unknown = Object.keys(config).find((key) => !CONFIG_KEYS.includes(key));
  if (unknown) throw invalid(`unknown setting "${unknown}"; known are ${CONFIG_KEYS.join(', ')}`);
  if (window !== undefined && !(Number.isInteger(window) && (window as number) >= 1)) {
    throw invalid(`window is ${JSON.stringify(window)}; it must be a whole number, 1 or more`);
  }
  if (weight !== undefined && !(typeof weight === 'number' && weight > 0 && weight <= 1)) {
    throw invalid(`weight is ${JSON.stringify(weight)}; it must lie in (0, 1]`);
  }
  const isSeason = (season: unknown): boolean => Number.isInteger(season) && (season as number) >= 2;
  if (seasons !== undefined && !(Array.isArray(seasons) && seasons.every(isSeason))) {
    throw invalid(
      `seasons is ${JSON.stringify(seasons)}; it must list whole numbers of periods, each 2 or more`,
    );
  }
  const joinable = (name: unknown): boolean => isLocalMethodName(name) && name !== 'combination';
  if (members !== undefined && !(Array.isArray(members) && members.length > 0 && members.every(joinable))) {
    throw invalid(`members is ${JSON.stringify(members)}; it must list method names other than combination`);
  }
  if (![undefined, 'mean', 'median'].includes(rule as string | undefined)) {
    throw invalid(`rule is ${JSON.stringify(rule)}; it must be mean or median`);
  }
  if (![undefined, 'log', 'none'].includes(transform as string | undefined)) {
    throw invalid(`transform is ${JSON.stringify(transform)}; it must be log or none`);
  }
  if (lowerBound !== undefined && !Number.isFinite(lowerBound)) {
    throw invalid(`lowerBound is ${JSON.stringify(lowerBound)}; it must be a number`);
  }
  return config;
}

function plainMethod(name: LocalMethodName, config: LocalConfig): LocalMethod {
  const weights = { size: config.weight ?? 0.1, interval: config.weight ?? 0.1 };
  const methods: Record<LocalMethodName, () => LocalMethod> = {
    naive: () => naive,
    'seasonal-naive': () => seasonalNaive,
    naive2: () => ({ ...deseasonalised(naive), name: 'naive2' }),
    drift: () => drift,
    'window-average': () => windowAverage(config.window ?? 6),
    ses: () => deseasonalised(ses),
    holt: () => deseasonalised(holt),
    'holt-damped': () => deseasonalised(holtDamped),
    ets: () => ets,
    'mstl-ets': () => mstlEts(config.seasons),
    theta: () => deseasonalised(theta),
    'theta-dynamic': () => deseasonalised(thetaDynamic),
    croston: () => croston(weights),
    'croston-sba': () => crostonSba(weights),
    tsb: () => tsb(weights),
    adida: () => adida,
    combination: () =>
      combination(
        (config.members ?? DEFAULT_MEMBERS).map((member) => plainMethod(member, config)),
        config.rule,
      ),
  };
  return methods[name]();
}

/** The local method of that name. Smoothing methods take a tested season out first. */
export function localMethod(name: LocalMethodName, config: LocalConfig = {}): LocalMethod {
  const method = plainMethod(name, config);
  return config.transform === 'log' ? logarithmic(method) : method;
}

/**
 * The forecaster of that name.
 *
 * @throws {ForecastingError} UNKNOWN_METHOD, INVALID_OPTIONS
 * @example createForecaster('window-average', { window: 6, lowerBound: 0 })
 */
export function createForecaster(name: string, config: LocalConfig = {}): Forecaster {
  if (!isLocalMethodName(name)) {
    throw new ForecastingError(
      'UNKNOWN_METHOD',
      `no method "${name}"; known are ${LOCAL_METHODS.join(', ')}`,
    );
  }
  const { lowerBound, ...rest } = parseLocalConfig({ ...config });
  return localForecaster(localMethod(name, rest), lowerBound === undefined ? {} : { lowerBound });
}
