export * from './anomalies.errors.js';
export type { Detector, DetectorName, Observation, SeriesTraits, Surprise } from './contract/detector.js';
export { createDetector, DETECTOR_NAMES } from './detectors/create-detectors.js';
export { FusedDetector, type DetectorVoice, type Judgement } from './fusion/fused-detector.js';
export { NoveltyDetector } from './novelty/novelty-detector.js';
export { FUSION, type FusionConfig } from './fusion/fusion-config.js';
export { qValues } from './control/benjamini-hochberg.js';
export { adaptedLevel, DEFAULT_LEVEL, type LabelCounts } from './control/adapted-level.js';
export { PROFILE_NAMES, PROFILES, type ProfileName, type ScoringProfile } from './nab/profiles.js';
export { scoreAtBestThreshold, scoreCorpus, type CorpusScore, type ScoredFile } from './nab/corpus-score.js';
export {
  readSeriesFile,
  readWindowLabels,
  windowsOfRows,
  type TimedSeries,
  type WindowLabels,
} from './nab/read-corpus.js';
export { scoreSeries, type ScoredBy } from './nab/score-series.js';
export { AnomaliesModule } from './anomalies.module.js';
export { AnomalyScanService } from './scan/anomaly-scan.service.js';
export type { ScanPass, ScanSlice } from './scan/scan-pass.js';
export type { PeriodSeries } from './scan/judge-series.js';
export { AnomalyReader } from './read/anomaly.reader.js';
export type {
  AnomalyFilter,
  AnomalyLevelRow,
  AnomalyRow,
  AnomalySource,
  AnomalyVerdict,
  ReadingStreamRow,
} from './read/anomaly.rows.js';
export { StreamWatch, type TakenReading } from './readings/stream-watch.js';
export { ReadingWatchService } from './readings/reading-watch.service.js';
export { AnomalyLabelService, type AnomalyLabel } from './labels/anomaly-label.service.js';
