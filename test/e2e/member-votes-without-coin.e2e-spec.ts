import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePublicClient, tallyGovernorAbi } from '@tallyhouse/chain';
import { hashProposal } from '@tallyhouse/governance';
import { keccak256, toBytes, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { castVote, governor } from '../../apps/cli/src/governance/member-actions.js';
import { signedVote } from '../../apps/cli/src/governance/signed-vote.js';
import type { LocalAccount } from '../../apps/cli/src/up/accounts.js';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { ask } from './kit/api.js';
import { passSeconds, rpc } from './kit/chain-time.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';
import { reorgFrom } from './kit/reorg.js';
import { delegateAll, inState } from './kit/vote.js';

interface Ballot {
  readonly id: string;
  readonly state: string;
  readonly txHash: string | null;
  readonly blockNumber: string | null;
}
interface Handed {
  readonly ballot: Ballot | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

const TO_SIGN = 'query ToSign($ballot: BallotContent!) { ballotToSign(ballot: $ballot) }';
const RELAY = `mutation Relay($ballot: BallotInput!) { relayBallot(ballot: $ballot) {
  ballot { id state txHash blockNumber } refusal { code message } } }`;
const STATE = 'query B($id: ID!) { relayedBallot(id: $id) { id state txHash blockNumber } }';
const VOTES = `query P($id: ID!) { proposal(id: $id) { forVotes againstVotes abstainVotes
  votes(first: 10) { edges { node { voter support reason txHash } } } } }`;
const DEADLINE = { timeoutMs: 60_000 };

describe('a member without a coin', () => {
  let journey: JourneyStack;
  let proposalId: string;
  let bob: LocalAccount;
  let taken: Ballot;

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 5, start: '2025-01-01', months: 1, scale: 0.01 } });
    const { stack } = journey;
    bob = stack.accounts.members[1]!;
    await delegateAll(journey);
    const target = stack.deployment.contracts.TallyGovernor.address;
    const calls = { targets: [target], values: [0n], calldatas: ['0x' as Hex] };
    const description = 'Change nothing';
    await governor(stack, stack.accounts.members[0]!, 'propose', [...Object.values(calls), description]);
    proposalId = hashProposal(calls, keccak256(toBytes(description))).toString();
    await inState(journey, proposalId, 'PENDING');
    await passSeconds(stack, stack.deployment.parameters.votingDelayS + 1);
    await inState(journey, proposalId, 'ACTIVE');
    await rpc(stack, 'anvil_setBalance', [bob.address, '0x0']);
    await waitUntil(
      'the relayer says that it is up',
      async () => {
        const { relayer } = await ask<{ relayer: { isUp: boolean } }>(stack, '{ relayer { isUp } }');
        return relayer.isUp;
      },
      DEADLINE,
    );
  }, 180_000);
  afterAll(() => journey.stop(), 60_000);

  async function signed(member: LocalAccount, reason: string): Promise<Record<string, unknown>> {
    const content = { kind: 'REASONED', proposalId, support: 'FOR', voter: member.address, reason };
    const { ballotToSign } = await ask<{ ballotToSign: { message: { nonce: string } } }>(
      journey.stack,
      TO_SIGN,
      { ballot: content },
    );
    const signature = await privateKeyToAccount(member.privateKey).signTypedData(ballotToSign as never);
    return { ...content, nonce: ballotToSign.message.nonce, signature };
  }
  const relay = async (ballot: object): Promise<Handed> =>
    (await ask<{ relayBallot: Handed }>(journey.stack, RELAY, { ballot })).relayBallot;
  const indexed = (id: string): Promise<true> =>
    waitUntil(
      'the ballot among the votes',
      async () => {
        const { relayedBallot } = await ask<{ relayedBallot: Ballot }>(journey.stack, STATE, { id });
        taken = relayedBallot;
        return relayedBallot.state === 'INDEXED';
      },
      DEADLINE,
    );

  /** Whether the index holds what the governor counts. */
  async function asOnChain(): Promise<boolean> {
    const { address } = journey.stack.deployment.contracts.TallyGovernor;
    const args = [BigInt(proposalId)] as const;
    const call = { address, abi: tallyGovernorAbi, functionName: 'proposalVotes', args } as const;
    const [against, yes, abstain] = await makePublicClient(journey.stack.rpcUrl).readContract(call);
    const { proposal } = await ask<{ proposal: Record<string, string> }>(journey.stack, VOTES, {
      id: proposalId,
    });
    return (
      proposal['forVotes'] === String(yes) &&
      proposal['againstVotes'] === String(against) &&
      proposal['abstainVotes'] === String(abstain)
    );
  }

  async function votersNow(): Promise<string[]> {
    const { proposal } = await ask<{ proposal: { votes: { edges: { node: { voter: string } }[] } } }>(
      journey.stack,
      VOTES,
      { id: proposalId },
    );
    return proposal.votes.edges.map(({ node }) => node.voter);
  }

  it('votes by signature: the api takes the ballot, the chain counts it, the index shows it', async () => {
    const { stack } = journey;
    const { ballot, refusal } = await relay(await signed(bob, 'measured on my lanes'));
    expect(refusal).toBeNull();
    expect(ballot!.state).toBe('SUBMITTED');
    await indexed(ballot!.id);
    const { proposal } = await ask<{ proposal: { votes: { edges: { node: object }[] } } }>(stack, VOTES, {
      id: proposalId,
    });
    expect(proposal.votes.edges.map(({ node }) => node)).toMatchObject([
      { voter: bob.address.toLowerCase(), support: 1, reason: 'measured on my lanes', txHash: taken.txHash },
    ]);
    const client = makePublicClient(stack.rpcUrl);
    expect(await client.getBalance({ address: bob.address })).toBe(0n);
    expect(await asOnChain()).toBe(true);
  }, 120_000);

  it('is told in words why a ballot is not taken, before anything is paid', async () => {
    const [alice] = journey.stack.accounts.members;
    expect((await relay(await signed(bob, 'once more'))).refusal).toMatchObject({ code: 'ALREADY_VOTED' });
    const other = { ...(await signed(alice!, 'mine')), support: 'AGAINST' };
    expect((await relay(other)).refusal).toMatchObject({ code: 'SIGNATURE_INVALID' });
    const { guardian } = journey.stack.accounts;
    expect((await relay(await signed(guardian, 'no tokens'))).refusal).toMatchObject({ code: 'NO_VOTES' });
  }, 60_000);

  it('keeps the vote through a reorganisation in mid-vote, and index and chain stay equal', async () => {
    const { stack } = journey;
    const [alice, , carol] = stack.accounts.members;
    const signed = await signedVote(stack, carol!, BigInt(proposalId), 'against', '');
    await expect(signedVote(stack, carol!, BigInt(proposalId), 'for', '')).rejects.toThrow(/ALREADY_VOTED/);
    expect(Number(signed.blockNumber)).toBeGreaterThanOrEqual(Number(taken.blockNumber));
    await waitUntil('both votes indexed', asOnChain, DEADLINE);
    const before = taken;
    await reorgFrom(stack, Number(before.blockNumber));
    await firstRow(journey, 'the roll-back', 'SELECT 1 FROM chain_rollback', []);
    await castVote(stack, alice!, BigInt(proposalId), 'abstain', 'only on the new branch');
    await indexed(before.id);
    await waitUntil('the index as the new branch has it', asOnChain, DEADLINE);
    // Carol's ballot was on the branch that is gone: the relayer brings it again as well.
    await indexed(signed.id);
    const again = await votersNow();
    expect(again.toSorted()).toEqual(
      [alice!, bob, carol!].map((member) => member.address.toLowerCase()).toSorted(),
    );
    expect(await asOnChain()).toBe(true);
  }, 180_000);
});
