import {
  deployTallyhouse,
  makePublicClient,
  makeWalletClient,
  writeDeployment,
  type Deployment,
} from '@tallyhouse/chain';
import { keccak256 } from '@tallyhouse/proofs';
import { firstFamilies } from '../deploy/first-families.js';
import type { LocalAccounts } from './accounts.js';

/** Rules of a local world: fast enough that a person sees a vote through. Durations in seconds. */
export const LOCAL_PARAMETERS = {
  votingDelayS: 5,
  votingPeriodS: 600,
  timelockDelayS: 5,
  quorumPercent: 4,
  proposalThreshold: '1000000000000000000',
  lateQuorumExtensionS: 60,
  guardianSunset: Date.UTC(2030, 0, 1) / 1000,
} as const;

const TALLY = 10n ** 18n;
const MEMBER_TALLY = [400_000n, 350_000n, 250_000n] as const;

export interface GenesisOptions {
  readonly rpcUrl: string;
  readonly accounts: LocalAccounts;
  /** In the order of their accounts. */
  readonly partners: readonly { readonly name: string; readonly role: string; readonly gln: string }[];
  readonly artifactFolder: string;
  readonly deploymentFolder: string;
  readonly onStep?: (name: string, number: number, total: number) => void;
}

/** Deploys the contracts with the world's partners and the first demand model, the seasonal naive method. */
export async function genesis(options: GenesisOptions): Promise<Deployment> {
  const { accounts } = options;
  const deployment = await deployTallyhouse({
    publicClient: makePublicClient(options.rpcUrl, { pollingIntervalMs: 100 }),
    walletClient: makeWalletClient(options.rpcUrl, accounts.deployer.privateKey),
    parameters: LOCAL_PARAMETERS,
    holders: accounts.members.map((member, index) => ({
      address: member.address,
      amount: MEMBER_TALLY[index]! * TALLY,
    })),
    partners: options.partners.map((partner, index) => ({
      partner: accounts.partner(index).address,
      gln: partner.gln,
      name: partner.name,
      metadataHash: keccak256(
        new TextEncoder().encode(JSON.stringify({ name: partner.name, role: partner.role })),
      ),
      submitters: [accounts.relayer.address],
    })),
    families: await firstFamilies(options.artifactFolder),
    guardian: accounts.guardian.address,
    proposers: [accounts.proposer.address],
    committers: [accounts.relayer.address],
    onStep: ({ name, number, total }) => options.onStep?.(name, number, total),
  });
  await writeDeployment(deployment, options.deploymentFolder);
  return deployment;
}
