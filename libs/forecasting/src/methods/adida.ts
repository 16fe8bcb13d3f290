import { flat, type LocalMethod } from './local-method.js';
import { fitSes, sesLevel } from './ses.js';

/** Sums of `bucket` values each; those left over at the beginning make no bucket. */
function bucketSums(history: Float64Array, bucket: number): Float64Array {
  const count = Math.floor(history.length / bucket);
  const begin = history.length - count * bucket;
  return Float64Array.from({ length: count }, (_, at) => {
    const from = begin + at * bucket;
    return history.subarray(from, from + bucket).reduce((sum, value) => sum + value, 0);
  });
}

/** Mean periods from one demand to the next, rounded; the first is counted from the beginning. */
function meanInterval(history: Float64Array): number {
  const last = history.findLastIndex((value) => value !== 0);
  const demands = history.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  return demands === 0 ? 1 : Math.max(1, Math.round((last + 1) / demands));
}

/**
 * Aggregate–disaggregate (ADIDA: Nikolopoulos, Syntetos, Boylan, Petropoulos & Assimakopoulos 2011): demand summed over as many periods as lie
 * between two demands on average is forecast by simple exponential smoothing and spread evenly again. A history of fewer than
 * two such sums is forecast by its mean.
 */
export const adida: LocalMethod = {
  name: 'adida',
  minLength: 2,
  nonNegative: true,
  fit(history) {
    const bucket = meanInterval(history);
    const sums = bucketSums(history, bucket);
    const parameters = sums.length >= 2 ? fitSes(sums) : undefined;
    return {
      forecast(beginning, horizon) {
        const known = bucketSums(beginning, bucket);
        const mean = beginning.reduce((sum, value) => sum + value, 0) / beginning.length;
        const level = parameters && known.length > 0 ? sesLevel(known, parameters) / bucket : mean;
        return flat(Math.max(0, level), horizon);
      },
    };
  },
};
