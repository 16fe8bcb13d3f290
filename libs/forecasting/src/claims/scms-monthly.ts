import { meanOfKnown, seasonalScale } from '../backtest/metrics.js';
import { backtest, type Backtest, type Candidate } from '../backtest/backtest.js';
import { evaluationReport, type EvaluationReport } from '../backtest/report.js';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { createForecaster, type LocalConfig, type LocalMethodName } from '../methods/registry.js';
import { periodIndex } from '../series/periods.js';

/** Quantity delivered in a month, `YYYY-MM`. */
export interface MonthlyQuantity {
  readonly month: string;
  readonly quantity: number;
}

export interface ScmsMonthlyResult {
  readonly months: { readonly first: string; readonly last: string; readonly count: number };
  /** The model with the least sMAPE over the validation origins, all before the first test month. */
  readonly chosen: string;
  readonly rule: string;
  readonly validation: EvaluationReport;
  readonly test: EvaluationReport;
  /** sMAPE of the chosen model and of the three floors over the test origins, percent. */
  readonly smape: Readonly<Record<'chosen' | 'naive' | 'seasonal-naive' | 'window-6', number>>;
  /** Mean absolute error over the error of the seasonal naive before the first test month. */
  readonly maseOnFixedScale: Readonly<Record<'chosen' | 'naive' | 'seasonal-naive' | 'window-6', number>>;
  /** What shorter and longer validations would have chosen, and its sMAPE in the test. */
  readonly sensitivity: readonly {
    readonly origins: number;
    readonly chosen: string;
    readonly smape: number;
  }[];
}

const FIRST_TEST_MONTH = '2014-01';
const LAST_TEST_MONTH = '2015-09';
const VALIDATION_ORIGINS = 48;
const SENSITIVITY_ORIGINS = [12, 24, 36, 48];
const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const SEED = 2014;
const WINDOWS = [3, 6, 9, 12, 18, 24];
const TRENDS: readonly LocalMethodName[] = ['drift', 'ses', 'holt', 'holt-damped', 'theta', 'theta-dynamic'];

function candidates(): Candidate[] {
  const make = (label: string, name: LocalMethodName, config: LocalConfig): Candidate => ({
    label,
    create: () => createForecaster(name, { ...config, lowerBound: 0 }),
  });
  const members = ['ses', 'theta', 'window-average'] as const;
  const both = (label: string, name: LocalMethodName, config: LocalConfig = {}): Candidate[] => [
    make(label, name, config),
    make(`${label}-log`, name, { ...config, transform: 'log' }),
  ];
  return [
    ...TRENDS.flatMap((name) => both(name, name)),
    ...both('combination-ses-holt-damped', 'combination'),
    ...both('combination-ses-theta-window-12', 'combination', { members, window: 12 }),
    ...WINDOWS.flatMap((window) => both(`window-${window}`, 'window-average', { window })),
  ];
}

const monthIndex = (month: string): number => periodIndex(Date.parse(`${month}-01`), 'monthly');

function panelUntil(values: readonly MonthlyQuantity[], first: number, last: number): Panel {
  const totals = new Float64Array(last - first + 1);
  for (const { month, quantity } of values) {
    const offset = monthIndex(month) - first;
    if (offset >= 0 && offset < totals.length) totals[offset]! += quantity;
  }
  const start = `${values.reduce((least, { month }) => (month < least ? month : least), '9999-12')}-01`;
  return { frequency: 'monthly', seasonLength: 12, series: [{ id: 'total', start, values: totals }] };
}

const oneStep = (panel: Panel, folds: number): Promise<Backtest> =>
  backtest(panel, candidates(), { horizon: 1, levels: LEVELS, folds, seed: SEED });

const smapeOf = (report: EvaluationReport, model: string): number =>
  report.models[model]!.overall.smape ?? Infinity;

function bestOfLast({ folds, models, scores }: Backtest, origins: number): string {
  const from = folds.at(-origins)!.origin;
  const error = (model: string): number =>
    meanOfKnown(
      scores.filter((score) => score.model === model && score.origin >= from).map(({ smape }) => smape),
    );
  return models.reduce((least, model) => (error(model) < error(least) ? model : least));
}

/**
 * Monthly total quantity of the SCMS deliveries, one step ahead over 2014-01..2015-09 (21 origins).
 * The model is the candidate with the least sMAPE over the 48 origins before 2014, on data that end
 * in 2013-12; it is refitted at every test origin on the months before it. A month without a
 * delivery is 0.
 *
 * @throws {ForecastingError} INVALID_PANEL when a month is no `YYYY-MM` or the history begins after 2006
 */
export async function scmsMonthlyBacktest(values: readonly MonthlyQuantity[]): Promise<ScmsMonthlyResult> {
  const first = Math.min(...values.map(({ month }) => monthIndex(month)));
  if (!(first <= monthIndex('2006-12'))) {
    throw new ForecastingError(
      'INVALID_PANEL',
      'the history must be months YYYY-MM and begin in 2006 or before',
    );
  }
  const begin = monthIndex(FIRST_TEST_MONTH);
  const last = monthIndex(LAST_TEST_MONTH);
  const known = panelUntil(values, first, begin - 1);
  const validated = await oneStep(known, VALIDATION_ORIGINS);
  const validation = evaluationReport(validated);
  const chosen = bestOfLast(validated, VALIDATION_ORIGINS);
  const test = evaluationReport(await oneStep(panelUntil(values, first, last), last - begin + 1));
  const sensitivity = SENSITIVITY_ORIGINS.map((origins) => {
    const other = bestOfLast(validated, origins);
    return { origins, chosen: other, smape: smapeOf(test, other) };
  });
  const scale = seasonalScale(known.series[0]!.values, 12);
  const table = (of: (model: string) => number): ScmsMonthlyResult['smape'] => ({
    chosen: of(chosen),
    naive: of('naive'),
    'seasonal-naive': of('seasonal-naive'),
    'window-6': of('window-6'),
  });
  return {
    months: { first: known.series[0]!.start.slice(0, 7), last: LAST_TEST_MONTH, count: last - first + 1 },
    chosen,
    rule: `least sMAPE over ${VALIDATION_ORIGINS} one-step origins, the last of them 2013-12`,
    validation,
    test,
    smape: table((model) => smapeOf(test, model)),
    maseOnFixedScale: table((model) => (test.models[model]!.overall.mae ?? NaN) / scale),
    sensitivity,
  };
}
