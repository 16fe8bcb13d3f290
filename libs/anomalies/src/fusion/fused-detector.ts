import type { Random } from '@tallyhouse/compute';
import { TailCalibrator } from '../calibration/tail-calibrator.js';
import {
  SILENT,
  type Detector,
  type DetectorName,
  type Observation,
  type SeriesTraits,
} from '../contract/detector.js';
import { createDetector, DETECTOR_NAMES } from '../detectors/create-detectors.js';
import { FUSION, SCORE_OFFSET, type FusionConfig } from './fusion-config.js';
import { RunningMaximum } from './running-maximum.js';

/** What one detector said of a value. */
export interface DetectorVoice {
  readonly detector: DetectorName;
  /** Probability of a score this large, by the detector's own scores so far. */
  readonly pValue: number;
  readonly expected: number | null;
}

/** What all detectors together make of one value. */
export interface Judgement {
  /** Larger is stranger; above 0. */
  readonly score: number;
  /** The score where it is the largest for a while, else 0: one alarm for one event. */
  readonly alarm: number;
  /** Probability of a fused score this large, by the fused scores so far. */
  readonly pValue: number;
  /** The voices, the most surprised first. */
  readonly voices: readonly DetectorVoice[];
}

interface Member {
  readonly name: DetectorName;
  readonly weight: number;
  readonly detector: Detector;
  readonly calibrator: TailCalibrator;
}

const SMALLEST_P = 1e-300;
const LENGTH_UNIT = 1000;
const FUSED_MEMORY = 5000;

/**
 * Joins detectors by the weighted sum of the decimal orders of their p-values (Lipták's weights on Fisher's statistic), and
 * holds the sum against its own past, so the p-value needs no independence between detectors. Online, bounded state.
 */
export class FusedDetector {
  private readonly members: readonly Member[];
  private readonly fused = new TailCalibrator(FUSED_MEMORY);
  private readonly recent = new RunningMaximum();
  private count = 0;

  constructor(
    traits: SeriesTraits,
    random: Random,
    private readonly config: FusionConfig = FUSION,
  ) {
    const total = Object.values(config.weights).reduce((sum, weight) => sum + weight, 0);
    this.members = DETECTOR_NAMES.filter((name) => (config.weights[name] ?? 0) > 0).map((name) => ({
      name,
      weight: config.weights[name]! / total,
      detector: createDetector(name, traits, random.fork(DETECTOR_NAMES.indexOf(name))),
      calibrator: new TailCalibrator(),
    }));
  }

  observe(observation: Observation): Judgement {
    this.count += 1;
    let orders = 0;
    const voices = this.members.map(({ name, weight, detector, calibrator }): DetectorVoice => {
      const surprise = detector.observe(observation);
      const { score, expected } = surprise;
      // A detector that has nothing to say yet must not make its first words look rare.
      const pValue = surprise === SILENT ? 1 : calibrator.observe(score);
      orders += weight * Math.min(this.config.cap, -Math.log10(Math.max(SMALLEST_P, pValue)));
      return { detector: name, pValue, expected };
    });
    const penalty = this.config.lengthPenalty * Math.log10(this.count / LENGTH_UNIT);
    const score = Math.max(0, orders - penalty + SCORE_OFFSET);
    const quiet = this.config.quietValues + this.config.quietShare * this.count;
    return {
      score,
      alarm: this.recent.exceeds(score, quiet) ? score : 0,
      pValue: voices.every(({ pValue }) => pValue === 1) ? 1 : this.fused.observe(orders),
      voices: voices.sort((a, b) => a.pValue - b.pValue),
    };
  }
}
