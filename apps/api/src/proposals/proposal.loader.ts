import type { ModelChange, Proposal, ProposalReader } from '@tallyhouse/governance';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../shared/relay/loading.js';

/** Reads proposals and how they belong to versions, once a request. */
export function proposalLoaders(proposals: ProposalReader, options: LoaderOptions) {
  return {
    proposal: new DataLoader<string, Proposal | null>((ids) => proposals.getMany(ids), options),
    modelChange: new DataLoader<string, ModelChange | null>((ids) => proposals.modelChanges(ids), options),
    proposalOfVersion: new DataLoader<string, string | null>(
      (versionIds) => proposals.proposalsOfVersions(versionIds),
      options,
    ),
  };
}
