import type { ForecastContext, Forecaster } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { actualsFrom, firstPeriod, knownBefore } from '../backtest/slice.js';
import { nodeIds, type Hierarchy, type NodeVector } from './hierarchy.js';

/** Steps of each forecast whose errors are taken; a longer horizon errs in the same company. */
const MOST_STEPS = 12;
/** Vectors of errors that are wanted, each forecast giving one a step. */
const WANTED = 24;
const MOST_ORIGINS = 8;
/** Periods that half of the leaves must have seen before an origin. */
const LEAST_HISTORY = 8;

/**
 * Errors of the forecaster at the last origins inside the histories, no value after an origin being shown to it: a vector
 * (actual − forecast) for each step, NaN where a series had no forecast or no outcome. None where histories are short.
 */
export async function rollingResiduals(
  forecaster: Forecaster,
  panel: Panel,
  hierarchy: Hierarchy,
  horizon: number,
  context: ForecastContext,
): Promise<NodeVector[]> {
  const steps = Math.min(horizon, MOST_STEPS);
  const count = Math.min(MOST_ORIGINS, Math.ceil(WANTED / steps));
  const first = panel.series.map((one) => firstPeriod(one, panel.frequency));
  const end = panel.series.reduce(
    (last, { values }, at) => Math.max(last, first[at]! + values.length),
    -Infinity,
  );
  const begun = first.toSorted((a, b) => a - b);
  const usual = begun[begun.length >> 1]!;
  const rows: NodeVector[] = [];
  for (let back = count; back >= 1; back -= 1) {
    const origin = end - back * steps;
    if (origin - usual < LEAST_HISTORY) continue;
    rows.push(...(await residualsAt(forecaster, panel, hierarchy, { origin, steps }, context)));
  }
  return rows;
}

async function residualsAt(
  forecaster: Forecaster,
  panel: Panel,
  hierarchy: Hierarchy,
  { origin, steps }: { readonly origin: number; readonly steps: number },
  context: ForecastContext,
): Promise<NodeVector[]> {
  const fitted = await forecaster.fit(knownBefore(panel, origin, 1), context);
  const means = new Map((await fitted.predict(steps, [0.5])).map(({ id, mean }) => [id, mean]));
  const series = new Map(panel.series.map((one) => [one.id, one]));
  const ids = nodeIds(hierarchy);
  const rows = Array.from({ length: steps }, () => new Float64Array(ids.length).fill(NaN));
  ids.forEach((id, node) => {
    const mean = means.get(id);
    const one = series.get(id);
    if (!mean || !one) return;
    actualsFrom(one, panel, origin, steps).forEach((actual, step) => {
      rows[step]![node] = actual - mean[step]!;
    });
  });
  return rows;
}
