import { castVote, delegateToSelf, governor } from '../../../apps/cli/src/governance/member-actions.js';
import { proposalParts } from '../../../apps/cli/src/governance/proposal-parts.js';
import { passSeconds } from './chain-time.js';
import type { JourneyStack } from './journey-stack.js';
import { firstRow } from './loop.js';

const STATE =
  'SELECT state, for_votes::text, against_votes::text FROM proposal_current WHERE proposal_id = $1 AND state = $2';

/** How a proposal stands. */
export interface Standing {
  readonly state: string;
  readonly for_votes: string;
  readonly against_votes: string;
}

/** Makes every member's tokens count; votes count from the second after. */
export async function delegateAll({ stack }: JourneyStack): Promise<void> {
  for (const member of stack.accounts.members) await delegateToSelf(stack, member);
  await passSeconds(stack, 1);
}

/** Waits until the index shows a state. */
export function inState(journey: JourneyStack, proposalId: string, state: string): Promise<Standing> {
  return firstRow<Standing>(journey, `proposal ${state}`, STATE, [proposalId, state]);
}

/** Alice and Bob vote for, Carol against; then the time passes, and Alice queues and executes. */
export async function voteThrough(journey: JourneyStack, proposalId: string): Promise<void> {
  const { stack } = journey;
  const { votingDelayS, votingPeriodS, timelockDelayS } = stack.deployment.parameters;
  const [alice, bob, carol] = stack.accounts.members;
  await inState(journey, proposalId, 'PENDING');
  await passSeconds(stack, votingDelayS + 1);
  await inState(journey, proposalId, 'ACTIVE');
  await castVote(stack, alice!, BigInt(proposalId), 'for', 'better on the backtest');
  await castVote(stack, bob!, BigInt(proposalId), 'for', '');
  await castVote(stack, carol!, BigInt(proposalId), 'against', 'too new for me');
  await passSeconds(stack, votingPeriodS + 1);
  await inState(journey, proposalId, 'SUCCEEDED');
  const parts = await proposalParts(stack, BigInt(proposalId));
  await governor(stack, alice!, 'queue', parts);
  await passSeconds(stack, timelockDelayS + 1);
  await governor(stack, alice!, 'execute', parts);
  await inState(journey, proposalId, 'EXECUTED');
}
