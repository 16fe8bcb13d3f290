import { panelEnd } from '../backtest/slice.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { CovariatePanel } from '../covariates/covariate-panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import type { CovariateBook } from '../statements/covariate-book.js';
import { isPlace, LeafPaths, type Sight } from '../statements/leaf-paths.js';
import { toldSeries, type TakenCovariates } from '../statements/outlook.js';
import { joined, pack, takingFrom, unpack } from './packed.js';

/** The covariates of some sums as they were known at a moment, and how far could be seen then. */
export interface ToldSums {
  /** Number of the first period that was not known. */
  readonly end: number;
  readonly sight: Sight;
  /** One array a covariate, from the first period of the sight on; a sum of which no part was known is not there. */
  readonly sums: ReadonlyMap<string, readonly Float64Array[]>;
}

interface Head extends Omit<ToldSums, 'sums'> {
  readonly ids: readonly string[];
}

/** Covariates of sums as bytes. */
export const packTold = ({ sums, ...moment }: ToldSums): Uint8Array =>
  pack<Head>({ ...moment, ids: [...sums.keys()] }, joined([...sums.values()].flat()));

/**
 * The covariates that {@link packTold} packed.
 *
 * @param width how many there are
 */
export function unpackTold(bytes: Uint8Array, width: number): ToldSums {
  const { head, numbers } = unpack<Head>(bytes);
  const { ids, ...moment } = head;
  const take = takingFrom(numbers);
  const { count } = moment.sight.periods;
  const paths = (): Float64Array[] => Array.from({ length: width }, () => take(count));
  return { ...moment, sums: new Map(ids.map((id) => [id, paths()])) };
}

/** What the series of a shard are told. */
export interface ToldShard {
  readonly taken: TakenCovariates;
  /** What was said of the products of the shard. */
  readonly book: CovariateBook;
  readonly rows: readonly GrainRow[];
  readonly moments: readonly ToldSums[];
  /** Periods after the end of a panel for which covariates are known. */
  readonly steps: number;
}

/**
 * A forecaster that is told the covariates of a shard's series, some at a time, as they were known when the panel ends: those of sums
 * were worked out before, since their parts stand in other shards.
 *
 * @throws {ForecastingError} from `fit`: INVALID_PANEL where nothing was worked out for the panel's end
 */
export function toldForecaster(
  inner: Forecaster,
  { taken, book, rows, moments, steps }: ToldShard,
): Forecaster {
  const { covariates } = taken;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byEnd = new Map(
    moments.map((moment) => [
      moment.end,
      { ...moment, leaves: new LeafPaths(book, covariates, moment.sight) },
    ]),
  );
  return {
    name: inner.name,
    fit(panel, context) {
      const { frequency, seasonLength } = panel;
      const end = panelEnd(panel);
      const moment = byEnd.get(end);
      if (!moment)
        throw new ForecastingError('INVALID_PANEL', `no covariates were kept for panels up to period ${end}`);
      const { leaves, sums, sight } = moment;
      const reach = { covariates, steps, first: sight.periods.first, frequency };
      const series = panel.series.map((one) => {
        const row = byId.get(one.id);
        return toldSeries(one, isPlace(row) ? leaves.of(row) : sums.get(one.id), reach);
      });
      const told: CovariatePanel = { frequency, seasonLength, covariates, series };
      return inner.fit(told, context);
    },
  };
}
