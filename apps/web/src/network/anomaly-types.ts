export type Verdict = 'REAL' | 'NOT_REAL';

/** A strange value of a series or of a sensor, or a strange event, as the list shows it. */
export interface AnomalyRow {
  id: string;
  seriesId: string | null;
  series: { label: string; measure: string; frequency: string } | null;
  stream: { source: string; kind: string } | null;
  eventStream: { bizStep: string } | null;
  /** The event, or that with the reading of a sensor. */
  eventId: string | null;
  periodStart: string;
  windowStart: string;
  /** Exclusive. */
  windowEnd: string;
  value: number;
  expected: number | null;
  pValue: number | null;
  qValue: number | null;
  novelty: number | null;
  detector: string;
  explanation: string;
  asOfBlock: string;
  /** The voted parameters that judged; null for those that come with the program. */
  versionId: string | null;
  verdict: Verdict | null;
}

/** At what false discovery rate values are reported, and what people said that set it. */
export interface AnomalyLevel {
  level: number;
  labelsReal: number;
  labelsNotReal: number;
}
