import type { DetectorName } from '../contract/detector.js';

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

export const FUSION: FusionConfig = {
  weights: {
    'forecast-residual': 0.31,
    'isolation-forest': 0.12,
    'level-shift': 0.13,
    'robust-seasonal': 0.36,
    subsequence: 0.07,
  },
  cap: 30,
  lengthPenalty: 0,
  quietValues: 100,
  quietShare: 0,
};
