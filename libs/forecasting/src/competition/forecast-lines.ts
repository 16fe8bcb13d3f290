import type { FileSeries } from './panel-file.js';
import type { IntervalForecast } from './figures.js';

/** Columns of the forecasts that a backtest writes. */
export const FORECAST_HEADER = 'id,step,forecast,lo80,hi80,lo95,hi95';

/** One line a step of a series, steps from 1. */
export function forecastLines({ id }: FileSeries, { mean, quantiles }: Required<IntervalForecast>): string[] {
  const [low95, low80, , high80, , high95] = quantiles;
  return [...mean].map((value, step) =>
    [id, step + 1, value, low80![step], high80![step], low95![step], high95![step]].join(','),
  );
}
