import type { ProposalState } from '@tallyhouse/governance';

/** Something that happened to a proposal. */
export interface ProposalChange {
  readonly proposalId: string;
  readonly kind: 'STATE' | 'VOTES' | 'TAKEN_BACK';
  /** The state that it came into, of a change of state. */
  readonly state: ProposalState | null;
  readonly at: Date;
}
