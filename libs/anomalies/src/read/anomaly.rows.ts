import type { DetectorName } from '../contract/detector.js';

/** What people say of a reported anomaly. */
export type AnomalyVerdict = 'REAL' | 'NOT_REAL';

/** A value of a series that stands out. */
export interface AnomalyRow {
  readonly id: string;
  readonly seriesId: string;
  readonly periodStart: Date;
  readonly value: number;
  readonly expected: number | null;
  readonly pValue: number;
  /** The false discovery rate at which it would just be reported. */
  readonly qValue: number;
  readonly detector: DetectorName;
  readonly explanation: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  /** SHA-256 of the detectors' parameters. */
  readonly modelVersion: string;
  /** Last indexed block when it was found. */
  readonly asOfBlock: string;
  readonly verdict: AnomalyVerdict | null;
}

/** Which anomalies; every given field must match. */
export interface AnomalyFilter {
  readonly seriesId?: string | null;
  readonly partner?: string | null;
  /** Up to this false discovery rate; without it the level in force. */
  readonly level?: number | null;
  readonly verdict?: AnomalyVerdict | null;
}

/** The false discovery rate that anomalies are reported at, and the labels that set it. */
export interface AnomalyLevelRow {
  readonly level: number;
  readonly labelsReal: number;
  readonly labelsNotReal: number;
  readonly setAt: Date | null;
}
