export {
  SeriesReader,
  type ObservationRange,
  type ObservationRow,
  type SeriesFilter,
  type SeriesFrequency,
  type SeriesGrain,
  type SeriesMeasure,
  type SeriesRow,
} from './series.reader.js';
export {
  ShadowReader,
  type BesideRow,
  type ShadowComparisonRow,
  type ShadowRecordRow,
} from './shadow.reader.js';
export {
  TrackRecordReader,
  type TrackRecord,
  type TrackRecordFigures,
  type TrackRecordFilter,
  type TrackRecordGrain,
  type TrackRecordPeriod,
} from './track-record.reader.js';
export { ForecastReader } from './forecast.reader.js';
export { ForecastStepReader, type ForecastStepFilter, type ForecastStepRow } from './forecast-step.reader.js';
export type {
  CommitmentRow,
  ForecastPointRow,
  ForecastRunRow,
  PointScoreRow,
  QuantileRow,
  RunScoreRow,
  VersionRecordRow,
  SeriesForecastRow,
} from './forecast.rows.js';
