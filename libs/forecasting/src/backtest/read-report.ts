import { countOf, isNumber, isRecord } from '../plain-json.js';

/** A figure by its name, such as `mase`, `pinball@0.9` or `coverage@0.8`. */
export interface BacktestFigure {
  readonly measure: string;
  readonly value: number;
}

/** Figures of a model over the series of a group. */
export interface BacktestGroup {
  /** Name of the group; `overall` for all series. */
  readonly group: string;
  /** Forecasts scored: one a fold and series that had an outcome. */
  readonly forecasts: number | null;
  readonly figures: readonly BacktestFigure[];
}

export interface BacktestModel {
  readonly name: string;
  readonly groups: readonly BacktestGroup[];
}

/** A fold of the rolling origin: nothing from its origin on was shown to a model. */
export interface BacktestFold {
  readonly origin: Date;
  readonly series: number;
}

/** A backtest as its report tells it. */
export interface BacktestTable {
  readonly frequency: string | null;
  readonly seasonLength: number | null;
  readonly horizon: number | null;
  readonly folds: readonly BacktestFold[];
  readonly models: readonly BacktestModel[];
}

/** Names, groups and folds beyond these are not read: a report is whatever its author hashed. */
const MOST_MODELS = 50;
const MOST_GROUPS = 200;
const MOST_FOLDS = 400;
const MEASURES = ['smape', 'mase', 'owa', 'rmsse', 'mae', 'bias', 'crps'] as const;
const BY_LEVEL = ['pinball', 'coverage'] as const;
const LEVEL = /^0?\.\d{1,6}$|^[01]$/;

/**
 * Reads the figures out of an evaluation report, which is whatever its author hashed: what is not of the expected form is left out.
 *
 * @returns null when it tells of no model
 * @example readBacktest(JSON.parse(text))?.models.map(({ name }) => name) // ['theta', 'seasonal-naive']
 */
export function readBacktest(report: unknown): BacktestTable | null {
  if (!isRecord(report) || !isRecord(report['models'])) return null;
  const models = Object.entries(report['models']).slice(0, MOST_MODELS).flatMap(modelOf);
  if (models.length === 0) return null;
  const { frequency, folds } = report;
  return {
    frequency: typeof frequency === 'string' ? frequency.slice(0, 40) : null,
    seasonLength: countOf(report['seasonLength']),
    horizon: countOf(report['horizon']),
    folds: Array.isArray(folds) ? folds.slice(0, MOST_FOLDS).flatMap(foldOf) : [],
    models,
  };
}

function modelOf([name, found]: [string, unknown]): BacktestModel[] {
  if (!isRecord(found)) return [];
  const named: [string, unknown][] = [
    ['overall', found['overall']],
    ...(isRecord(found['groups']) ? Object.entries(found['groups']).slice(0, MOST_GROUPS) : []),
  ];
  return [{ name: name.slice(0, 100), groups: named.flatMap(groupOf) }];
}

function groupOf([group, found]: [string, unknown]): BacktestGroup[] {
  if (!isRecord(found)) return [];
  const plain = MEASURES.flatMap((measure) => figureOf(measure, found[measure]));
  const byLevel = BY_LEVEL.flatMap((measure) => {
    const levels = found[measure];
    if (!isRecord(levels)) return [];
    return Object.entries(levels).flatMap(([level, value]) =>
      LEVEL.test(level) ? figureOf(`${measure}@${level}`, value) : [],
    );
  });
  const forecasts = countOf(found['forecasts']);
  return [{ group: group.slice(0, 200), forecasts, figures: [...plain, ...byLevel] }];
}

function figureOf(measure: string, found: unknown): BacktestFigure[] {
  return isNumber(found) ? [{ measure, value: found }] : [];
}

function foldOf(found: unknown): BacktestFold[] {
  if (!isRecord(found) || typeof found['origin'] !== 'string') return [];
  const origin = new Date(found['origin']);
  const series = countOf(found['series']);
  return Number.isNaN(origin.getTime()) || series === null ? [] : [{ origin, series }];
}
