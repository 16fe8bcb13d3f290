import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keccak256, parseEther, stringToHex, zeroHash } from 'viem';
import type { Address, Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { startAnvil } from '@tallyhouse/testing';
import type { Anvil } from '@tallyhouse/testing';
import { makePublicClient, makeWalletClient } from '../clients.js';
import type { SigningClient } from '../clients.js';
import { parseDeployment } from '../deployment.js';
import type { Deployment } from '../deployment.js';
import { modelRegistryAbi, partnerRegistryAbi, timelockControllerAbi } from '../generated/index.js';
import type { DeployOptions } from './deploy-options.js';
import { deployTallyhouse } from './deploy-tallyhouse.js';
import { PROPOSER_ROLE } from './roles.js';
import { verifyDeployment } from './verify-deployment.js';
import { writeDeployment } from './write-deployment.js';

const WORDS = 'test test test test test test test test test test test junk';
const accounts = Array.from({ length: 8 }, (_, addressIndex) => mnemonicToAccount(WORDS, { addressIndex }));
const addressOf = (index: number): Address => (accounts[index] as (typeof accounts)[number]).address;
const [deployer, guardian, proposer, committer, partner] = [0, 1, 2, 3, 4].map(addressOf) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const FAMILIES = ['demand', 'lead-time', 'anomaly'] as const;

function gln(number: number): string {
  const body = `0614141${String(number).padStart(5, '0')}`;
  const sum = Array.from(body).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function sha(text: string): Hex {
  return keccak256(stringToHex(text));
}

function content(): Omit<DeployOptions, 'publicClient' | 'walletClient'> {
  return {
    parameters: {
      votingDelayS: 2,
      votingPeriodS: 30,
      timelockDelayS: 2,
      quorumPercent: 10,
      proposalThreshold: parseEther('1').toString(),
      lateQuorumExtensionS: 5,
      guardianSunset: 4_000_000_000,
    },
    holders: accounts.slice(5).map(({ address }) => ({ address, amount: parseEther('1000') })),
    partners: Array.from({ length: 12 }, (_, index) => ({
      partner: index === 0 ? partner : (`0x${(index + 1).toString(16).padStart(40, '0')}` as Address),
      gln: gln(index),
      name: `Partner ${index}`,
      metadataHash: zeroHash,
      submitters: [addressOf(5), { submitter: addressOf(6), validFromS: 10, validUntilS: 20 }],
    })),
    families: FAMILIES.map((name) => ({
      name,
      genesis: {
        artifactSha256: sha(`${name} artifact`),
        reportSha256: sha(`${name} report`),
        dataRoot: zeroHash,
        dataBlock: 0,
        uri: `sha256:${name}`,
      },
    })),
    guardian,
    proposers: [proposer],
    committers: [committer],
  };
}

describe('deployTallyhouse on a local chain', () => {
  let chain: Anvil;
  let walletClient: SigningClient;
  let deployment: Deployment;
  const steps: string[] = [];
  const publicClient = () => makePublicClient(chain.rpcUrl, { pollingIntervalMs: 100 });

  beforeAll(async () => {
    chain = await startAnvil({ blockTimeS: 1 });
    walletClient = makeWalletClient(chain.rpcUrl, accounts[0] as (typeof accounts)[number]);
    deployment = await deployTallyhouse({
      ...content(),
      publicClient: publicClient(),
      walletClient,
      onStep: ({ name, number, total }) => steps.push(`${number}/${total} ${name}`),
    });
  }, 60_000);

  afterAll(() => chain.stop());

  it('reports every transaction in order', () => {
    expect(steps[0]).toBe(`1/${steps.length} create TallyToken`);
    expect(steps.at(-1)).toBe(`${steps.length}/${steps.length} disown forecasts`);
  });

  it('leaves every right where it should be', async () => {
    expect(await verifyDeployment(publicClient(), deployment)).toEqual([]);
  });

  it('activates the first version of each family', async () => {
    const { address } = deployment.contracts.ModelRegistry;
    for (const name of FAMILIES) {
      const version = await publicClient().readContract({
        address,
        abi: modelRegistryAbi,
        functionName: 'activeVersion',
        args: [sha(name)],
      });
      expect(version).not.toBe(zeroHash);
    }
  });

  it('registers submitters with their validity', async () => {
    const { address } = deployment.contracts.PartnerRegistry;
    const isSubmitter = (submitter: Address, time: bigint) =>
      publicClient().readContract({
        address,
        abi: partnerRegistryAbi,
        functionName: 'isSubmitter',
        args: [partner, submitter, time],
      });
    expect(await isSubmitter(addressOf(5), 2_000_000_000n)).toBe(true);
    expect(await isSubmitter(addressOf(6), 19n)).toBe(true);
    expect(await isSubmitter(addressOf(6), 20n)).toBe(false);
    expect(await isSubmitter(addressOf(7), 19n)).toBe(false);
  });

  it('makes the governor the only proposer of the timelock', async () => {
    const { TimelockController, TallyGovernor } = deployment.contracts;
    const isProposer = (account: Address) =>
      publicClient().readContract({
        address: TimelockController.address,
        abi: timelockControllerAbi,
        functionName: 'hasRole',
        args: [PROPOSER_ROLE, account],
      });
    expect(await isProposer(TallyGovernor.address)).toBe(true);
    expect(await isProposer(deployer)).toBe(false);
  });

  it('finds a right that the deployment does not name', async () => {
    const roles = { ...(deployment.roles as NonNullable<Deployment['roles']>), committers: [partner] };
    const findings = await verifyDeployment(publicClient(), { ...deployment, roles });
    expect(findings.map(({ code }) => code).sort()).toEqual(['right-missing', 'right-unexpected']);
  });

  it('finds a deployer that keeps a right', async () => {
    const roles = { ...(deployment.roles as NonNullable<Deployment['roles']>), deployer: committer };
    const named = { ...deployment, roles: { ...roles, committers: [] } };
    const findings = await verifyDeployment(publicClient(), named);
    expect(findings.map(({ code }) => code)).toEqual(['deployer-keeps-right']);
  });

  it('finds contracts tied to others than the deployment names', async () => {
    const contracts = { ...deployment.contracts, PartnerRegistry: deployment.contracts.ForecastLedger };
    const findings = await verifyDeployment(publicClient(), { ...deployment, contracts });
    expect(findings.map(({ code }) => code)).toContain('wiring');
  });

  it('finds a contract that is not there', async () => {
    const contracts = { ...deployment.contracts, TraceAnchor: { address: partner, block: 1 } };
    const findings = await verifyDeployment(publicClient(), { ...deployment, contracts });
    expect(findings.map(({ code }) => code)).toEqual(['no-code']);
  });

  it('refuses to verify on another chain', async () => {
    const verified = verifyDeployment(publicClient(), { ...deployment, chainId: 1 });
    await expect(verified).rejects.toMatchObject({ code: 'DEPLOYMENT_WRONG_CHAIN', retryable: false });
  });

  it('names the step that the chain refuses', async () => {
    const [first, second] = content().partners ?? [];
    const partners = [first, { ...second, gln: first?.gln }] as DeployOptions['partners'];
    const deployed = deployTallyhouse({ ...content(), partners, publicClient: publicClient(), walletClient });
    await expect(deployed).rejects.toMatchObject({
      code: 'DEPLOYMENT_STEP_REVERTED',
      message: expect.stringContaining('register partner Partner 1'),
    });
  }, 30_000);

  it('refuses a deployer that would keep a right', async () => {
    const deployed = deployTallyhouse({
      ...content(),
      guardian: deployer,
      publicClient: publicClient(),
      walletClient,
    });
    await expect(deployed).rejects.toMatchObject({ code: 'DEPLOYMENT_OPTIONS_INVALID' });
  });

  it('writes a file that reads back the same, byte for byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-deployment-'));
    const path = await writeDeployment(deployment, folder);
    const text = await readFile(path, 'utf8');
    expect(parseDeployment(text)).toEqual(deployment);
    await writeDeployment(parseDeployment(text), folder);
    expect(await readFile(path, 'utf8')).toBe(text);
    await rm(folder, { recursive: true });
  });
});
