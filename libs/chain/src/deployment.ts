import { getAddress, isAddress } from 'viem';
import type { Address } from 'viem';
import { z } from 'zod';
import { NonRetryableUserError } from './chain.errors.js';

/** The contracts of one deployment, in the order they are deployed. */
export const CONTRACT_NAMES = [
  'TallyToken',
  'TimelockController',
  'TallyGovernor',
  'ModelRegistry',
  'PartnerRegistry',
  'TraceAnchor',
  'ForecastLedger',
  'Custody',
  'RecallNotice',
] as const;

/** One of {@link CONTRACT_NAMES}. */
export type ContractName = (typeof CONTRACT_NAMES)[number];

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'not an address (0x and 40 hex digits)')
  .transform((text): Address => getAddress(text));
const seconds = z.int().nonnegative();
const block = z.int().nonnegative();
/** Without a block, the indexer looks for the first one that has the contract. */
const contract = z.object({ address, block: block.optional() });

const parameters = z.object({
  /** Seconds between a proposal and the moment votes are counted at. */
  votingDelayS: seconds,
  /** Seconds a vote stays open. */
  votingPeriodS: seconds.positive(),
  /** Seconds between queueing and execution. */
  timelockDelayS: seconds,
  /** Percent of the supply that must take part. */
  quorumPercent: z.int().min(0).max(100),
  /** Votes that a proposer needs, in the token's smallest unit, decimal. */
  proposalThreshold: z.string().regex(/^\d+$/, 'not a decimal number').default('0'),
  /** Seconds a vote stays open after quorum is reached, at least. */
  lateQuorumExtensionS: seconds.default(0),
  /** Unix second from which the guardian may no longer cancel proposals; 0 for never at all. */
  guardianSunset: seconds.default(0),
});

const roles = z.object({
  /** Paid for the deployment; must hold nothing. */
  deployer: address,
  /** May undo the latest activation of a family and, until the sunset, cancel a proposal. */
  guardian: address,
  /** May put model versions forward. */
  proposers: z.array(address),
  /** May commit forecasts. */
  committers: z.array(address),
});

const schema = z.object({
  network: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens only'),
  chainId: z.int().positive(),
  startBlock: block,
  parameters,
  roles: roles.optional(),
  contracts: z
    .object({
      TallyToken: contract,
      TimelockController: contract,
      TallyGovernor: contract,
      ModelRegistry: contract,
      PartnerRegistry: contract,
      TraceAnchor: contract,
      ForecastLedger: contract,
      Custody: contract,
      RecallNotice: contract,
    } satisfies Record<ContractName, typeof contract>)
    // Contracts of one's own, for protocols that are added to the indexer.
    .catchall(contract),
});

/** A deployment as its file says it: plain JSON, addresses checksummed, blocks as numbers, durations in seconds. */
export type Deployment = z.infer<typeof schema>;

/** The rules that a deployment begins with; a vote may change them later. */
export type DeploymentParameters = Deployment['parameters'];

/** Who was given which right at deployment. */
export type DeploymentRoles = NonNullable<Deployment['roles']>;

/**
 * Reads a deployment file.
 *
 * @param json The text of the file, or what `JSON.parse` gave for it.
 * @returns The deployment, with addresses checksummed.
 * @throws NonRetryableUserError `DEPLOYMENT_INVALID` naming each place that is wrong.
 * @example parseDeployment(await readFile('contracts/deployments/local.json', 'utf8')).chainId // 31337
 */
export function parseDeployment(json: unknown): Deployment {
  const result = schema.safeParse(typeof json === 'string' ? fromText(json) : json);
  if (result.success) return result.data;
  const places = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
  );
  throw invalid(places.join(', '));
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw invalid('not JSON', { cause });
  }
}

function invalid(what: string, options?: ErrorOptions): NonRetryableUserError {
  return new NonRetryableUserError(
    'DEPLOYMENT_INVALID',
    `the deployment is not readable (${what})`,
    'correct the file or write it again by deploying',
    options,
  );
}
