export { faultOfContent, type SignedBallot } from './ballots/ballot.js';
export {
  BallotDesk,
  LATE_VOTE_GAS,
  MAX_BALLOT_GAS,
  type DeskLimits,
  type Intake,
  type RelayerStatus,
} from './ballots/ballot-desk.service.js';
export {
  BallotRepository,
  type BallotState,
  type OpenBallot,
  type RelayedBallot,
} from './ballots/ballot.repository.js';
export { BallotGovernor } from './ballots/governor.service.js';
export { type BallotRefusal, type BallotRefusalCode } from './ballots/refusal.js';
export { RelayerRepository, type RelayerSign } from './ballots/relayer.repository.js';
export { ProposalCalendar } from './calendar/proposal-calendar.service.js';
export { GovernanceError, type GovernanceErrorCode } from './governance.errors.js';
export { GovernanceModule } from './governance.module.js';
export { PROPOSAL_WEBHOOK, ProposalNotices } from './notices/proposal-notices.service.js';
export {
  proposalDescription,
  proposalTitle,
  withoutProposer,
  type ModelEvidence,
} from './proposal/description.js';
export { familyDraft, type FamilyProposal } from './proposal/family-draft.js';
export { hashProposal, type ProposalCalls } from './proposal/hash-proposal.js';
export { activateCalldata, proposedActivations, type ProposedActivation } from './proposal/model-change.js';
export { proposalDraft, type ModelProposal, type ProposalDraft } from './proposal/proposal-draft.js';
export {
  AccountReader,
  type AccountStanding,
  type Delegator,
  type DelegatorSort,
  type PowerChange,
  type PowerSort,
  type TimeRange,
} from './read/account-reader.js';
export {
  DelegateReader,
  type Delegate,
  type DelegateFilter,
  type DelegateSort,
  type Participation,
} from './read/delegate-reader.js';
export { type PageRequest } from './read/keyset.js';
export {
  LifecycleReader,
  type Moment,
  type ProposalStep,
  type TimelockOperation,
} from './read/lifecycle-reader.js';
export { type ProposalFilter, type ProposalSort } from './read/proposal-list.js';
export { ProposalReader, type ModelChange } from './read/proposal-reader.js';
export { type Proposal, type ProposalState } from './read/proposal-row.js';
export { VoteReader, type VoteFilter, type VoteSort } from './read/vote-reader.js';
export { type Vote } from './read/vote-row.js';
export { VotingReader, type GovernanceParameters } from './read/voting-reader.js';
