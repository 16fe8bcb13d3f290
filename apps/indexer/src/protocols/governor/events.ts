import { factTable } from '../protocol.js';

export const proposalCreated = factTable('proposal_created', {
  proposal_id: 'text',
  proposer: 'text',
  targets: 'text[]',
  call_values: 'numeric[]',
  signatures: 'text[]',
  calldatas: 'text[]',
  vote_start: 'timestamptz',
  vote_end: 'timestamptz',
  description: 'text',
  description_hash: 'text',
});

export const proposalQueued = factTable('proposal_queued', { proposal_id: 'text', eta: 'timestamptz' });

export const proposalExecuted = factTable('proposal_executed', { proposal_id: 'text' });

export const proposalCanceled = factTable('proposal_canceled', { proposal_id: 'text' });

export const proposalExtended = factTable('proposal_extended', {
  proposal_id: 'text',
  extended_deadline: 'timestamptz',
});

export const voteCast = factTable('vote_cast', {
  proposal_id: 'text',
  voter: 'text',
  support: 'smallint',
  weight: 'numeric',
  reason: 'text',
  params: 'text',
});

/** A member's own tokens, voted beside what their delegate voted. */
export const overrideVoteCast = factTable('override_vote_cast', {
  proposal_id: 'text',
  voter: 'text',
  support: 'smallint',
  weight: 'numeric',
  reason: 'text',
});

/** What an override took from the vote that a delegate had already cast. */
export const voteReduced = factTable('vote_reduced', {
  proposal_id: 'text',
  delegate: 'text',
  support: 'smallint',
  weight: 'numeric',
});

export const proposalGuardianSet = factTable('proposal_guardian_set', {
  old_guardian: 'text',
  new_guardian: 'text',
});

/** Also written by the timelock, whose delay is one of the rules. */
export const governorParameterSet = factTable('governor_parameter_set', {
  name: 'text',
  old_value: 'numeric',
  new_value: 'numeric',
});
