import type { DetectorName } from '../contract/detector.js';

/** What people say of a reported anomaly. */
export type AnomalyVerdict = 'REAL' | 'NOT_REAL';

/** What an anomaly is of: a period of a series, readings of a sensor, or an event. */
export type AnomalySource = 'SERIES' | 'READINGS' | 'EVENTS';

/** A value of a series, readings of a sensor, or an event, that stand out. */
export interface AnomalyRow {
  readonly id: string;
  /** Null where no period of a series stands out. */
  readonly seriesId: string | null;
  /** Null where no readings stand out. */
  readonly streamId: string | null;
  /** Null where no event stands out. */
  readonly eventStreamId: string | null;
  /** The event, or that with the reading; null for a series. */
  readonly eventId: string | null;
  /** The period of a series, or the time of the reading or the event. */
  readonly periodStart: Date;
  /** Of an event, the feature that its explanation names first. */
  readonly value: number;
  readonly expected: number | null;
  /** Null for readings. */
  readonly pValue: number | null;
  /** The false discovery rate at which it would just be reported; null for readings. */
  readonly qValue: number | null;
  /** How far readings are from every stretch before, in multiples of a usual distance; null for a series or an event. */
  readonly novelty: number | null;
  readonly detector: DetectorName | 'novelty';
  readonly explanation: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  /** SHA-256 of the parameter file by which it was judged. */
  readonly modelVersion: string;
  /** Last indexed block when it was found. */
  readonly asOfBlock: string;
  readonly verdict: AnomalyVerdict | null;
}

/** The voted version that a parameter file is. */
export interface AnomalyVersionRow {
  /** SHA-256 of the file, as rows name it. */
  readonly modelVersion: string;
  readonly versionId: string;
  /** The first proposal that put it in force; null for one set up before governance. */
  readonly proposalId: string | null;
}

/** Which anomalies; every given field must match. */
export interface AnomalyFilter {
  readonly seriesId?: string | null;
  readonly streamId?: string | null;
  readonly source?: AnomalySource | null;
  readonly partner?: string | null;
  /** Series and events up to this false discovery rate; without it the level in force. Readings have none. */
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

/** Readings that go on from each other: one quantity of one sensor, or of one place. */
export interface ReadingStreamRow {
  readonly id: string;
  readonly partner: string;
  /** URI of the sensor, or of the place where it has no name. */
  readonly source: string;
  readonly sourceIsDevice: boolean;
  readonly kind: string;
  readonly component: string | null;
  readonly substance: string | null;
  /** Unit by UN/CEFACT Recommendation 20. */
  readonly uom: string | null;
  readonly readings: string;
  /** Readings that came after a later one was taken; they are not judged. */
  readonly late: string;
  readonly lastTime: Date;
}

/** Events that are held against each other: one step of one sender. */
export interface EventStreamRow {
  readonly id: string;
  readonly partner: string;
  /** As EPCIS names it; '' where none is told. */
  readonly bizStep: string;
  /** Events that were taken. */
  readonly events: string;
}
