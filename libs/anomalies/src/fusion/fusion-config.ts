import type { DetectorName } from '../contract/detector.js';
import { SHIPPED_PARAMETERS, type SeriesParameters } from '../parameters/parameter-set.js';

/** How detectors are joined: one set of numbers for every series, chosen as experiments/anomaly-nab says. */
export interface FusionConfig {
  /** Share of each detector; those without one are left out. */
  readonly weights: Readonly<Partial<Record<DetectorName, number>>>;
  /** No detector may say more than this, in decimal orders of its p-value: one that is sure must not outvote all. */
  readonly cap: number;
  /** Added for each tenfold of values seen, since a long series has more rare values. */
  readonly lengthPenalty: number;
  /** A value alarms only where its score is the largest of so many values … */
  readonly quietValues: number;
  /** … and of this share of the values seen. */
  readonly quietShare: number;
}

/** Kept between the score and 0, so that ordinary values have a score above 0 as well. */
export const SCORE_OFFSET = 5;

/** How the detectors are joined by a set of parameters; when a file's row alarms is the benchmark's matter and not voted. */
export function fusionOf({ weights, capOrders: cap }: SeriesParameters): FusionConfig {
  return { weights, cap, lengthPenalty: 0, quietValues: 100, quietShare: 0 };
}

export const FUSION: FusionConfig = fusionOf(SHIPPED_PARAMETERS.series);
