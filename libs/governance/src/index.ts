export { GovernanceError, type GovernanceErrorCode } from './governance.errors.js';
export { GovernanceModule } from './governance.module.js';
export {
  proposalDescription,
  proposalTitle,
  withoutProposer,
  type ModelEvidence,
} from './proposal/description.js';
export { hashProposal, type ProposalCalls } from './proposal/hash-proposal.js';
export { activateCalldata, proposedActivations, type ProposedActivation } from './proposal/model-change.js';
export { proposalDraft, type ModelProposal, type ProposalDraft } from './proposal/proposal-draft.js';
export { ProposalReader, type ModelChange, type PageRequest } from './read/proposal-reader.js';
export { type Proposal, type ProposalState, type Vote } from './read/proposal-row.js';
export { VotingReader, type Delegate, type GovernanceParameters } from './read/voting-reader.js';
