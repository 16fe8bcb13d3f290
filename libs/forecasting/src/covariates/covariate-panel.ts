import { assertPanel, type Panel, type SeriesInput } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';

/**
 * How a covariate is read: `relative` to what it was lately, as a price; `plain`, as a promotion that is on or off; a `category`, as a
 * supplier.
 */
export type CovariateKind = 'relative' | 'plain' | 'category';

/** Something known beside the values, of the future too. */
export interface Covariate {
  readonly name: string;
  readonly kind: CovariateKind;
  /** Of a category: the value n stands for the nth word, -1 for none of them. */
  readonly words?: readonly string[];
}

/** A series with its covariates, which go on after its last value. */
export interface CovariateSeries extends SeriesInput {
  /** One array a covariate of the panel: a number a period from the first value on, none missing. */
  readonly covariates: readonly Float64Array[];
}

/** A panel with what is known beside its values. */
export interface CovariatePanel extends Panel {
  readonly covariates: readonly Covariate[];
  readonly series: readonly CovariateSeries[];
}

/** Words of a category that can be told apart. */
export const MOST_WORDS = 32;

const refused = (message: string): ForecastingError => new ForecastingError('INVALID_PANEL', message);

/**
 * Refuses a panel whose covariates are not known where they are needed.
 *
 * @param horizon periods after the last value of each series
 * @throws {ForecastingError} INVALID_PANEL naming series, covariate and period
 */
export function assertCovariates(panel: Panel, horizon: number): asserts panel is CovariatePanel {
  assertPanel(panel);
  const { covariates, series } = panel as Partial<CovariatePanel>;
  if (!covariates || covariates.length === 0)
    throw refused('the panel has no covariates; forecast it by a method that needs none');
  for (const { name, kind, words } of covariates) {
    if (kind === 'category' && !(words && words.length <= MOST_WORDS))
      throw refused(
        `covariate "${name}": ${words?.length ?? 'no'} different words, 1 to ${MOST_WORDS} can be told apart`,
      );
  }
  for (const one of series ?? []) assertKnown(one, covariates, horizon);
}

/** @throws {ForecastingError} INVALID_PANEL where a panel has not the covariates that a network was trained with, in their order */
export function assertSameCovariates(found: readonly Covariate[], wanted: readonly Covariate[]): void {
  const wordsOf = (covariates: readonly Covariate[]): string =>
    covariates
      .map(({ name, kind, words }) => `${name} (${kind}${words ? `: ${words.join(', ')}` : ''})`)
      .join('; ');
  if (wordsOf(found) === wordsOf(wanted)) return;
  throw refused(
    `the network was trained with ${wordsOf(wanted).slice(0, 300)}; the panel has ${wordsOf(found).slice(0, 300)}`,
  );
}

/** The panel without the covariates that are not kept. */
export function onlyHeard(panel: CovariatePanel, isKept: readonly boolean[]): CovariatePanel {
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, at) => isKept[at]);
  const series = panel.series.map((one) => ({ ...one, covariates: kept(one.covariates) }));
  return { ...panel, covariates: kept(panel.covariates), series };
}

function assertKnown(
  { id, values, covariates: known }: CovariateSeries,
  covariates: readonly Covariate[],
  horizon: number,
): void {
  covariates.forEach(({ name }, at) => {
    const path = known?.[at];
    const needed = values.length + horizon;
    const missing = path ? path.subarray(0, needed).findIndex((value) => !Number.isFinite(value)) : 0;
    const gap = missing >= 0 ? missing : path!.length < needed ? path!.length : -1;
    if (gap < 0) return;
    const place =
      gap < values.length ? `period ${gap + 1}` : `step ${gap - values.length + 1} of the forecast`;
    throw refused(
      `series "${id}": covariate "${name}" is not known in ${place}; it must be given from the first value to the last step`,
    );
  });
}
