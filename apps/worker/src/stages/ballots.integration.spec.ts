import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ballotTypedData,
  ChainWriter,
  tallyGovernorAbi,
  tallyTokenAbi,
  type BallotToSign,
} from '@tallyhouse/chain';
import { createLogger } from '@tallyhouse/config';
import {
  BallotDesk,
  BallotGovernor,
  BallotRepository,
  RelayerRepository,
  type DeskLimits,
  type SignedBallot,
} from '@tallyhouse/governance';
import {
  deployLocal,
  ROLE,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { encodeFunctionData, hashTypedData, keccak256, toBytes, type Hex } from 'viem';
import { generatePrivateKey } from 'viem/accounts';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { BallotsStage } from './ballots.stage.js';

/** A smart wallet that takes the hash itself for its signature (ERC-1271). */
const HASH_WALLET_CODE = '0x60643560043514631626ba7e0260e01b5f5260205ff3';
const GAS_A_DAY = 2_000_000n;
type Person = keyof typeof ROLE;

describe('signed ballots on a real chain', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let dataSource: DataSource;
  let writer: ChainWriter;
  let governor: BallotGovernor;
  let ballots: BallotRepository;
  let relayer: RelayerRepository;
  let proposalId: bigint;
  const wallet: Hex = `0x${'c4'.repeat(20)}`;
  const now = (): Date => new Date();
  const rpc = (method: string, params: unknown[] = []): Promise<unknown> =>
    local.publicClient.request({ method, params } as never);
  const stage = (gasADay = GAS_A_DAY): BallotsStage =>
    new BallotsStage(
      writer,
      governor,
      ballots,
      relayer,
      gasADay,
      createLogger({ logLevel: 'silent' }, 'test'),
    );
  const desk = (limits: Partial<DeskLimits> = {}): BallotDesk => {
    const all = { ballotsAVoterADay: 20, attemptsAClientAnHour: 1_000, ...limits };
    return new BallotDesk(dataSource, governor, ballots, relayer, all, now);
  };
  const address = (person: Person): Hex => local.people[ROLE[person]]!.account.address;
  const content = (voter: Hex, change: Partial<BallotToSign> = {}): BallotToSign => ({
    ...{ kind: 'PLAIN', proposalId, support: 1, voter, nonce: 0n, reason: '', params: '0x', ...change },
  });
  const typed = (ballot: BallotToSign) =>
    ballotTypedData(local.deployment.chainId, local.deployment.contracts.TallyGovernor.address, ballot);
  const signed = async (person: Person, change: Partial<BallotToSign> = {}): Promise<SignedBallot> => {
    const ballot = content(address(person), change);
    const client = local.people[ROLE[person]]!;
    return {
      ...ballot,
      signature: await client.signTypedData({ ...typed(ballot), account: client.account }),
    };
  };
  const codeOf = async (handing: ReturnType<BallotDesk['take']>): Promise<string | undefined> =>
    (await handing).refusal?.code;
  const votesOf = (): Promise<readonly bigint[]> =>
    local.publicClient.readContract({
      ...{ address: local.deployment.contracts.TallyGovernor.address, abi: tallyGovernorAbi },
      ...{ functionName: 'proposalVotes', args: [proposalId] },
    });

  async function send(from: Hex, to: Hex, data: Hex): Promise<void> {
    await rpc('anvil_impersonateAccount', [from]);
    const hash = (await rpc('eth_sendTransaction', [{ from, to, data, gas: '0x4c4b40' }])) as Hex;
    expect((await local.publicClient.waitForTransactionReceipt({ hash })).status).toBe('success');
  }
  const token = (from: Hex, functionName: 'delegate' | 'transfer', args: unknown[]): Promise<void> =>
    send(
      from,
      local.deployment.contracts.TallyToken.address,
      encodeFunctionData({ abi: tallyTokenAbi, functionName, args } as never),
    );
  async function pass(seconds: number): Promise<void> {
    await rpc('evm_increaseTime', [seconds]);
    await rpc('evm_mine');
  }

  async function propose(): Promise<bigint> {
    const to = local.deployment.contracts.TallyGovernor.address;
    const description = 'Change nothing';
    const calls = [[to], [0n], ['0x'], description] as const;
    await send(
      address('proposer'),
      to,
      encodeFunctionData({ abi: tallyGovernorAbi, functionName: 'propose', args: calls }),
    );
    return local.publicClient.readContract({
      ...{ address: to, abi: tallyGovernorAbi, functionName: 'hashProposal' },
      args: [[to], [0n], ['0x'], keccak256(toBytes(description))],
    });
  }

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    dataSource = await migrationDataSource(await postgres.createTestDatabase('ballots')).initialize();
    await dataSource.runMigrations();
    const settings = {
      rpcUrls: [chain.rpcUrl],
      pollIntervalMs: 20,
      txStuckAfterMs: 30_000,
      txMaxFeeGwei: 500,
    };
    writer = new ChainWriter(settings, generatePrivateKey(), local.deployment, dataSource);
    governor = new BallotGovernor(local.publicClient, local.deployment);
    ballots = new BallotRepository(dataSource, local.deployment.chainId);
    relayer = new RelayerRepository(dataSource, local.deployment.chainId);
    await rpc('anvil_setCode', [wallet, HASH_WALLET_CODE]);
    await rpc('anvil_setBalance', [wallet, '0xde0b6b3a7640000']);
    await token(address('deployer'), 'transfer', [wallet, 5n * 10n ** 18n]);
    await token(wallet, 'delegate', [wallet]);
    for (const person of ['deployer', 'guardian', 'proposer'] as const)
      await token(address(person), 'delegate', [address(person)]);
    await token(address('committer'), 'delegate', [address('deployer')]);
    await pass(1);
    proposalId = await propose();
  }, 90_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await Promise.all([postgres?.stop(), chain?.stop()]);
  });

  it('are not taken while nobody relays, nor while the one who does has no coin', async () => {
    expect(await codeOf(desk().take(await signed('deployer'), 'here'))).toBe('RELAYER_OFF');
    await stage().run(now);
    const { isUp, reason, gasLeftToday } = await desk().status();
    expect([isUp, gasLeftToday]).toEqual([false, GAS_A_DAY]);
    expect(reason).toMatch(/too little coin/);
    expect(await codeOf(desk().take(await signed('deployer'), 'here'))).toBe('RELAYER_DOWN');
    await rpc('anvil_setBalance', [writer.address, '0xde0b6b3a7640000']);
    await stage().run(now);
    expect(await desk().status()).toMatchObject({ isUp: true, reason: null });
  }, 60_000);

  it('are refused, and nothing is paid, where the governor would refuse them', async () => {
    expect(await codeOf(desk().take(await signed('deployer'), 'here'))).toBe('VOTE_NOT_OPEN');
    await pass(11);
    const good = await signed('deployer');
    const other = { ...good, support: 0 };
    expect(await codeOf(desk().take(other, 'here'))).toBe('SIGNATURE_INVALID');
    expect(await codeOf(desk().take({ ...good, voter: address('guardian') }, 'here'))).toBe(
      'SIGNATURE_INVALID',
    );
    expect(await codeOf(desk().take(await signed('deployer', { nonce: 1n }), 'here'))).toBe('NONCE_AHEAD');
    expect(await codeOf(desk().take(await signed('deployer', { proposalId: 5n }), 'here'))).toBe(
      'PROPOSAL_UNKNOWN',
    );
    expect(await codeOf(desk().take(await signed('partner'), 'here'))).toBe('NO_VOTES');
    expect(await codeOf(desk().take(await signed('partner', { kind: 'OVERRIDE' }), 'here'))).toBe('NO_VOTES');
    expect(await codeOf(desk().take({ ...good, signature: '0x' }, 'here'))).toBe('MALFORMED');
    expect(await local.publicClient.getTransactionCount({ address: writer.address })).toBe(0);
    const [{ count }]: [{ count: string }] = await dataSource.query('SELECT count(*) FROM ballot');
    expect(count).toBe('0');
  }, 60_000);

  it('count, though the voter has no coin; handed in twice, a ballot is sent once', async () => {
    const ballot = await signed('deployer', {
      kind: 'REASONED',
      reason: 'better on the backtest',
      params: '0x12',
    });
    await rpc('anvil_setBalance', [address('deployer'), '0x0']);
    const first = await desk().take(ballot, 'here');
    expect(first.ballot).toMatchObject({
      state: 'SUBMITTED',
      txHash: null,
      reason: 'better on the backtest',
    });
    expect((await desk().take(ballot, 'there')).ballot?.id).toBe(first.ballot?.id);
    expect(await codeOf(desk().take(await signed('deployer', { support: 0 }), 'here'))).toBe(
      'BALLOT_ON_ITS_WAY',
    );
    await stage().run(now);
    const mined = await ballots.find(first.ballot!.id);
    expect(mined).toMatchObject({ state: 'MINED', failure: null });
    expect(BigInt(mined!.gas)).toBeLessThan(BigInt(first.ballot!.gas));
    expect((await votesOf())[1]).toBeGreaterThan(0n);
    expect(await codeOf(desk().take(await signed('deployer', { support: 0 }), 'here'))).toBe('NONCE_USED');
    expect(await codeOf(desk().take(await signed('deployer', { nonce: 1n }), 'here'))).toBe('ALREADY_VOTED');
    expect(await local.publicClient.getTransactionCount({ address: writer.address })).toBe(1);
  }, 60_000);

  it('are taken over the head of a delegate, and of a wallet that is a contract', async () => {
    const [, before] = await votesOf();
    const override = await desk().take(await signed('committer', { kind: 'OVERRIDE', support: 0 }), 'here');
    const asked = content(wallet, { support: 2 });
    const wrong = { ...asked, signature: hashTypedData(typed({ ...asked, support: 1 })) };
    expect(await codeOf(desk().take(wrong, 'here'))).toBe('SIGNATURE_INVALID');
    const smart = await desk().take({ ...asked, signature: hashTypedData(typed(asked)) }, 'here');
    await stage().run(now);
    expect(await ballots.find(override.ballot!.id)).toMatchObject({ state: 'MINED', kind: 'OVERRIDE' });
    expect(await ballots.find(smart.ballot!.id)).toMatchObject({ state: 'MINED', voter: wallet });
    const [against, yes, abstain] = await votesOf();
    expect([against, abstain]).toEqual([10n ** 24n, 5n * 10n ** 18n]);
    expect(yes).toBe(before! - against!);
  }, 60_000);

  it('are bounded: by network address, by voter, by the gas of a day', async () => {
    const strict = desk({ attemptsAClientAnHour: 1 });
    const ballot = await signed('guardian', { support: 0 });
    await strict.take({ ...ballot, signature: '0x' }, '192.0.2.7');
    const { refusal } = await strict.take(ballot, '192.0.2.7');
    expect(refusal).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(refusal!.retryAfterS).toBeGreaterThan(3_000);
    await stage(200_000n).run(now);
    expect(await codeOf(desk().take(ballot, 'here'))).toBe('BUDGET_SPENT');
    await stage().run(now);
    expect(await codeOf(desk({ ballotsAVoterADay: 0 }).take(ballot, 'here'))).toBe('TOO_MANY_BALLOTS');
    await dataSource.query('UPDATE ballot_relayer SET seen_at = seen_at - make_interval(mins => 2)');
    expect(await codeOf(desk().take(ballot, 'here'))).toBe('RELAYER_DOWN');
  }, 60_000);

  it('are given up when the vote closes before they are sent, and cost nothing then', async () => {
    await stage().run(now);
    const { ballot } = await desk().take(await signed('guardian'), 'here');
    const sent = await local.publicClient.getTransactionCount({ address: writer.address });
    await pass(200);
    await stage().run(now);
    const failed = await ballots.find(ballot!.id);
    expect(failed).toMatchObject({ state: 'FAILED', txHash: null });
    expect(failed!.failure).toMatch(/its vote is not open/);
    expect(await local.publicClient.getTransactionCount({ address: writer.address })).toBe(sent);
  }, 60_000);
});
