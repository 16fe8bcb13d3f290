import type {
  DelegateReader,
  LifecycleReader,
  ModelChange,
  Proposal,
  ProposalReader,
} from '@tallyhouse/governance';
import DataLoader from 'dataloader';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

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

/** Reads what became of proposals, and how often accounts voted, once a request. */
export function lifecycleLoaders(
  lifecycles: LifecycleReader,
  delegates: DelegateReader,
  options: LoaderOptions,
) {
  const proposalIdOf = ({ proposalId }: { readonly proposalId: string }): string => proposalId;
  return {
    proposalSteps: manyByKey((ids) => lifecycles.steps(ids), proposalIdOf, options),
    timelockOperation: oneByKey((ids) => lifecycles.operations(ids), proposalIdOf, options),
    supplyAtSnapshot: oneByKey((ids) => lifecycles.supplies(ids), proposalIdOf, options),
    participation: oneByKey(
      (addresses) => delegates.participation(addresses),
      ({ address }) => address,
      options,
    ),
  };
}
