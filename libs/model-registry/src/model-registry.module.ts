import { Module } from '@nestjs/common';
import { CONFIG, createLogger, type Config } from '@tallyhouse/config';
import type { ArtifactStore } from './artifacts/artifact-store.js';
import { openStores } from './artifacts/open-stores.js';
import { ReplicatedStore } from './artifacts/replicated-store.js';
import { ShadowCandidates } from './shadow/shadow-candidates.service.js';
import { ModelSwitcher } from './switching/model-switcher.service.js';

/** Injection token of the process's ArtifactStore. */
export const ARTIFACT_STORE = Symbol('ARTIFACT_STORE');

/** Artifacts by hash, and the switch to what was voted. Needs CONFIG and a TypeORM DataSource. */
@Module({
  providers: [
    {
      provide: ARTIFACT_STORE,
      inject: [CONFIG],
      useFactory: openStore,
    },
    ModelSwitcher,
    ShadowCandidates,
  ],
  exports: [ARTIFACT_STORE, ModelSwitcher, ShadowCandidates],
})
export class ModelRegistryModule {}

function openStore(config: Config): ArtifactStore {
  const logger = createLogger(config, 'artifacts');
  const stores = openStores(config.artifacts, config.artifactDir);
  return new ReplicatedStore(stores, config.artifacts.writeQuorum, (problem) =>
    logger.warn({ event: 'artifact-store', ...problem, next: './tallyhouse artifacts check' }),
  );
}
