import type { Deployment } from '@tallyhouse/chain';
import { StopError } from '../indexer.errors.js';

/** Where a contract is, and its first block where the file says it. */
export type Contract = Deployment['contracts'][string];

/** @throws StopError when the deployment does not name a contract that a protocol reads */
export function deployedAt(deployment: Deployment, contract: string): Contract {
  const found: Contract | undefined = deployment.contracts[contract];
  if (found) return found;
  throw new StopError(
    'CONTRACTS_MISSING',
    `the deployment file of chain ${deployment.chainId} names no ${contract}`,
    `add "${contract}": { "address": "0x…" } to its contracts, or take the protocol out`,
  );
}
