import { tallyGovernorAbi } from '@tallyhouse/chain';
import { keccak256, type Hex } from 'viem';
import { address, time } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import {
  governorParameterSet,
  overrideVoteCast,
  proposalCanceled,
  proposalCreated,
  proposalExecuted,
  proposalExtended,
  proposalGuardianSet,
  proposalQueued,
  voteCast,
  voteReduced,
} from './events.js';

export const governorProtocol: Protocol = {
  name: 'governor',
  contract: 'TallyGovernor',
  writers: [
    writer(tallyGovernorAbi, 'ProposalCreated', proposalCreated, (event, bytes) => ({
      proposal_id: String(event.proposalId),
      proposer: address(event.proposer),
      targets: event.targets.map(address),
      call_values: event.values,
      signatures: event.signatures,
      calldatas: event.calldatas,
      vote_start: time(event.voteStart),
      vote_end: time(event.voteEnd),
      description: event.description,
      // Of the bytes on the chain: the text kept may be cut, and execution needs the true hash.
      description_hash: keccak256(bytes['description'] as Hex),
    })),
    writer(tallyGovernorAbi, 'ProposalQueued', proposalQueued, (event) => ({
      proposal_id: String(event.proposalId),
      eta: time(event.etaSeconds),
    })),
    writer(tallyGovernorAbi, 'ProposalExecuted', proposalExecuted, (event) => ({
      proposal_id: String(event.proposalId),
    })),
    writer(tallyGovernorAbi, 'ProposalCanceled', proposalCanceled, (event) => ({
      proposal_id: String(event.proposalId),
    })),
    writer(tallyGovernorAbi, 'ProposalExtended', proposalExtended, (event) => ({
      proposal_id: String(event.proposalId),
      extended_deadline: time(event.extendedDeadline),
    })),
    writer(tallyGovernorAbi, 'VoteCast', voteCast, (event) => ({ ...ballotRow(event), params: null })),
    writer(tallyGovernorAbi, 'VoteCastWithParams', voteCast, (event) => ({
      ...ballotRow(event),
      params: event.params,
    })),
    writer(tallyGovernorAbi, 'OverrideVoteCast', overrideVoteCast, (event) => ballotRow(event)),
    writer(tallyGovernorAbi, 'VoteReduced', voteReduced, ({ proposalId, delegate, support, weight }) => ({
      ...{ proposal_id: String(proposalId), delegate: address(delegate), support, weight },
    })),
    writer(tallyGovernorAbi, 'ProposalGuardianSet', proposalGuardianSet, (event) => ({
      old_guardian: address(event.oldProposalGuardian),
      new_guardian: address(event.newProposalGuardian),
    })),
    writer(tallyGovernorAbi, 'VotingDelaySet', governorParameterSet, (event) =>
      parameterRow('votingDelay', event.oldVotingDelay, event.newVotingDelay),
    ),
    writer(tallyGovernorAbi, 'VotingPeriodSet', governorParameterSet, (event) =>
      parameterRow('votingPeriod', event.oldVotingPeriod, event.newVotingPeriod),
    ),
    writer(tallyGovernorAbi, 'ProposalThresholdSet', governorParameterSet, (event) =>
      parameterRow('proposalThreshold', event.oldProposalThreshold, event.newProposalThreshold),
    ),
    writer(tallyGovernorAbi, 'QuorumNumeratorUpdated', governorParameterSet, (event) =>
      parameterRow('quorumNumerator', event.oldQuorumNumerator, event.newQuorumNumerator),
    ),
    writer(tallyGovernorAbi, 'LateQuorumVoteExtensionSet', governorParameterSet, (event) =>
      parameterRow('lateQuorumVoteExtension', event.oldVoteExtension, event.newVoteExtension),
    ),
  ],
};

interface Vote {
  readonly proposalId: bigint;
  readonly voter: string;
  readonly support: number;
  readonly weight: bigint;
  readonly reason: string;
}

function ballotRow({ proposalId, voter, support, weight, reason }: Vote) {
  return { proposal_id: String(proposalId), voter: address(voter), support, weight, reason };
}

function parameterRow(name: string, oldValue: bigint, newValue: bigint) {
  return { name, old_value: oldValue, new_value: newValue };
}
