import { factTable } from '../protocol.js';

export const modelFamilyRegistered = factTable('model_family_registered', { family: 'text', name: 'text' });

export const modelVersionProposed = factTable('model_version_proposed', {
  family: 'text',
  version_id: 'text',
  proposer: 'text',
  artifact_sha256: 'text',
  report_sha256: 'text',
  data_root: 'text',
  data_block: 'numeric',
  uri: 'text',
});

export const modelVersionActivated = factTable('model_version_activated', {
  family: 'text',
  version_id: 'text',
  previous_version_id: 'text',
  artifact_sha256: 'text',
});

export const modelVersionRolledBack = factTable('model_version_rolled_back', {
  family: 'text',
  from_version_id: 'text',
  to_version_id: 'text',
  artifact_sha256: 'text',
  guardian: 'text',
});
