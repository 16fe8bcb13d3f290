import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelRegistryAbi, tallyGovernorAbi, tallyTokenAbi, timelockControllerAbi } from '@tallyhouse/chain';
import {
  AccountReader,
  DelegateReader,
  LifecycleReader,
  proposalDraft,
  ProposalReader,
  VoteReader,
  VotingReader,
  type ProposalDraft,
} from '@tallyhouse/governance';
import {
  deployLocal,
  ROLE,
  startAnvil,
  startPostgres,
  testVersion,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { encodeAbiParameters, encodeFunctionData, keccak256, zeroHash, type Hex } from 'viem';
import { TestIndex } from '../test/index-kit.js';

const STATES = ['PENDING', 'ACTIVE', 'CANCELED', 'DEFEATED', 'SUCCEEDED', 'QUEUED', 'EXPIRED', 'EXECUTED'];

describe('a vote on a model, as the index tells it and as the contracts do', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let index: TestIndex;
  let source: DataSource;
  let proposals: ProposalReader;
  let voting: VotingReader;
  let votes: VoteReader;
  let lifecycles: LifecycleReader;
  let delegates: DelegateReader;
  let accounts: AccountReader;

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    index = (await TestIndex.create(postgres, 'governance', local.deployment, chain.rpcUrl)).start();
    source = await new DataSource({ type: 'postgres', url: index.databaseUrl }).initialize();
    proposals = new ProposalReader(source);
    voting = new VotingReader(source);
    votes = new VoteReader(source);
    lifecycles = new LifecycleReader(source);
    delegates = new DelegateReader(source);
    accounts = new AccountReader(source);
    for (const person of ['deployer', 'guardian', 'proposer'] as const)
      await token(person, 'delegate', [local.people[ROLE[person]]?.account.address]);
  }, 60_000);
  afterAll(async () => {
    await index.close();
    await source.destroy();
    await Promise.all([postgres.stop(), chain.stop()]);
  });

  async function send(person: keyof typeof ROLE, to: Hex, data: Hex): Promise<Hex> {
    const hash = await local.people[ROLE[person]]?.sendTransaction({
      to,
      data,
      chain: null,
      gas: 5_000_000n,
    });
    const receipt = await local.publicClient.waitForTransactionReceipt({ hash: hash ?? '0x' });
    expect(receipt.status).toBe('success');
    return receipt.transactionHash;
  }
  const token = (person: keyof typeof ROLE, functionName: string, args: unknown[]): Promise<Hex> =>
    send(
      person,
      local.deployment.contracts.TallyToken.address,
      encodeFunctionData({ abi: tallyTokenAbi as never, functionName, args } as never),
    );
  const governor = (person: keyof typeof ROLE, functionName: string, args: unknown[]): Promise<Hex> =>
    send(
      person,
      local.deployment.contracts.TallyGovernor.address,
      encodeFunctionData({ abi: tallyGovernorAbi as never, functionName, args } as never),
    );
  async function pass(seconds: number): Promise<void> {
    await local.publicClient.request({ method: 'evm_increaseTime', params: [seconds] } as never);
    await local.publicClient.request({ method: 'evm_mine', params: [] } as never);
  }
  const calls = ({ targets, values, calldatas, descriptionHash }: ProposalDraft): unknown[] => [
    targets,
    values,
    calldatas,
    descriptionHash,
  ];

  /** The index agrees with the governor on everything that the governor can be asked. */
  async function agree(draft: ProposalDraft, state: string): Promise<void> {
    await index.caughtUp();
    const proposal = await proposals.get(String(draft.proposalId));
    const contract = {
      address: local.deployment.contracts.TallyGovernor.address,
      abi: tallyGovernorAbi,
    } as const;
    const args = [draft.proposalId] as const;
    const read = local.publicClient.readContract;
    const onChain = STATES[await read({ ...contract, functionName: 'state', args })];
    const [against, yes, abstain] = await read({ ...contract, functionName: 'proposalVotes', args });
    const deadline = await read({ ...contract, functionName: 'proposalDeadline', args });
    expect({ state: proposal?.state, ...draft }).toMatchObject({
      state: onChain,
      description: proposal?.description,
    });
    expect(onChain).toBe(state);
    expect(proposal).toMatchObject({ forVotes: yes, againstVotes: against, abstainVotes: abstain });
    expect(proposal?.descriptionHash).toBe(draft.descriptionHash);
    expect(proposal?.deadline.getTime()).toBe(Number(deadline) * 1_000);
    if (state === 'PENDING' || state === 'CANCELED') return;
    const start = await read({ ...contract, functionName: 'proposalSnapshot', args });
    expect(proposal?.quorum).toBe(await read({ ...contract, functionName: 'quorum', args: [start] }));
  }

  async function propose(label: string): Promise<{ draft: ProposalDraft; versionId: Hex; family: Hex }> {
    const registry = local.deployment.contracts.ModelRegistry.address;
    const [{ family } = { family: zeroHash }] = await index.rows<{ family: Hex }>(
      'SELECT family FROM model_family_current',
    );
    const version = testVersion(label);
    const args = [
      family,
      version.artifactSha256,
      version.reportSha256,
      version.dataRoot,
      5n,
      version.uri,
    ] as const;
    await send(
      'proposer',
      registry,
      encodeFunctionData({ abi: modelRegistryAbi, functionName: 'proposeVersion', args }),
    );
    const versionId = keccak256(
      encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [family, version.artifactSha256]),
    );
    const evidence = { ...version, familyName: 'demand', versionId, dataBlock: 5 };
    const proposer = local.people[ROLE.proposer]?.account.address ?? '0x';
    const draft = proposalDraft({ registry, proposer, title: `Use ${label}`, summary: '', evidence });
    await governor('proposer', 'propose', [draft.targets, draft.values, draft.calldatas, draft.description]);
    return { draft, versionId, family };
  }

  it('goes through every state to a model in force', async () => {
    await index.caughtUp();
    const [genesis] = await index.rows<{ version_id: string }>('SELECT version_id FROM model_active');
    const { draft, versionId } = await propose('theta');
    const id = String(draft.proposalId);
    await agree(draft, 'PENDING');
    expect(await proposals.modelChanges([id, '1'])).toEqual([
      expect.objectContaining({ fromVersionId: genesis?.version_id, toVersionId: versionId }),
      null,
    ]);
    await pass(11);
    await agree(draft, 'ACTIVE');
    await governor('deployer', 'castVote', [draft.proposalId, 1]);
    await governor('guardian', 'castVoteWithReason', [draft.proposalId, 0, 'not yet']);
    await governor('proposer', 'castVoteWithReasonAndParams', [draft.proposalId, 1, 'better', '0x1234']);
    await agree(draft, 'ACTIVE');
    await pass(100);
    await agree(draft, 'SUCCEEDED');
    await governor('relayer', 'queue', calls(draft));
    await agree(draft, 'QUEUED');
    await pass(21);
    const executed = await governor('relayer', 'execute', calls(draft));
    await agree(draft, 'EXECUTED');
    expect((await proposals.get(id))?.executedTx).toBe(executed);
    const [active] = await index.rows('SELECT * FROM model_active');
    expect(active).toMatchObject({
      version_id: versionId,
      proposal_id: id,
      how: 'ACTIVATED',
      uri: 'memory:theta',
    });
    expect(await proposals.modelChanges([id])).toEqual([
      expect.objectContaining({ fromVersionId: genesis?.version_id, toVersionId: versionId }),
    ]);
    const states = await index.rows(
      'SELECT version_id, state FROM model_version_current ORDER BY proposed_block',
    );
    expect(states).toEqual([
      { version_id: genesis?.version_id, state: 'PREVIOUS' },
      { version_id: versionId, state: 'ACTIVE' },
    ]);
    const first = await votes.ofProposal(id, { first: 2 });
    const second = await votes.ofProposal(id, { first: 2, after: first.cursors[1] });
    expect([...first.rows, ...second.rows].map(({ support, reason }) => [support, reason])).toEqual([
      ['FOR', ''],
      ['AGAINST', 'not yet'],
      ['FOR', 'better'],
    ]);
    expect([first.hasNext, second.hasNext]).toEqual([true, false]);
  }, 60_000);

  it('tells when each state came, those of the clock by the first second in which the governor has them', async () => {
    const { rows } = await proposals.list({ first: 1 }, { text: 'USE THETA', family: 'demand' });
    const { id, voteStart, deadline, executedTx } = rows[0]!;
    const steps = await lifecycles.steps([id]);
    expect(steps.map(({ state, byClock }) => [state, byClock])).toEqual([
      ['PENDING', false],
      ['ACTIVE', true],
      ['SUCCEEDED', true],
      ['QUEUED', false],
      ['EXECUTED', false],
    ]);
    expect(steps[1]!.at.getTime()).toBe(voteStart.getTime() + 1_000);
    expect(steps[2]!.at.getTime()).toBe(deadline.getTime() + 1_000);
    expect(steps[4]).toMatchObject({ txHash: executedTx });
    const [operation] = await lifecycles.operations([id]);
    const { address } = local.deployment.contracts.TimelockController;
    const timelock = { address, abi: timelockControllerAbi } as const;
    const scheduled = operation!.scheduledAt.getTime();
    expect(operation).toMatchObject({ delayS: '20', executedTx, readyAt: new Date(scheduled + 20_000) });
    const done = { ...timelock, functionName: 'isOperationDone', args: [operation!.id as Hex] } as const;
    expect(await local.publicClient.readContract(done)).toBe(true);
    const [at] = await lifecycles.supplies([id]);
    const { contracts } = local.deployment;
    const supply = {
      address: contracts.TallyToken.address,
      abi: tallyTokenAbi,
      functionName: 'totalSupply',
    } as const;
    expect(at?.supply).toBe(await local.publicClient.readContract(supply));
  }, 60_000);

  it('gives a step that came between two blocks once, whatever made it', async () => {
    const [id] = (await proposals.list({ first: 1 })).rows.map((proposal) => proposal.id);
    const all = await lifecycles.steps([id!]);
    const blocks = await index.rows<{ block: number; time: Date }>(
      `SELECT number::integer AS block, block_time AS time FROM chain_block ORDER BY number`,
    );
    const told = [];
    for (const [place, upTo] of blocks.entries())
      told.push(
        ...(await lifecycles.stepsBetween(blocks[place - 1] ?? { block: 0, time: new Date(0) }, upTo)),
      );
    expect(told).toEqual(all);
  }, 60_000);

  it('knows an execution that went past the governor, and a roll-back by the guardian', async () => {
    const { draft, versionId, family } = await propose('lightgbm');
    await pass(11);
    await governor('deployer', 'castVote', [draft.proposalId, 1]);
    await pass(101);
    await governor('relayer', 'queue', calls(draft));
    await pass(21);
    const { TallyGovernor, TimelockController, ModelRegistry } = local.deployment.contracts;
    const salt = `0x${(BigInt(TallyGovernor.address.padEnd(66, '0')) ^ BigInt(draft.descriptionHash)).toString(16).padStart(64, '0')}`;
    const args = [draft.targets, draft.values, draft.calldatas, zeroHash, salt as Hex] as const;
    const data = encodeFunctionData({ abi: timelockControllerAbi, functionName: 'executeBatch', args });
    await send('relayer', TimelockController.address, data);
    await agree(draft, 'EXECUTED');
    const [active] = await index.rows('SELECT version_id, proposal_id FROM model_active');
    expect(active).toEqual({ version_id: versionId, proposal_id: String(draft.proposalId) });
    const rollback = encodeFunctionData({ abi: modelRegistryAbi, functionName: 'rollback', args: [family] });
    await send('guardian', ModelRegistry.address, rollback);
    await index.caughtUp();
    const [restored] = await index.rows<{ version_id: Hex; how: string; uri: string }>(
      'SELECT * FROM model_active',
    );
    expect(restored).toMatchObject({ how: 'ROLLED_BACK', uri: 'memory:theta' });
    expect(restored?.version_id).toBe(
      await local.publicClient.readContract({
        address: ModelRegistry.address,
        abi: modelRegistryAbi,
        functionName: 'activeVersion',
        args: [family],
      }),
    );
  }, 60_000);

  it('tells the defeated and the canceled apart, and pages through all', async () => {
    const defeated = await propose('nobody votes');
    const canceled = await propose('withdrawn');
    await governor('proposer', 'cancel', calls(canceled.draft));
    await agree(canceled.draft, 'CANCELED');
    await pass(112);
    await agree(defeated.draft, 'DEFEATED');
    const ids: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await proposals.list({ first: 1, after });
      ids.push(...page.rows.map(({ id }) => id));
      [more, after] = [page.hasNext, page.cursors.at(-1)];
    }
    expect(ids.slice(0, 2)).toEqual([canceled, defeated].map(({ draft }) => String(draft.proposalId)));
    expect(new Set(ids).size).toBe(4);
    const backwards: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await proposals.list({ first: 3, after: cursor }, {}, 'ENDING_FIRST');
      backwards.push(...page.rows.map(({ id }) => id));
      [more, cursor] = [page.hasNext, page.cursors.at(-1)];
    }
    expect(backwards).toEqual(ids.toReversed());
    const executed = await proposals.list({ first: 10 }, { states: ['EXECUTED'] });
    expect(executed.rows).toHaveLength(2);
    expect(await proposals.proposalsOfVersions([defeated.versionId, zeroHash])).toEqual([ids[1], null]);
    await expect(proposals.list({ first: 0 })).rejects.toThrow(/1 to 200/);
  }, 60_000);

  it('knows the votes of an account now and in the past, and the rules', async () => {
    const [person, at] = [local.people[ROLE.guardian]?.account.address ?? '0x', new Date()];
    await index.caughtUp();
    const contract = { address: local.deployment.contracts.TallyToken.address, abi: tallyTokenAbi } as const;
    const read = local.publicClient.readContract;
    const before = await read({ ...contract, functionName: 'getVotes', args: [person] });
    const [{ time } = { time: at }] = await index.rows<{ time: Date }>(
      'SELECT block_time AS time FROM chain_checkpoint',
    );
    await pass(5);
    await token('guardian', 'transfer', [local.people[ROLE.relayer]?.account.address, 1_000n]);
    await index.caughtUp();
    expect(await voting.votingPower(person)).toBe(before - 1_000n);
    const past = BigInt(time.getTime() / 1_000);
    expect(await voting.votingPower(person, time)).toBe(
      await read({ ...contract, functionName: 'getPastVotes', args: [person, past] }),
    );
    const { rows } = await delegates.list({ first: 10 });
    expect(rows).toHaveLength(3);
    expect(rows.find(({ address }) => address === person.toLowerCase())).toMatchObject({
      ...{ votes: before - 1_000n, delegators: 1 },
    });
    const history = await accounts.powerHistory(person, { first: 10 }, { to: time }, 'OLDEST');
    expect(history.rows.map((change) => change.votes)).toEqual([before]);
    expect(await voting.parameters()).toEqual({
      ...{ votingDelayS: 10, votingPeriodS: 100, timelockDelayS: 20, lateQuorumExtensionS: 0 },
      ...{ proposalThreshold: 0n, quorumPercent: 4 },
      totalSupply: await read({ ...contract, functionName: 'totalSupply' }),
    });
    await expect(voting.votingPower('0x12')).rejects.toThrow(/40 hexadecimal/);
  }, 60_000);

  it('counts the own tokens of a member who overrides, and takes them from the delegate', async () => {
    const delegate = local.people[ROLE.deployer]?.account.address ?? '0x';
    const committer = local.people[ROLE.committer]?.account.address ?? '0x';
    await token('committer', 'delegate', [delegate]);
    const { draft } = await propose('override');
    await pass(11);
    await governor('deployer', 'castVote', [draft.proposalId, 1]);
    await governor('committer', 'castOverrideVote', [draft.proposalId, 0, 'I know this lane']);
    await agree(draft, 'ACTIVE');
    const { rows } = await votes.ofProposal(String(draft.proposalId), { first: 10 });
    const own = rows[1]?.weight ?? 0n;
    expect(rows).toMatchObject([
      { voter: delegate.toLowerCase(), support: 'FOR', isOverride: false, reducedBy: own },
      { support: 'AGAINST', isOverride: true, reducedBy: 0n, reason: 'I know this lane' },
    ]);
    expect((await proposals.get(String(draft.proposalId)))?.voteCount).toBe(2);
    const { rows: overrides } = await votes.ofVoter(committer, { first: 10 }, { isOverride: true });
    expect(overrides).toMatchObject([{ proposalId: String(draft.proposalId), reason: 'I know this lane' }]);
    const { rows: largest } = await votes.ofProposal(String(draft.proposalId), { first: 1 }, {}, 'LARGEST');
    expect(largest[0]?.voter).toBe(delegate.toLowerCase());
    const holders = await accounts.delegators(delegate, { first: 10 });
    expect(holders.rows.map((holder) => holder.address).toSorted()).toEqual(
      [delegate.toLowerCase(), committer.toLowerCase()].toSorted(),
    );
    expect(await accounts.standing(committer)).toMatchObject({ votes: 0n, delegate: delegate.toLowerCase() });
    const { rows: busiest } = await delegates.list({ first: 1 }, {}, 'MOST_DELEGATORS');
    expect(busiest[0]).toMatchObject({ address: delegate.toLowerCase(), delegators: 2 });
    const [diligence] = await delegates.participation([delegate]);
    expect(diligence).toEqual({ address: delegate.toLowerCase(), couldVote: 4, voted: 3 });
    const guardians = await index.rows('SELECT new_guardian FROM proposal_guardian_set');
    expect(guardians).toEqual([{ new_guardian: local.people[ROLE.guardian]?.account.address.toLowerCase() }]);
  }, 60_000);
});
