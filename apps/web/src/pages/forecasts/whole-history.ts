import type { Decomposition, Observation } from '../../network/types.js';

/** What was observed in a period; `isOpen` where the data do not reach its end. */
export type DrawnObservation = Observation & { readonly isOpen?: boolean };

/**
 * Observations are kept for periods in which something happened. Between them nothing did, which is an observation too: a chart
 * that passes over such periods shows a product that sells twice a year as one that sells every week.
 *
 * @param observations oldest first
 * @param decomposition every whole period that was taken apart; null while none is whole, undefined while it is not known
 */
export function wholeHistory(
  observations: readonly Observation[],
  decomposition: Pick<Decomposition, 'asOf' | 'periods'> | null | undefined,
): DrawnObservation[] {
  if (decomposition === undefined) return [...observations];
  if (decomposition === null) return observations.map((one) => ({ ...one, isOpen: true }));
  const kept = new Map(observations.map((one) => [Date.parse(one.periodStart), one]));
  const whole = decomposition.periods.map(
    ({ periodStart, observed }) =>
      kept.get(Date.parse(periodStart)) ?? { periodStart, value: observed, eventCount: 0 },
  );
  const end = Date.parse(decomposition.asOf);
  const open = observations.filter(({ periodStart }) => Date.parse(periodStart) >= end);
  return [...whole, ...open.map((one) => ({ ...one, isOpen: true }))];
}
