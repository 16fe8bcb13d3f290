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
  /** Of a category: the value n stands for the nth word. */
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

const MOST_WORDS = 32;

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
