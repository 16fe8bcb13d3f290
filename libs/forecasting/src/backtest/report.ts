import type { Backtest } from './backtest.js';
import type { ModelComparison } from './compare.js';
import { meanOfKnown, owa } from './metrics.js';
import { centralIntervals, type SeriesScore } from './series-score.js';

/** Means over folds and series; null where no series has the measure. Figures hold 12 digits. */
export interface Figures {
  /** Forecasts scored: one a fold and series that had an actual value. */
  readonly forecasts: number;
  readonly smape: number | null;
  readonly mase: number | null;
  /** Against naive2, as in M4: a ratio of means. */
  readonly owa: number | null;
  readonly rmsse: number | null;
  readonly mae: number | null;
  readonly bias: number | null;
  readonly crps: number | null;
  /** By level. */
  readonly pinball: Readonly<Record<string, number | null>>;
  /** Share of actuals inside, by nominal share. */
  readonly coverage: Readonly<Record<string, number | null>>;
}

export interface ModelFigures {
  readonly overall: Figures;
  readonly groups: Readonly<Record<string, Figures>>;
  /** Forecasts that another method made, by reason. */
  readonly fallbacks: Readonly<Record<string, number>>;
}

/** Plain JSON without NaN; its RFC 8785 form is what a registry hashes. */
export interface EvaluationReport {
  readonly format: 'tallyhouse-evaluation/1';
  readonly frequency: string;
  readonly seasonLength: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly seed: number;
  /** Root of the data behind the figures, null until it is anchored. */
  readonly dataRoot: string | null;
  /** What one needs to measure again; absent in reports that were made before. */
  readonly asOf?: string;
  /** SHA-256 of the panel that was measured on. */
  readonly panelSha256?: string;
  /** A figure x measured again differs by at most tolerance × max(1, |x|). */
  readonly tolerance?: number;
  readonly folds: Backtest['folds'];
  /** The candidate beside the model in whose place it would come. */
  readonly comparison?: ModelComparison & { readonly incumbentArtifact: string };
  readonly models: Readonly<Record<string, ModelFigures>>;
}

const plain = (value: number): number | null =>
  Number.isFinite(value) ? Number(value.toPrecision(12)) : null;

function figuresOf(
  scores: readonly SeriesScore[],
  reference: readonly SeriesScore[],
  levels: readonly number[],
): Figures {
  const mean = (of: (score: SeriesScore) => number): number => meanOfKnown(scores.map(of));
  const scale = {
    smape: meanOfKnown(reference.map(({ smape }) => smape)),
    mase: meanOfKnown(reference.map(({ mase }) => mase)),
  };
  const smape = mean((score) => score.smape);
  const mase = mean((score) => score.mase);
  return {
    forecasts: scores.filter(({ mae }) => !Number.isNaN(mae)).length,
    smape: plain(smape),
    mase: plain(mase),
    owa: plain(owa({ smape, mase }, scale)),
    rmsse: plain(mean((score) => score.rmsse)),
    mae: plain(mean((score) => score.mae)),
    bias: plain(mean((score) => score.bias)),
    crps: plain(mean((score) => score.crps)),
    pinball: Object.fromEntries(
      levels.map((level, index) => [`${level}`, plain(mean((score) => score.pinball[index]!))]),
    ),
    coverage: Object.fromEntries(
      centralIntervals(levels).map(({ nominal }, index) => [
        `${nominal}`,
        plain(mean((score) => score.coverage[index]!)),
      ]),
    ),
  };
}

function fallbacksOf(scores: readonly SeriesScore[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fallback } of scores) if (fallback) counts[fallback] = (counts[fallback] ?? 0) + 1;
  return counts;
}

/**
 * The report of a backtest: folds, figures of every model and baseline, overall and by group.
 *
 * @param options.groupOf the group of a series; none leaves `groups` empty
 * @param options.dataRoot root of the anchored data, where there is one
 */
export function evaluationReport(
  result: Backtest,
  options: {
    groupOf?: (seriesId: string) => string;
    dataRoot?: string;
  } & Pick<EvaluationReport, 'asOf' | 'panelSha256' | 'tolerance' | 'comparison'> = {},
): EvaluationReport {
  const { groupOf, dataRoot = null, ...stated } = options;
  const { levels, horizon, seed } = result.options;
  const ids = new Set(result.scores.map(({ id }) => id));
  const groups = groupOf ? [...new Set([...ids].map(groupOf))].sort() : [];
  const ofModel = (model: string): SeriesScore[] => result.scores.filter((score) => score.model === model);
  const reference = ofModel('naive2');
  const models = result.models.map((model): [string, ModelFigures] => {
    const scores = ofModel(model);
    const byGroup = groups.map((group): [string, Figures] => {
      const inGroup = ({ id }: SeriesScore): boolean => groupOf?.(id) === group;
      return [group, figuresOf(scores.filter(inGroup), reference.filter(inGroup), levels)];
    });
    return [
      model,
      {
        overall: figuresOf(scores, reference, levels),
        groups: Object.fromEntries(byGroup),
        fallbacks: fallbacksOf(scores),
      },
    ];
  });
  return {
    format: 'tallyhouse-evaluation/1',
    frequency: result.panel.frequency,
    seasonLength: result.panel.seasonLength,
    horizon,
    levels,
    seed,
    dataRoot,
    ...stated,
    folds: result.folds,
    models: Object.fromEntries(models),
  };
}
