/** What a detection, a missed window and a false alarm are worth to somebody (Lavin and Ahmad 2015, table 1). */
export interface ScoringProfile {
  readonly truePositive: number;
  readonly falseNegative: number;
  readonly falsePositive: number;
}

export type ProfileName = 'standard' | 'reward_low_FP_rate' | 'reward_low_FN_rate';

/** The three profiles of the Numenta Anomaly Benchmark, version 1.1. */
export const PROFILES: Readonly<Record<ProfileName, ScoringProfile>> = {
  standard: { truePositive: 1, falseNegative: 1, falsePositive: 0.11 },
  reward_low_FP_rate: { truePositive: 1, falseNegative: 1, falsePositive: 0.22 },
  reward_low_FN_rate: { truePositive: 1, falseNegative: 2, falsePositive: 0.11 },
};

export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];
