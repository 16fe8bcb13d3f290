import { deseasonalised } from '../methods/deseasonalised.js';
import type { LocalMethod } from '../methods/local-method.js';
import { naive, seasonalNaive } from '../methods/naive.js';
import { theta } from '../methods/theta.js';
import { fillGaps } from '../series/gaps.js';
import { substituteFor } from '../ensemble/members.js';
import type { FileSeries } from './panel-file.js';

/** The peers that are run beside the ensemble, as the M4 competition defined them. */
export const BENCHMARKS = ['naive2', 'seasonal-naive', 'theta'] as const;
export type Benchmark = (typeof BENCHMARKS)[number];

const METHODS: Readonly<Record<Benchmark, LocalMethod>> = {
  naive2: deseasonalised(naive, 'multiplicative'),
  'seasonal-naive': seasonalNaive,
  theta: deseasonalised(theta, 'multiplicative'),
};

/** The benchmark's path; missing values are interpolated on a straight line. */
export function benchmarkPath(name: Benchmark, { train, seasonLength, horizon }: FileSeries): Float64Array {
  const { values } = fillGaps(train, 1);
  const method = values.length < METHODS[name].minLength ? substituteFor(values.length) : METHODS[name];
  return method.fit(values, seasonLength).forecast(values, horizon);
}
