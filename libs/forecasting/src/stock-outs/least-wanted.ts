import { fillGaps } from '../series/gaps.js';

/**
 * Demand of a series by what was sold. What was sold while stock ran out is the least that was wanted (a censored observation;
 * Nahmias 1994): such a period is missing, unless more was sold in it than would be filled in. A series that ran out throughout stays
 * as it is: what was sold is all there is to know.
 *
 * @param isOut whether stock ran out in the period at a position
 * @example leastWanted(new Float64Array([8, 1, 8, 9]), (at) => at % 2 === 1, 1) // [8, NaN, 8, 9]
 */
export function leastWanted(
  sold: Float64Array,
  isOut: (at: number) => boolean,
  seasonLength: number,
): Float64Array {
  const { values } = fillGaps(
    sold.map((value, at) => (isOut(at) ? NaN : value)),
    seasonLength,
  );
  if (values.length === 0) return sold;
  const lead = sold.length - values.length;
  return sold.map((value, at) => (!isOut(at) || value > (values[at - lead] ?? Infinity) ? value : NaN));
}
