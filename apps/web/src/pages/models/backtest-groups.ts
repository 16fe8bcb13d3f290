import type { BacktestModel, BacktestTable } from '../../network/backtest-types.js';

/** A report may name any number of groups; the whole text has them all. */
const MOST_GROUPS = 6;

export interface BacktestGroup {
  group: string;
  /** Forecasts scored of the first model; null where the report does not say. */
  forecasts: number | null;
  models: readonly BacktestModel[];
}

/**
 * What a report tells of all series, then of each group, six groups at most: the models that have figures there.
 *
 * @example groupsOf({ models: [{ name: 'theta', groups: [{ group: 'overall', forecasts: 3, figures: [] }] }], … })[0].group // 'overall'
 */
export function groupsOf({ models }: BacktestTable): BacktestGroup[] {
  const names = [...new Set(models.flatMap(({ groups }) => groups.map(({ group }) => group)))];
  const ordered = ['overall', ...names.filter((name) => name !== 'overall').toSorted()];
  return ordered.slice(0, MOST_GROUPS).flatMap((group) => {
    const having = models.filter(({ groups }) => groups.some((one) => one.group === group));
    const [first] = having;
    const forecasts = first?.groups.find((one) => one.group === group)?.forecasts ?? null;
    return first ? [{ group, forecasts, models: having }] : [];
  });
}

/** A figure of a model over a group; null where the report does not give it. */
export function figureOf({ groups }: BacktestModel, group: string, measure: string): number | null {
  const figures = groups.find((one) => one.group === group)?.figures;
  return figures?.find((one) => one.measure === measure)?.value ?? null;
}
