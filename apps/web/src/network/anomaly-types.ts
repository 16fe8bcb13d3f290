export type Verdict = 'REAL' | 'NOT_REAL';

/** A strange value of a series, as the list shows it. */
export interface AnomalyRow {
  id: string;
  seriesId: string;
  series: { label: string; measure: string; frequency: string } | null;
  periodStart: string;
  windowStart: string;
  /** Exclusive. */
  windowEnd: string;
  value: number;
  expected: number | null;
  pValue: number;
  qValue: number;
  detector: string;
  explanation: string;
  asOfBlock: string;
  verdict: Verdict | null;
}

/** At what false discovery rate values are reported, and what people said that set it. */
export interface AnomalyLevel {
  level: number;
  labelsReal: number;
  labelsNotReal: number;
}
