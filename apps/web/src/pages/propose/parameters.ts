/** A rule that members may change by a vote, and the call that changes it. */
export interface Parameter {
  key: string;
  name: string;
  /** Seconds, whole tokens of 18 decimals, or percent. */
  unit: 'seconds' | 'tokens' | 'percent';
  contract: 'TallyGovernor' | 'TimelockController';
  reads:
    | 'votingDelay'
    | 'votingPeriod'
    | 'proposalThreshold'
    | 'quorumNumerator'
    | 'lateQuorumVoteExtension'
    | 'getMinDelay';
  sets:
    | 'setVotingDelay'
    | 'setVotingPeriod'
    | 'setProposalThreshold'
    | 'updateQuorumNumerator'
    | 'setLateQuorumVoteExtension'
    | 'updateDelay';
  least: bigint;
  most: bigint;
}

const YEAR_S = 31_536_000n;
const TOKEN = 10n ** 18n;
const governor = { contract: 'TallyGovernor' } as const;
const time = { unit: 'seconds', most: YEAR_S } as const;

/** Times are held below a year: a mistyped delay would lock the members out for as long. */
export const PARAMETERS: readonly Parameter[] = [
  {
    key: 'voting-delay',
    name: 'Voting delay',
    reads: 'votingDelay',
    sets: 'setVotingDelay',
    least: 0n,
    ...governor,
    ...time,
  },
  {
    key: 'voting-period',
    name: 'Voting period',
    reads: 'votingPeriod',
    sets: 'setVotingPeriod',
    least: 1n,
    ...governor,
    ...time,
  },
  {
    ...{ key: 'proposal-threshold', name: 'Votes needed to propose', unit: 'tokens', least: 0n },
    ...{ reads: 'proposalThreshold', sets: 'setProposalThreshold', most: 10n ** 12n * TOKEN, ...governor },
  },
  {
    ...{ key: 'quorum', name: 'Quorum', unit: 'percent', least: 0n, most: 100n },
    ...{ reads: 'quorumNumerator', sets: 'updateQuorumNumerator', ...governor },
  },
  {
    ...{ key: 'late-quorum', name: 'Extension after a late quorum', least: 0n },
    ...{ reads: 'lateQuorumVoteExtension', sets: 'setLateQuorumVoteExtension', ...governor, ...time },
  },
  {
    ...{ key: 'timelock-delay', name: 'Delay before execution', least: 0n },
    ...{ contract: 'TimelockController', reads: 'getMinDelay', sets: 'updateDelay', ...time },
  },
];

export function parameterOf(key: string | null): Parameter | undefined {
  return PARAMETERS.find((one) => one.key === key);
}

/** The value that a member typed, in the unit of the contract, or what is wrong with it. */
export function parseValue(parameter: Parameter, text: string): bigint | string {
  const typed = text.trim();
  const { unit, least, most } = parameter;
  if (!/^\d{1,30}$/.test(typed)) return `Write a whole number of ${unit}.`;
  const value = BigInt(typed) * (unit === 'tokens' ? TOKEN : 1n);
  const shown = (bound: bigint) => (unit === 'tokens' ? bound / TOKEN : bound).toString();
  if (value < least || value > most) return `Between ${shown(least)} and ${shown(most)} ${unit}.`;
  return value;
}
