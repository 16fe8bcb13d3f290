import { canonicalJson, sha256Hex, type Hex } from '@tallyhouse/proofs';
import type { DetectorName } from '../contract/detector.js';

/** Format of parameters as a file, and their family in the ModelRegistry. */
export const PARAMETERS_FORMAT = 'tallyhouse.anomaly-parameters/1';
export const ANOMALY_FAMILY = 'anomaly';

/** How series of whole periods are judged. */
export interface SeriesParameters {
  /** Share of each detector in the fused score; only their ratios count, and 0 leaves one out. */
  readonly weights: Readonly<Record<DetectorName, number>>;
  /** No detector may say more than this, in decimal orders of its p-value: one that is sure must not outvote all. */
  readonly capOrders: number;
  /** Periods before the first that is judged: detectors and their tails must have something to stand on. */
  readonly minimumHistory: number;
  /** A value is a candidate up to this probability; which candidates are reported the rate of false discoveries says. */
  readonly candidatePValue: number;
}

/** How streams of readings are judged. */
export interface ReadingParameters {
  /** Readings of a stream in which nothing is judged; a 104th of them, rounded down, come to a value. */
  readonly learningReadings: number;
  /** Multiples of a usual distance from which on a stretch is told of. */
  readonly alarmNovelty: number;
  /** An alarm that comes within so many readings of the one before is of the same event. */
  readonly quietReadings: number;
}

/** How captured events are judged. */
export interface EventParameters {
  /** Events of a stream that are learned from before the first is judged. */
  readonly learningEvents: number;
  /** The last events, of which a forest is grown. */
  readonly memory: number;
  /** Events of a stream that are held against each other. */
  readonly window: number;
  /** Standard errors by which the tail of a stream's scores is taken to be heavier than the fitted one. */
  readonly tailCaution: number;
}

/** The parameters of the detectors: one file for series, readings and events, with one hash that is voted. */
export class AnomalyParameterSet {
  public constructor(
    public readonly series: SeriesParameters,
    public readonly readings: ReadingParameters,
    /** Without it events are judged by the numbers of the program: files from before they were voted on keep their hash. */
    public readonly events?: EventParameters,
  ) {}

  /** How events are judged, by the file or by the program. */
  public get eventsInForce(): EventParameters {
    return this.events ?? SHIPPED_EVENT_PARAMETERS;
  }

  /** As a file: canonical JSON (RFC 8785) in UTF-8. */
  public toBytes(): Uint8Array {
    const { weights, ...series } = this.series;
    return new TextEncoder().encode(
      canonicalJson({
        format: PARAMETERS_FORMAT,
        series: { ...series, weights: { ...weights } },
        readings: { ...this.readings },
        ...(this.events ? { events: { ...this.events } } : {}),
      }),
    );
  }

  /** SHA-256 of the file: what rows name, and what is voted on chain. */
  public get version(): Hex {
    return sha256Hex(this.toBytes());
  }
}

/** How events are judged where no file says it; chosen as `experiments/anomaly-events` says. */
export const SHIPPED_EVENT_PARAMETERS: EventParameters = {
  ...{ learningEvents: 250, memory: 512, window: 1_000, tailCaution: 0.5 },
};

/** What every Tallyhouse begins with; chosen as `experiments/anomaly-nab` and `experiments/anomaly-readings` say. */
export const SHIPPED_PARAMETERS = new AnomalyParameterSet(
  {
    weights: {
      'forecast-residual': 0.31,
      'isolation-forest': 0.12,
      'level-shift': 0.13,
      'robust-seasonal': 0.36,
      'spectral-residual': 0,
      subsequence: 0.07,
      'windowed-gaussian': 0,
    },
    capOrders: 30,
    minimumHistory: 60,
    candidatePValue: 0.05,
  },
  // Of quiet streams of six kinds, 0 to 0.43 of 10,000 readings are alarms.
  { learningReadings: 520, alarmNovelty: 2, quietReadings: 120 },
);
