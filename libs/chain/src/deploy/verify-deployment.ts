import type { PublicClient } from 'viem';
import { NonRetryableUserError } from '../chain.errors.js';
import type { Deployment } from '../deployment.js';
import { CONTRACT_NAMES } from '../deployment.js';
import type { DeploymentFinding } from './deployment-finding.js';
import { rightsFindings } from './verify-rights.js';
import { wiringFindings } from './verify-wiring.js';

/**
 * Reads the chain and reports every right that is not where the deployment says, and every contract that is not tied
 * to the others as it should be. It reads every grant and revocation since the first block, so a right that nobody
 * thought of shows as well.
 *
 * @param publicClient A client of the deployment's chain.
 * @param deployment What should be there.
 * @returns What differs; empty when all is as it should be.
 * @throws NonRetryableUserError `DEPLOYMENT_WRONG_CHAIN` when the client is on another chain.
 * @example (await verifyDeployment(publicClient, deployment)).length // 0
 */
export async function verifyDeployment(
  publicClient: PublicClient,
  deployment: Deployment,
): Promise<readonly DeploymentFinding[]> {
  const chainId = await publicClient.getChainId();
  if (chainId !== deployment.chainId) {
    throw new NonRetryableUserError(
      'DEPLOYMENT_WRONG_CHAIN',
      `the deployment is on chain ${deployment.chainId}, the RPC URL leads to chain ${chainId}`,
      'give the RPC URL of the right chain, or the deployment file of this one',
    );
  }
  const missing = await contractsWithoutCode(publicClient, deployment);
  if (missing.length > 0) return missing;
  const [rights, wiring] = await Promise.all([
    rightsFindings(publicClient, deployment),
    wiringFindings(publicClient, deployment),
  ]);
  return [...rights, ...wiring];
}

async function contractsWithoutCode(
  publicClient: PublicClient,
  { contracts }: Deployment,
): Promise<DeploymentFinding[]> {
  const codes = await Promise.all(
    CONTRACT_NAMES.map((name) => publicClient.getCode({ address: contracts[name].address })),
  );
  return CONTRACT_NAMES.filter((_, index) => (codes[index] ?? '0x') === '0x').map((contract) => ({
    code: 'no-code',
    contract,
    message: `there is no ${contract} at ${contracts[contract].address}`,
  }));
}
