import { deseasonalised } from '../methods/deseasonalised.js';
import type { LocalMethod } from '../methods/local-method.js';
import { naive, seasonalNaive } from '../methods/naive.js';
import { theta } from '../methods/theta.js';
import { substituteFor } from '../ensemble/members.js';
import type { FileSeries } from './panel-file.js';
import { interpolateSeasonally } from './seasonal-interpolation.js';

/** The peers that are run beside the ensemble, as the M4 competition defined them. */
export const BENCHMARKS = ['naive2', 'seasonal-naive', 'theta'] as const;
export type Benchmark = (typeof BENCHMARKS)[number];

/** A season is a factor: where a value is 0 or less, Naive2 takes none out. */
const whereAboveZero = (method: LocalMethod, otherwise: LocalMethod): LocalMethod => ({
  ...method,
  fit: (history, seasonLength) =>
    (history.every((value) => value > 0) ? method : otherwise).fit(history, seasonLength),
});

const METHODS: Readonly<Record<Benchmark, LocalMethod>> = {
  naive2: whereAboveZero(deseasonalised(naive, 'multiplicative'), naive),
  'seasonal-naive': seasonalNaive,
  theta: deseasonalised(theta, 'multiplicative'),
};

/** The benchmark's path; missing values are interpolated as those did who published the figures. */
export function benchmarkPath(name: Benchmark, { train, seasonLength, horizon }: FileSeries): Float64Array {
  const values = interpolateSeasonally(train, seasonLength);
  const method = values.length < METHODS[name].minLength ? substituteFor(values.length) : METHODS[name];
  return method.fit(values, seasonLength).forecast(values, horizon);
}
