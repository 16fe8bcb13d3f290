import { qValues } from '../control/benjamini-hochberg.js';
import type { Candidate, SeriesJudgement } from './judge-series.js';

/** A strange value among all values of its period. */
export interface PanelAnomaly extends Candidate {
  readonly seriesId: string;
  /** The false discovery rate at which it would just be reported. */
  readonly qValue: number;
}

/** The loosest level that anybody may set; what lies above it is not kept. */
export const KEPT_LEVEL = 0.25;

/**
 * Holds the candidates of all series against each other, a period at a time: of a thousand series, fifty are rarer than one
 * in twenty every week, and none of them need be news.
 */
export function judgePanel(judged: ReadonlyMap<string, SeriesJudgement>): PanelAnomaly[] {
  const tests = new Map<number, number>();
  const byPeriod = new Map<number, { readonly seriesId: string; readonly candidate: Candidate }[]>();
  for (const [seriesId, { candidates, testedMs }] of judged) {
    for (const startMs of testedMs) tests.set(startMs, (tests.get(startMs) ?? 0) + 1);
    for (const candidate of candidates) {
      const period = byPeriod.get(candidate.startMs) ?? [];
      period.push({ seriesId, candidate });
      byPeriod.set(candidate.startMs, period);
    }
  }
  return [...byPeriod].flatMap(([startMs, found]) => {
    const q = qValues(
      found.map(({ candidate }) => candidate.pValue),
      tests.get(startMs),
    );
    return found
      .map(({ seriesId, candidate }, at) => ({ ...candidate, seriesId, qValue: q[at]! }))
      .filter(({ qValue }) => qValue <= KEPT_LEVEL);
  });
}
