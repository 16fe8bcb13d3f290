/** Why a ballot is not relayed. Whatever the reason, the voter may still send the vote as a transaction. */
export type BallotRefusalCode =
  | 'MALFORMED'
  | 'RELAYER_OFF'
  | 'RELAYER_DOWN'
  | 'TOO_MANY_ATTEMPTS'
  | 'TOO_MANY_BALLOTS'
  | 'BALLOT_ON_ITS_WAY'
  | 'NONCE_USED'
  | 'NONCE_AHEAD'
  | 'SIGNATURE_INVALID'
  | 'ALREADY_VOTED'
  | 'VOTE_NOT_OPEN'
  | 'PROPOSAL_UNKNOWN'
  | 'NO_VOTES'
  | 'CONTRACT_REFUSES'
  | 'GAS_TOO_HIGH'
  | 'BUDGET_SPENT'
  | 'RELAYER_POOR'
  | 'CHAIN_UNREACHABLE';

/** A refusal, with what to do in its message. */
export interface BallotRefusal {
  readonly code: BallotRefusalCode;
  readonly message: string;
  /** Seconds after which it may be otherwise; null when waiting changes nothing. */
  readonly retryAfterS: number | null;
}

export function refused(
  code: BallotRefusalCode,
  message: string,
  retryAfterS: number | null = null,
): BallotRefusal {
  return { code, message, retryAfterS };
}

/** The governor's own refusals in plain words, by the name of its error; any other is told by that name. */
export function refusedByContract(errorName: string): BallotRefusal {
  const known = CONTRACT[errorName];
  return known
    ? refused(...known)
    : refused('CONTRACT_REFUSES', `the governor refuses the ballot: ${errorName}`);
}

const CONTRACT: Readonly<Record<string, readonly [BallotRefusalCode, string]>> = {
  GovernorInvalidSignature: [
    'SIGNATURE_INVALID',
    'signature: it is not of the voter over these fields and this nonce; sign again what ballotToSign gives',
  ],
  GovernorAlreadyCastVote: ['ALREADY_VOTED', 'voter: this account has already voted on this proposal'],
  GovernorAlreadyOverriddenVote: [
    'ALREADY_VOTED',
    'voter: this account has already voted over the head of its delegate on this proposal',
  ],
  GovernorUnexpectedProposalState: ['VOTE_NOT_OPEN', 'proposalId: its vote is not open; see its lifecycle'],
  GovernorNonexistentProposal: ['PROPOSAL_UNKNOWN', 'proposalId: the governor has no such proposal'],
};
