import { modelRegistryAbi } from '@tallyhouse/chain';
import { address } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import {
  modelFamilyRegistered,
  modelVersionActivated,
  modelVersionProposed,
  modelVersionRolledBack,
} from './events.js';

export const modelRegistryProtocol: Protocol = {
  name: 'model-registry',
  contract: 'ModelRegistry',
  writers: [
    writer(modelRegistryAbi, 'FamilyRegistered', modelFamilyRegistered, ({ family, name }) => ({
      family,
      name,
    })),
    writer(modelRegistryAbi, 'VersionProposed', modelVersionProposed, (event) => ({
      family: event.family,
      version_id: event.versionId,
      proposer: address(event.proposer),
      artifact_sha256: event.artifactSha256,
      report_sha256: event.reportSha256,
      data_root: event.dataRoot,
      data_block: event.dataBlock,
      uri: event.uri,
    })),
    writer(modelRegistryAbi, 'VersionActivated', modelVersionActivated, (event) => ({
      family: event.family,
      version_id: event.versionId,
      previous_version_id: event.previousVersionId,
      artifact_sha256: event.artifactSha256,
    })),
    writer(modelRegistryAbi, 'VersionRolledBack', modelVersionRolledBack, (event) => ({
      family: event.family,
      from_version_id: event.fromVersionId,
      to_version_id: event.toVersionId,
      artifact_sha256: event.artifactSha256,
      guardian: address(event.guardian),
    })),
  ],
};
