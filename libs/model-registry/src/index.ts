export { FileArtifactStore, type ArtifactStore, type KeptFile } from './artifacts/artifact-store.js';
export {
  ModelSwitcher,
  type ArtifactCheck,
  type SwitchOutcome,
  type WantedVersion,
} from './switching/model-switcher.service.js';
export { ModelRegistryError, type ModelRegistryErrorCode } from './model-registry.errors.js';
export { ARTIFACT_STORE, ModelRegistryModule } from './model-registry.module.js';
export * from './read/index.js';
