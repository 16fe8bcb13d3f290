import type { SeriesTraits } from '../contract/detector.js';
import type { PeriodSeries } from './judge-series.js';

/** Series that are read and judged at once; the digest of a scan rests on where its slices end. */
export const SCAN_SLICE = 500;

/** What is looked through: series of one measure and frequency, as they are known now. */
export interface ScanSubject {
  readonly measure: string;
  readonly frequency: string;
}

/** What the series of a scan are read from; a scan of the same basis by the same version is not made again. */
export interface ScanBasis {
  /** As text: a bigint that grows whenever an observation changes. */
  readonly observationSeq: string;
  /** Number of the first period that is not complete. */
  readonly end: number;
  readonly asOf: Date;
}

/** A scan under way. */
export interface ScanPass extends ScanSubject, ScanBasis {
  /** The last series that was looked at; '' before the first. */
  readonly lastSeries: string;
  /** SHA-256 of the slices that were looked at. */
  readonly dataSha256: string;
}

/** The next series of a scan. */
export interface ScanSlice {
  readonly traits: SeriesTraits;
  readonly series: readonly PeriodSeries[];
  /** The last series that belongs to the slice, whether or not there was anything to look at. */
  readonly lastSeries: string;
  /** SHA-256 of the slices up to this one. */
  readonly dataSha256: string;
}
