export {
  ModelReader,
  type ModelActivationRow,
  type ModelFamilyRow,
  type ModelRuntimeRow,
  type ModelVersionRow,
} from './model.reader.js';
export { ShadowStandingReader, type ShadowStandingRow } from './shadow-standing.reader.js';
export { ReportReader } from './report.reader.js';
export { VersionFiles, type VersionFile } from './version-files.service.js';
export { runningVersions, type RunningVersion } from './running-version.reader.js';
export { VotedFilesReader } from './voted-files.reader.js';
