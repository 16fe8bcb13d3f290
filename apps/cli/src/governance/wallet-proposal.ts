import { tallyGovernorAbi, type Deployment } from '@tallyhouse/chain';
import type { ProposalDraft } from '@tallyhouse/governance';
import { encodeFunctionData, type Hex } from 'viem';

/** A transaction for any wallet, and what comes of it. */
export interface WalletProposal {
  readonly chainId: number;
  readonly from: Hex;
  /** TallyGovernor. */
  readonly to: Hex;
  readonly value: '0';
  /** `propose(targets, values, calldatas, description)`. */
  readonly data: Hex;
  /** The id that the governor will give it. */
  readonly proposalId: string;
  /** What voters will read. */
  readonly description: string;
}

/** A drafted proposal as the transaction that its proposer sends. */
export function walletProposal(
  { chainId, contracts }: Deployment,
  from: Hex,
  { targets, values, calldatas, description, proposalId }: ProposalDraft,
): WalletProposal {
  const data = encodeFunctionData({
    abi: tallyGovernorAbi,
    functionName: 'propose',
    args: [targets, values, calldatas, description],
  });
  return {
    ...{ chainId, from, to: contracts.TallyGovernor.address, value: '0', data },
    ...{ proposalId: proposalId.toString(), description },
  };
}
