import { csv } from '../../format/csv.js';
import type { CsvCell } from '../../format/csv.js';
import type { Forecast, SeriesRow } from '../../network/types.js';
import type { DrawnObservation } from './whole-history.js';

/** History and forecast in one table; a period that is not over is `so far`; one row a period, one column a quantile level. */
export function forecastCsv(
  series: SeriesRow & { observations: readonly DrawnObservation[] },
  forecast: Forecast,
): string {
  const levels = [
    ...new Set(forecast.points.flatMap((point) => point.quantiles.map((one) => one.level))),
  ].sort((a, b) => a - b);
  const header = [
    'series',
    'kind',
    'period_start',
    'value',
    ...levels.map((level) => `q${level}`),
    'actual',
    'method',
    'model_version',
  ];
  const history = series.observations.map((one): CsvCell[] => [
    series.label,
    one.isOpen ? 'so far' : 'observed',
    one.periodStart,
    one.value,
    ...levels.map(() => null),
    null,
    null,
    null,
  ]);
  const ahead = forecast.points.map((point): CsvCell[] => [
    series.label,
    'forecast',
    point.targetStart,
    point.mean,
    ...levels.map((level) => point.quantiles.find((one) => one.level === level)?.value ?? null),
    point.score?.actual ?? null,
    point.method,
    forecast.run.versionId,
  ]);
  return csv(header, [...history, ...ahead]);
}
