import type { Address, Hex, TypedDataDefinition } from 'viem';

/** Which of the governor's signed ballots: a plain one, one with reason or params, or one over a delegate's head. */
export type BallotKind = 'PLAIN' | 'REASONED' | 'OVERRIDE';

/** A ballot as its voter signs it. */
export interface BallotToSign {
  readonly kind: BallotKind;
  readonly proposalId: bigint;
  /** 0 against, 1 for, 2 abstain. */
  readonly support: number;
  readonly voter: Address;
  /** The governor's next nonce of the voter. */
  readonly nonce: bigint;
  /** Of a plain ballot always empty. */
  readonly reason: string;
  /** Of a reasoned ballot only; `0x` for none. */
  readonly params: Hex;
}

const VOTE = [
  { name: 'proposalId', type: 'uint256' },
  { name: 'support', type: 'uint8' },
  { name: 'voter', type: 'address' },
  { name: 'nonce', type: 'uint256' },
] as const;
const REASON = { name: 'reason', type: 'string' } as const;
const PARAMS = { name: 'params', type: 'bytes' } as const;

/**
 * What a voter signs (EIP-712) so that anybody may bring the ballot to TallyGovernor: `castVoteBySig`,
 * `castVoteWithReasonAndParamsBySig` or `castOverrideVoteBySig`.
 *
 * @example await account.signTypedData(ballotTypedData(1, governor, ballot))
 */
export function ballotTypedData(
  chainId: number,
  verifyingContract: Address,
  { kind, proposalId, support, voter, nonce, reason, params }: BallotToSign,
): TypedDataDefinition {
  const domain = { name: 'TallyGovernor', version: '1', chainId, verifyingContract };
  const vote = { proposalId, support, voter, nonce };
  if (kind === 'PLAIN') return { domain, types: { Ballot: VOTE }, primaryType: 'Ballot', message: vote };
  if (kind === 'OVERRIDE') {
    const types = { OverrideBallot: [...VOTE, REASON] };
    return { domain, types, primaryType: 'OverrideBallot', message: { ...vote, reason } };
  }
  const types = { ExtendedBallot: [...VOTE, REASON, PARAMS] };
  return { domain, types, primaryType: 'ExtendedBallot', message: { ...vote, reason, params } };
}
