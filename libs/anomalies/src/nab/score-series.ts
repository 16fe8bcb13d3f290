import type { Random } from '@tallyhouse/compute';
import { TailCalibrator } from '../calibration/tail-calibrator.js';
import type { DetectorName, SeriesTraits } from '../contract/detector.js';
import { createDetector, DETECTOR_NAMES } from '../detectors/create-detectors.js';
import { FusedDetector } from '../fusion/fused-detector.js';
import { NoveltyDetector } from '../novelty/novelty-detector.js';
import type { TimedSeries } from './read-corpus.js';
import { probationRows } from './row-worth.js';

export type ScoredBy = DetectorName | 'fused' | 'novelty';

/** Readings of the benchmark come every few minutes: the season is a day of 24 parts. */
export const READING_TRAITS: SeriesTraits = { seasonMs: 86_400_000, phases: 24 };

/**
 * Scores every row of a file: by novelty, by each detector alone (decimal orders of its p-value) and by all of these
 * together (the alarm). Rows go in one at a time, in order, so no score knows a later row; how many rows the benchmark
 * leaves for learning is told before the first, as it tells every detector.
 */
export function scoreSeries(
  { timesMs, values }: TimedSeries,
  random: Random,
  traits: SeriesTraits = READING_TRAITS,
): Readonly<Record<ScoredBy, Float64Array>> {
  const fused = new FusedDetector(traits, random);
  const novelty = new NoveltyDetector(probationRows(values.length));
  const scored: Partial<Record<ScoredBy, Float64Array>> = {
    novelty: values.map((value) => novelty.observe(value)),
    fused: Float64Array.from(values, (value, row) => fused.observe({ timeMs: timesMs[row]!, value }).alarm),
  };
  for (const name of DETECTOR_NAMES) {
    const detector = createDetector(name, traits, random.fork(DETECTOR_NAMES.indexOf(name)));
    const calibrator = new TailCalibrator();
    scored[name] = Float64Array.from(values, (value, row) => {
      const { score } = detector.observe({ timeMs: timesMs[row]!, value });
      return -Math.log10(Math.max(1e-300, calibrator.observe(score)));
    });
  }
  return scored as Record<ScoredBy, Float64Array>;
}
