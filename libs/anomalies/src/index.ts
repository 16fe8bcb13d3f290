export * from './anomalies.errors.js';
export type { Detector, DetectorName, Observation, SeriesTraits, Surprise } from './contract/detector.js';
export { createDetector, DETECTOR_NAMES } from './detectors/create-detectors.js';
export { FusedDetector, type DetectorVoice, type Judgement } from './fusion/fused-detector.js';
export { NoveltyDetector } from './novelty/novelty-detector.js';
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
export { KEPT_LEVEL } from './scan/close-pass.repository.js';
export { SCAN_SLICE, type ScanPass, type ScanSlice } from './scan/scan-pass.js';
export type { PeriodSeries } from './scan/judge-series.js';
export { PERIOD_TRAITS } from './scan/period-traits.js';
export {
  ANOMALY_FAMILY,
  AnomalyParameterSet,
  SHIPPED_EVENT_PARAMETERS,
  SHIPPED_PARAMETERS,
  type EventParameters,
  type ReadingParameters,
  type SeriesParameters,
} from './parameters/parameter-set.js';
export { parseParameters, readParameters } from './parameters/read-parameters.js';
export { PARAMETER_FIELDS, parameterLines, type ParameterLine } from './parameters/parameter-fields.js';
export {
  learnsAnew,
  learnsEventsAnew,
  parameterChanges,
  type ParameterChange,
} from './parameters/parameter-change.js';
export {
  fileFigures,
  type AlarmFigures,
  type FileFigures,
  type LabelledFile,
} from './evaluation/file-figures.js';
export { Rescan } from './evaluation/rescan.js';
export {
  labelledAlarms,
  labelledEvents,
  labelledSeriesPeriods,
  type LabelledEvent,
} from './labels/labelled.reader.js';
export { AnomalyReader } from './read/anomaly.reader.js';
export type {
  AnomalyFilter,
  AnomalyLevelRow,
  AnomalyRow,
  AnomalySource,
  AnomalyVerdict,
  AnomalyVersionRow,
  EventStreamRow,
  ReadingStreamRow,
} from './read/anomaly.rows.js';
export { StreamWatch, type TakenReading } from './readings/stream-watch.js';
export { ReadingWatchService } from './readings/reading-watch.service.js';
export { AnomalyLabelService, type AnomalyLabel } from './labels/anomaly-label.service.js';
export type { CapturedEvent } from './events/captured-event.js';
export { EventWatch, type EventAlarm } from './events/event-watch.js';
export { EventWatchService } from './events/event-watch.service.js';
export { replayEventStream } from './events/event-replay.repository.js';
export { eventWords } from './events/event-words.js';
