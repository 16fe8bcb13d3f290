/** How the demand of a series comes: in most periods, or now and then. */
export type DemandClass = 'smooth' | 'intermittent';

/** Mean periods between demands from which on demand is intermittent (Syntetos, Boylan & Croston 2005). */
const INTERMITTENT_INTERVAL = 1.32;

/**
 * The class of a history: intermittent where no value is negative and demands lie on average 1.32
 * periods apart or more. Missing values (NaN) are not counted.
 */
export function demandClassOf(values: Float64Array): DemandClass {
  let observed = 0;
  let demands = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < 0) return 'smooth';
    observed++;
    if (value > 0) demands++;
  }
  return observed > 0 && observed >= INTERMITTENT_INTERVAL * Math.max(1, demands) ? 'intermittent' : 'smooth';
}
