import type { Engine, Random } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import type { Panel } from './panel.js';

/** What a forecaster may use besides the panel; it has no clock and no other randomness. */
export interface ForecastContext {
  readonly rng: Random;
  /** Needed by forecasters that learn weights, not by local methods. */
  readonly engine?: Engine;
}

/** Why another method than the one asked for made a forecast. */
export interface Fallback {
  readonly from: string;
  readonly reason: string;
}

/** How sums and parts were brought together. */
export interface Reconciliation {
  /** `mint` by errors that were seen; `structural` by the number of parts, for want of them. */
  readonly method: 'mint' | 'structural';
  /** Why not by errors. */
  readonly reason?: string;
}

/** A forecast of one series in the units of its values. */
export interface SeriesForecast {
  readonly id: string;
  /** The point forecast, one value a step. */
  readonly mean: Float64Array;
  /** For each level asked for, in its order, one value a step; never falling from level to level. */
  readonly quantiles: readonly Float64Array[];
  /** The method that made it. */
  readonly method: string;
  readonly fallback?: Fallback;
  /** Present where the series is part of a hierarchy and its mean adds up with the others. */
  readonly reconciled?: Reconciliation;
}

/** A forecaster that has seen its history. */
export interface FittedForecaster {
  /**
   * @param horizon steps ahead, 1 or more
   * @param levels quantile levels such as [0.1, 0.5, 0.9], rising, each inside (0, 1)
   * @throws {ForecastingError} INVALID_HORIZON, INVALID_LEVELS
   */
  predict(horizon: number, levels: readonly number[]): Promise<SeriesForecast[]>;
  /** The ONNX bytes of a forecaster that learnt weights; absent where refitting is the model. */
  toArtifact?(): Uint8Array;
}

/** The one contract of every model: fit on a panel, then predict quantiles. */
export interface Forecaster {
  readonly name: string;
  fit(panel: Panel, context: ForecastContext): Promise<FittedForecaster>;
}

/** @throws {ForecastingError} INVALID_HORIZON or INVALID_LEVELS */
export function assertRequest(horizon: number, levels: readonly number[]): void {
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new ForecastingError(
      'INVALID_HORIZON',
      `horizon is ${horizon}; it must be a whole number, 1 or more`,
    );
  }
  levels.forEach((level, index) => {
    const previous = index === 0 ? 0 : levels[index - 1]!;
    if (!(level > previous && level < 1)) {
      throw new ForecastingError(
        'INVALID_LEVELS',
        `levels are [${levels.join(', ')}]; they must rise and lie inside (0, 1)`,
      );
    }
  });
}
