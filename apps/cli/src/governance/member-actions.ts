import { makePublicClient, makeWalletClient, tallyGovernorAbi, tallyTokenAbi } from '@tallyhouse/chain';
import { LATE_VOTE_GAS } from '@tallyhouse/governance';
import { BaseError, ContractFunctionRevertedError, type Abi, type Hex, type TransactionReceipt } from 'viem';
import { CliError } from '../cli.errors.js';
import type { LocalContext } from '../local-context.js';
import type { LocalAccount } from '../up/accounts.js';

/** What a vote may say, as OZ Governor's CountingSimple numbers it. */
export const SUPPORT = { against: 0, for: 1, abstain: 2 } as const;

export type Support = keyof typeof SUPPORT;

/** A call that a local account sends. */
export interface MemberCall {
  readonly address: Hex;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** Gas beyond what is estimated now, for what the call may find at its turn; 0 unless given. */
  readonly spareGas?: bigint;
}

/**
 * Sends a call as a local account and waits until it is mined. What would revert is told with its reason before anything is
 * sent; what reverts in its block all the same, since the chain went on meanwhile, is told too.
 */
export async function send(
  context: LocalContext,
  account: LocalAccount,
  { spareGas = 0n, ...call }: MemberCall,
): Promise<TransactionReceipt> {
  const publicClient = makePublicClient(context.rpcUrl, { pollingIntervalMs: 100 });
  const wallet = makeWalletClient(context.rpcUrl, account.privateKey);
  const tried = (): ReturnType<typeof publicClient.simulateContract> =>
    publicClient.simulateContract({ ...call, account: wallet.account }).catch((error: unknown) => {
      throw new CliError(
        `${call.functionName} is refused: ${reasonOf(error)}`,
        'see ./tallyhouse proposals for what is open',
      );
    });
  const { request } = await tried();
  const gas = spareGas + (await publicClient.estimateContractGas({ ...call, account: wallet.account }));
  const hash = await wallet.writeContract({ ...request, gas, chain: null, account: wallet.account });
  const receipt = await publicClient.waitForTransactionReceipt({ hash });
  if (receipt.status === 'success') return receipt;
  await tried();
  throw new CliError(`${call.functionName} reverted in block ${receipt.blockNumber}`, 'try again');
}

/** Lets a member's own tokens count for the member. */
export function delegateToSelf(context: LocalContext, member: LocalAccount): Promise<TransactionReceipt> {
  const { address } = context.deployment.contracts.TallyToken;
  return send(context, member, {
    address,
    abi: tallyTokenAbi,
    functionName: 'delegate',
    args: [member.address],
  });
}

export function castVote(
  context: LocalContext,
  member: LocalAccount,
  proposalId: bigint,
  support: Support,
  reason: string,
): Promise<TransactionReceipt> {
  const args = [proposalId, SUPPORT[support], reason];
  return governor(context, member, 'castVoteWithReason', args, LATE_VOTE_GAS);
}

/** `queue` or `execute` of a proposal, by its id alone (GovernorStorage) or by its parts. */
export function governor(
  context: LocalContext,
  member: LocalAccount,
  functionName: string,
  args: readonly unknown[],
  spareGas?: bigint,
): Promise<TransactionReceipt> {
  const { address } = context.deployment.contracts.TallyGovernor;
  return send(context, member, { address, abi: tallyGovernorAbi, functionName, args, spareGas });
}

/** Plain words for the refusals that a member meets; any other is told by the contract's name for it. */
const REFUSALS: Readonly<Record<string, string>> = {
  GovernorAlreadyCastVote: 'this member has already voted',
  GovernorUnexpectedProposalState: 'the proposal is not in a state that allows it',
  GovernorNonexistentProposal: 'there is no such proposal',
  GovernorInsufficientProposerVotes: 'the proposer has too few votes',
  GovernorRestrictedProposer: 'the description names another proposer',
  TimelockUnexpectedOperationState: "the timelock's delay is not over, or it was executed already",
  AccessControlUnauthorizedAccount: 'this account has not been given that right',
  FamilyExists: 'this family is open already',
  UnknownFamily: 'this family is not open; ./tallyhouse model open-family lets members vote on it',
  VersionExists: 'this version was put forward before',
  AlreadyActive: 'this version is in force already',
  NothingToRollBack: 'there is no version before to go back to',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof BaseError)) return error instanceof Error ? error.message : String(error);
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  const name = reverted instanceof ContractFunctionRevertedError ? reverted.data?.errorName : undefined;
  return name === undefined ? error.shortMessage : (REFUSALS[name] ?? name);
}
