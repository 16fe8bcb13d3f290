import { getAddress, getContractAddress, isAddressEqual } from 'viem';
import type { Address } from 'viem';
import { NonRetryableUserError } from '../chain.errors.js';
import { CONTRACT_NAMES } from '../deployment.js';
import type { ContractName, DeploymentRoles } from '../deployment.js';
import { constructionSteps } from './construction-steps.js';
import { contentSteps } from './content-steps.js';
import type { DeploymentContent } from './deploy-options.js';
import { handOverSteps, renounceSteps } from './rights-steps.js';
import type { DeployStep } from './step.js';

/** The address of each contract. */
export type ContractAddresses = Readonly<Record<ContractName, Address>>;

/** Every transaction of a deployment, known before the first is sent. */
export interface DeploymentPlan {
  readonly addresses: ContractAddresses;
  readonly roles: DeploymentRoles;
  /** Deploys, fills and gives every right to its holder. */
  readonly build: readonly DeployStep[];
  /** Takes every right from the deployer; sent only when all of `build` succeeded. */
  readonly renounce: readonly DeployStep[];
}

/**
 * Works out a deployment without touching the chain: the addresses follow from the deployer and its nonces.
 *
 * @param content What the deployment begins with.
 * @param deployer The account that sends every transaction.
 * @param firstNonce Its nonce at the first transaction.
 * @throws NonRetryableUserError `DEPLOYMENT_OPTIONS_INVALID` when the deployer would keep a right.
 * @example planDeployment(content, deployer, 0).addresses.TraceAnchor // '0x…'
 */
export function planDeployment(
  content: DeploymentContent,
  deployer: Address,
  firstNonce: number,
): DeploymentPlan {
  const roles: DeploymentRoles = {
    deployer: getAddress(deployer),
    guardian: getAddress(content.guardian),
    proposers: content.proposers.map((address) => getAddress(address)),
    committers: content.committers.map((address) => getAddress(address)),
  };
  refuseDeployerAmong(roles);
  const addresses = Object.fromEntries(
    CONTRACT_NAMES.map((name, index) => [
      name,
      getContractAddress({ from: deployer, nonce: BigInt(firstNonce + index) }),
    ]),
  ) as ContractAddresses;
  const genesis = content.families.some((family) => family.genesis !== undefined);
  return {
    addresses,
    roles,
    build: [
      ...constructionSteps(content, addresses, roles.deployer),
      ...contentSteps(content, addresses, roles.deployer),
      ...handOverSteps(addresses, roles),
    ],
    renounce: renounceSteps(addresses, roles.deployer, { alsoProposer: genesis }),
  };
}

function refuseDeployerAmong(roles: DeploymentRoles): void {
  const holders = [roles.guardian, ...roles.proposers, ...roles.committers];
  if (!holders.some((holder) => isAddressEqual(holder, roles.deployer))) return;
  throw new NonRetryableUserError(
    'DEPLOYMENT_OPTIONS_INVALID',
    `the deployer ${roles.deployer} is also the guardian, a proposer or a committer`,
    'deploy from an account that is given no right',
  );
}
