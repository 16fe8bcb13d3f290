import {
  deployTallyhouse,
  makePublicClient,
  makeWalletClient,
  type Deployment,
  type DeploymentContent,
  type SigningClient,
} from '@tallyhouse/chain';
import { keccak256, stringToHex, type Hex, type PublicClient } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

/** The phrase whose accounts anvil funds when it is given none; known to everybody. */
export const PUBLIC_TEST_MNEMONIC = 'test test test test test test test test test test test junk';

const VOTES_EACH = 1_000_000n * 10n ** 18n;

/** A deployment on a local chain and the people in it. */
export interface LocalDeployment {
  readonly deployment: Deployment;
  readonly publicClient: PublicClient;
  /** Signing clients of anvil's funded accounts, in order: deployer, guardian, proposer, committer, partner, relayer. */
  readonly people: readonly SigningClient[];
}

/** Position of each person in {@link LocalDeployment.people}. */
export const ROLE = { deployer: 0, guardian: 1, proposer: 2, committer: 3, partner: 4, relayer: 5 } as const;

/**
 * Deploys everything on a fresh local chain: one partner, one family `demand` with a first version in force, and votes
 * for the first four accounts, not yet delegated. Times are short: 10 s delay, 100 s period, 20 s timelock.
 *
 * @example const { deployment } = await deployLocal(chain.rpcUrl)
 */
export async function deployLocal(
  rpcUrl: string,
  overrides: Partial<DeploymentContent> = {},
): Promise<LocalDeployment> {
  const publicClient = makePublicClient(rpcUrl, { pollingIntervalMs: 20 });
  const people = Array.from({ length: 6 }, (_, addressIndex) =>
    makeWalletClient(rpcUrl, mnemonicToAccount(PUBLIC_TEST_MNEMONIC, { addressIndex }), {
      pollingIntervalMs: 20,
    }),
  );
  const addresses = people.map(({ account }) => account.address);
  const [deployer, guardian, proposer, committer, partner, relayer] = addresses;
  if (!people[0] || !deployer || !guardian || !proposer || !committer || !partner || !relayer)
    throw new RangeError('anvil funds at least six accounts');
  const deployment = await deployTallyhouse({
    publicClient,
    walletClient: people[0],
    parameters: {
      ...{ votingDelayS: 10, votingPeriodS: 100, timelockDelayS: 20, quorumPercent: 4 },
      ...{ proposalThreshold: '0', lateQuorumExtensionS: 0, guardianSunset: 4_000_000_000 },
    },
    holders: [deployer, guardian, proposer, committer].map((address) => ({ address, amount: VOTES_EACH })),
    partners: [
      {
        ...{ partner, gln: '4012345000009', name: 'Harbour Pharma' },
        metadataHash: digest('metadata'),
        submitters: [relayer],
      },
    ],
    families: [{ name: 'demand', genesis: { ...testVersion('first'), dataBlock: 0 } }],
    guardian,
    proposers: [proposer],
    committers: [committer],
    ...overrides,
  });
  return { deployment, publicClient, people };
}

/** A made-up model version, told apart by `label`. */
export function testVersion(label: string): {
  artifactSha256: Hex;
  reportSha256: Hex;
  dataRoot: Hex;
  uri: string;
} {
  return {
    artifactSha256: digest(`artifact ${label}`),
    reportSha256: digest(`report ${label}`),
    dataRoot: digest(`data ${label}`),
    uri: `memory:${label}`,
  };
}

/** 32 bytes told apart by `label`. */
export function digest(label: string): Hex {
  return keccak256(stringToHex(label));
}
