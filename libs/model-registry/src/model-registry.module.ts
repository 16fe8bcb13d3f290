import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { FileArtifactStore } from './artifacts/artifact-store.js';
import { ModelSwitcher } from './switching/model-switcher.service.js';

/** Injection token of the process's ArtifactStore. */
export const ARTIFACT_STORE = Symbol('ARTIFACT_STORE');

/** Artifacts by hash, and the switch to what was voted. Needs CONFIG and a TypeORM DataSource. */
@Module({
  providers: [
    {
      provide: ARTIFACT_STORE,
      inject: [CONFIG],
      useFactory: (config: Config) => new FileArtifactStore(config.artifactDir),
    },
    ModelSwitcher,
  ],
  exports: [ARTIFACT_STORE, ModelSwitcher],
})
export class ModelRegistryModule {}
