import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { familyDraft } from '@tallyhouse/governance';
import {
  deployLocal,
  PUBLIC_TEST_MNEMONIC,
  startAnvil,
  type Anvil,
  type LocalDeployment,
} from '@tallyhouse/testing';
import { castVote, delegateToSelf, governor } from '../governance/member-actions.js';
import { walletProposal } from '../governance/wallet-proposal.js';
import type { LocalContext } from '../local-context.js';
import { localAccounts } from '../up/accounts.js';
import { proposeFamily } from './open-family.command.js';
import { familiesNotOpen } from './runnable-families.js';

const accounts = localAccounts(PUBLIC_TEST_MNEMONIC);
const [alice, bob] = accounts.members as [(typeof accounts.members)[0], (typeof accounts.members)[0]];

describe('a family that a deployment lacks', () => {
  let chain: Anvil;
  let local: LocalDeployment;
  let context: LocalContext;
  beforeAll(async () => {
    chain = await startAnvil();
    const holders = [alice, bob].map(({ address }) => ({ address, amount: 10n ** 24n }));
    local = await deployLocal(chain.rpcUrl, { holders });
    const { deployment } = local;
    context = { deployment, accounts, rpcUrl: chain.rpcUrl, databaseUrl: '', apiUrl: '', artifactFolder: '' };
    await delegateToSelf(context, alice);
    await pass(1);
  }, 60_000);
  afterAll(() => chain.stop());

  async function pass(seconds: number): Promise<void> {
    await local.publicClient.request({ method: 'evm_increaseTime', params: [seconds] } as never);
    await local.publicClient.request({ method: 'evm_mine', params: [] } as never);
  }
  const isClosed = async (family: string): Promise<boolean> =>
    (await familiesNotOpen(local.publicClient, local.deployment)).includes(family);

  it('is opened by the timelock once members voted for it, and then it is open already', async () => {
    const { proposalId, targets, values, calldatas, descriptionHash } = await proposeFamily(
      context,
      'anomaly',
    );
    await pass(11);
    await castVote(context, alice, proposalId, 'for', '');
    await pass(100);
    const parts = [targets, values, calldatas, descriptionHash];
    await governor(context, bob, 'queue', parts);
    await pass(21);
    expect(await isClosed('anomaly')).toBe(true);
    await governor(context, bob, 'execute', parts);
    expect(await isClosed('anomaly')).toBe(false);
    await expect(proposeFamily(context, 'anomaly')).rejects.toThrow('the family anomaly is open already');
  }, 60_000);

  it('can be proposed from any wallet, under the id that is printed, by the account it was printed for', async () => {
    const { chainId, contracts } = local.deployment;
    const registry = contracts.ModelRegistry.address;
    const draft = familyDraft({
      ...{ registry, proposer: alice.address },
      ...{ familyName: 'lead-time', decides: 'Lead times.' },
    });
    const { from, to, data, proposalId } = walletProposal(local.deployment, alice.address, draft);
    const { publicClient } = local;
    await expect(publicClient.call({ account: bob.address, to, data })).rejects.toThrow();
    const taken = await publicClient.call({ account: from, to, data });
    expect(BigInt(taken.data ?? 0)).toBe(BigInt(proposalId));
    expect(chainId).toBe(await publicClient.getChainId());
  });

  it('has a name that no description can be broken by', () => {
    const registry = local.deployment.contracts.ModelRegistry.address;
    const of = (familyName: string) =>
      familyDraft({ registry, proposer: alice.address, familyName, decides: '' });
    for (const name of ['', 'Anomaly', 'a\n#proposer=0x', 'a'.repeat(65)])
      expect(() => of(name)).toThrow('familyName');
    expect(of('a').description.endsWith(`#proposer=${alice.address}`)).toBe(true);
  });
});
