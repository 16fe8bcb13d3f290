import type { Frequency } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';

/** Quantile levels that the network learns; others are interpolated. The middle one is the median. */
export const TRAINED_LEVELS: readonly number[] = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

/** Settings of the global network; plain JSON. */
export interface GlobalConfig {
  readonly frequency: Frequency;
  /** Periods in a season, 1 for none. */
  readonly seasonLength: number;
  /** Past values that the network sees. */
  readonly inputSize: number;
  /** Steps that the network forecasts at once; longer horizons go on from its own medians. */
  readonly horizon: number;
  /** Units of each hidden layer. */
  readonly hidden: number;
  /** Steps of Adam. */
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

const LIMITS: Readonly<Record<Exclude<keyof GlobalConfig, 'frequency'>, readonly [number, number]>> = {
  seasonLength: [1, 400],
  inputSize: [4, 2000],
  horizon: [1, 400],
  hidden: [4, 2048],
  steps: [1, 100_000],
  batchSize: [1, 65_536],
  learningRate: [1e-6, 1],
};

const DEFAULTS = { hidden: 96, steps: 400, batchSize: 256, learningRate: 2e-3 };
const FREQUENCIES: readonly unknown[] = ['daily', 'weekly', 'monthly'];

const invalid = (message: string): ForecastingError => new ForecastingError('INVALID_OPTIONS', message);

/**
 * Reads settings, from a caller or from the metadata of an artifact; what is absent has a default:
 * two seasons of input (at least one and a half horizons, at least 12 values), 96 units, 400 steps.
 *
 * @throws {ForecastingError} INVALID_OPTIONS naming the setting
 */
export function parseGlobalConfig(
  given: Readonly<Record<string, unknown>> & Pick<GlobalConfig, 'seasonLength' | 'horizon'>,
): GlobalConfig {
  const { seasonLength, horizon } = given;
  const inputSize = Math.max(2 * seasonLength, Math.ceil(1.5 * horizon), 12);
  const config: Record<string, unknown> = { inputSize, ...DEFAULTS, ...given };
  const unknown = Object.keys(config).find((key) => key !== 'frequency' && !(key in LIMITS));
  if (unknown) throw invalid(`unknown setting "${unknown}" of the global network`);
  if (!FREQUENCIES.includes(config.frequency))
    throw invalid(`frequency is ${JSON.stringify(config.frequency)}`);
  for (const [key, [low, high]] of Object.entries(LIMITS)) {
    const value = config[key];
    const whole = key === 'learningRate' || Number.isInteger(value);
    if (!(typeof value === 'number' && whole && value >= low && value <= high)) {
      throw invalid(`${key} is ${JSON.stringify(value)}; it must be a number from ${low} to ${high}`);
    }
  }
  return config as unknown as GlobalConfig;
}
