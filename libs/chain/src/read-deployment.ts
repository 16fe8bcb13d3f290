import { readFile } from 'node:fs/promises';
import { parseDeployment, type Deployment } from './deployment.js';

/**
 * Reads the deployment that a process works on.
 *
 * @param config.deploymentPath the file
 * @throws NonRetryableUserError `DEPLOYMENT_INVALID` naming each place that is wrong; whatever reading the file throws
 * @example (await readDeployment(readConfig())).chainId // 31337
 */
export async function readDeployment(config: { readonly deploymentPath: string }): Promise<Deployment> {
  return parseDeployment(await readFile(config.deploymentPath, 'utf8'));
}
