export type { ArtifactStore, KeptFile } from './artifacts/artifact-store.js';
export { FileArtifactStore } from './artifacts/file-artifact-store.js';
export { openStores, type NamedStore } from './artifacts/open-stores.js';
export { ReplicatedStore, type StoreProblem } from './artifacts/replicated-store.js';
export { repairAll, survey, type ArtifactStanding, type KeptState } from './artifacts/survey.js';
export {
  ModelSwitcher,
  type ArtifactCheck,
  type SwitchOutcome,
  type WantedVersion,
} from './switching/model-switcher.service.js';
export { ShadowCandidates, type ShadowCandidate } from './shadow/shadow-candidates.service.js';
export { isFileFault, ModelRegistryError, type ModelRegistryErrorCode } from './model-registry.errors.js';
export { ARTIFACT_STORE, ModelRegistryModule } from './model-registry.module.js';
export * from './read/index.js';
