import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelRegistryAbi, tallyGovernorAbi } from '@tallyhouse/chain';
import {
  deployLocal,
  digest,
  ROLE,
  startAnvil,
  testVersion,
  type Anvil,
  type LocalDeployment,
} from '@tallyhouse/testing';
import { encodeFunctionData, type Hex } from 'viem';
import { proposalTitle, withoutProposer } from './description.js';
import { hashProposal } from './hash-proposal.js';
import { proposedActivations, registerFamilyCalldata } from './model-change.js';
import { proposalDraft } from './proposal-draft.js';

const proposer: Hex = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const registry: Hex = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const evidence = {
  ...testVersion('second'),
  familyName: 'demand | weekly',
  versionId: digest('version'),
  dataBlock: 17,
};
const proposal = {
  registry,
  proposer,
  title: 'Switch demand to theta',
  summary: 'Better **by 8 %**.',
  evidence,
};

describe('proposalDraft', () => {
  it('begins with the title and ends with the proposer', () => {
    const { description } = proposalDraft(proposal);
    expect(description.startsWith('# Switch demand to theta\n')).toBe(true);
    expect(description.endsWith(`#proposer=${proposer}`)).toBe(true);
    expect(description).toContain('| model family | demand \\| weekly |');
    expect(proposalTitle(description)).toBe('Switch demand to theta');
    expect(withoutProposer(description)).not.toContain('#proposer');
  });

  it('says what the time in shadow says, where there was one', () => {
    const row = '| in shadow | 12 forecasts scored \\| MASE 0.8 |';
    const shadow = '12 forecasts scored | MASE 0.8';
    expect(proposalDraft({ ...proposal, evidence: { ...evidence, shadow } }).description).toContain(row);
    expect(proposalDraft(proposal).description).not.toContain('in shadow');
  });

  it('asks for exactly one activation, which can be read back', () => {
    const { targets, calldatas } = proposalDraft(proposal);
    const expected = [{ callIndex: 0, target: registry.toLowerCase(), versionId: evidence.versionId }];
    expect(proposedActivations(targets, calldatas, registry)).toEqual(expected);
    expect(proposedActivations(targets, calldatas, proposer)).toEqual([]);
    expect(proposedActivations(targets, [`${calldatas[0]}00`])).toEqual([]);
  });

  it.each([
    ['title', { title: '' }],
    ['title', { title: 'two\nlines' }],
    ['summary', { summary: 'x'.repeat(40_000) }],
    ['registry', { registry: '0x12' as Hex }],
    ['evidence.versionId', { evidence: { ...evidence, versionId: '0x12' as Hex } }],
  ])('refuses an unusable %s by name', (field, change) => {
    expect(() => proposalDraft({ ...proposal, ...change })).toThrow(field);
  });
});

describe('registerFamilyCalldata', () => {
  it.each(['', 'anomaly', 'a'.repeat(32), 'é'.repeat(40)])('is what the contract reads, of %j', (name) => {
    const expected = encodeFunctionData({
      abi: modelRegistryAbi,
      functionName: 'registerFamily',
      args: [name],
    });
    expect(registerFamilyCalldata(name)).toBe(expected);
  });
});

describe('proposalTitle', () => {
  it('takes what there is and bounds it', () => {
    expect(proposalTitle('no heading\nmore')).toBe('no heading');
    expect(proposalTitle('')).toBe('Untitled proposal');
    expect(proposalTitle(`text\n## ${'long '.repeat(100)}`)).toHaveLength(200);
  });
});

describe('hashProposal beside the contract', () => {
  let chain: Anvil;
  let local: LocalDeployment;
  beforeAll(async () => {
    chain = await startAnvil();
    local = await deployLocal(chain.rpcUrl);
  }, 60_000);
  afterAll(() => chain.stop());

  it.each([0, 1, 3])('agrees for %i calls of odd lengths', async (calls) => {
    const targets = Array.from({ length: calls }, () => registry);
    const values = targets.map((_, index) => 2n ** 255n + BigInt(index));
    const calldatas = targets.map((_, index): Hex => `0x${'ab'.repeat(31 * index)}`);
    const descriptionHash = digest('description');
    const expected = await local.publicClient.readContract({
      address: local.deployment.contracts.TallyGovernor.address,
      abi: tallyGovernorAbi,
      functionName: 'hashProposal',
      args: [targets, values, calldatas, descriptionHash],
    });
    expect(hashProposal({ targets, values, calldatas }, descriptionHash)).toBe(expected);
  });

  it('gives the id under which the governor takes the proposal, from its proposer only', async () => {
    const [owner, stranger] = [local.people[ROLE.proposer], local.people[ROLE.partner]];
    const address = local.deployment.contracts.TallyGovernor.address;
    const draft = proposalDraft({ ...proposal, proposer: owner?.account.address ?? '0x' });
    const args = [draft.targets, draft.values, draft.calldatas, draft.description] as const;
    const data = encodeFunctionData({ abi: tallyGovernorAbi, functionName: 'propose', args });
    await expect(stranger?.sendTransaction({ to: address, data, chain: null })).rejects.toThrow();
    await owner?.sendTransaction({ to: address, data, chain: null });
    const state = { address, abi: tallyGovernorAbi, functionName: 'proposalProposer' } as const;
    expect(await local.publicClient.readContract({ ...state, args: [draft.proposalId] })).toBe(
      owner?.account.address,
    );
  });
});
