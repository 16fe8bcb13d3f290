import type { SeriesForecast } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';

interface Request {
  readonly horizon: number;
  readonly levels: readonly number[];
}

function faultOf(forecast: SeriesForecast, { horizon, levels }: Request): string | undefined {
  const { mean, quantiles } = forecast;
  if (quantiles.length !== levels.length)
    return `${quantiles.length} quantile paths for ${levels.length} levels`;
  for (const path of [mean, ...quantiles]) {
    if (path.length !== horizon) return `a path of ${path.length} steps for a horizon of ${horizon}`;
    if (!path.every(Number.isFinite)) return 'a value that is not finite';
  }
  const crossing = quantiles.some((path, index) =>
    path.some((value, step) => index > 0 && value < quantiles[index - 1]![step]!),
  );
  return crossing ? 'quantiles that cross' : undefined;
}

/**
 * Refuses forecasts that cannot be scored or committed.
 *
 * @param ids the series asked for, in order
 * @throws {ForecastingError} INVALID_FORECAST naming the model, the series and the fault
 */
export function assertForecasts(
  model: string,
  forecasts: readonly SeriesForecast[],
  ids: readonly string[],
  request: Request,
): void {
  const refuse = (message: string): never => {
    throw new ForecastingError('INVALID_FORECAST', `model "${model}" ${message}`);
  };
  if (forecasts.length !== ids.length)
    refuse(`returned ${forecasts.length} forecasts for ${ids.length} series`);
  forecasts.forEach((forecast, index) => {
    if (forecast.id !== ids[index])
      refuse(`returned series "${forecast.id}" in the place of "${ids[index]}"`);
    const fault = faultOf(forecast, request);
    if (fault) refuse(`returned ${fault} for series "${forecast.id}"`);
  });
}
