/** One value of a series. */
export interface Observation {
  /** Start of the period or moment of the reading, milliseconds since the epoch. */
  readonly timeMs: number;
  /** NaN where nothing was observed. */
  readonly value: number;
}

/** What a detector makes of one value. */
export interface Surprise {
  /** 0 or more; larger is stranger. Comparable only with scores of the same detector on the same series. */
  readonly score: number;
  /** What the detector would have taken for usual, in units of the value; null where it knows no such value. */
  readonly expected: number | null;
}

/** Nothing to say: a missing value, or too little seen. */
export const SILENT: Surprise = { score: 0, expected: null };

export type DetectorName =
  | 'forecast-residual'
  | 'robust-seasonal'
  | 'windowed-gaussian'
  | 'level-shift'
  | 'spectral-residual'
  | 'subsequence'
  | 'isolation-forest';

/**
 * An online detector of one series. A score rests on the values given so far and nothing later; memory is bounded
 * whatever the length of the series. Values come in order of time.
 */
export interface Detector {
  observe(observation: Observation): Surprise;
}

/** What detectors are told about a series before its first value. */
export interface SeriesTraits {
  /** Length of the season that is looked for, in milliseconds: a day for readings, a week for daily totals. */
  readonly seasonMs: number;
  /** Equal parts of the season that are told apart. */
  readonly phases: number;
}

/** The part of the season that a moment falls into, 0 to `phases` - 1. */
export function phaseOf(timeMs: number, { seasonMs, phases }: SeriesTraits): number {
  const within = ((timeMs % seasonMs) + seasonMs) % seasonMs;
  return Math.min(phases - 1, Math.floor((within / seasonMs) * phases));
}
