import type { Random } from '@tallyhouse/compute';
import type { Detector, DetectorName, SeriesTraits } from '../contract/detector.js';
import { ForecastResidual } from './forecast-residual.js';
import { IsolationForest } from './isolation-forest.js';
import { LevelShift } from './level-shift.js';
import { RobustSeasonal } from './robust-seasonal.js';
import { SpectralResidual } from './spectral-residual.js';
import { Subsequence } from './subsequence.js';
import { WindowedGaussian } from './windowed-gaussian.js';

/** Every detector by name; a new one is a file beside these and a line here. */
const MAKERS: Readonly<Record<DetectorName, (traits: SeriesTraits, random: Random) => Detector>> = {
  'forecast-residual': (traits) => new ForecastResidual(traits),
  'robust-seasonal': (traits) => new RobustSeasonal(traits),
  'windowed-gaussian': () => new WindowedGaussian(),
  'level-shift': () => new LevelShift(),
  'spectral-residual': () => new SpectralResidual(),
  subsequence: () => new Subsequence(),
  'isolation-forest': (traits, random) => new IsolationForest(traits, random),
};

export const DETECTOR_NAMES = Object.keys(MAKERS) as readonly DetectorName[];

/** A new detector for one series. */
export function createDetector(name: DetectorName, traits: SeriesTraits, random: Random): Detector {
  return MAKERS[name](traits, random);
}
