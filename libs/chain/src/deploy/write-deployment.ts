import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONTRACT_NAMES, parseDeployment } from '../deployment.js';
import type { Deployment } from '../deployment.js';

/**
 * Writes `<folder>/<network>.json`: two spaces, fixed order of keys, a final line break, replaced as a whole.
 *
 * @param deployment What {@link deployTallyhouse} returned.
 * @param folder `contracts/deployments` for a public network; made when absent.
 * @returns The path of the file.
 * @throws NonRetryableUserError `DEPLOYMENT_INVALID` when the deployment is not one.
 * @example await writeDeployment(deployment, 'contracts/deployments') // 'contracts/deployments/local.json'
 */
export async function writeDeployment(deployment: Deployment, folder: string): Promise<string> {
  const { network, chainId, startBlock, parameters, roles, contracts } = parseDeployment(deployment);
  const ordered = {
    network,
    chainId,
    startBlock,
    parameters,
    roles,
    contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, contracts[name]])),
  };
  const path = join(folder, `${network}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.part`, `${JSON.stringify(ordered, null, 2)}\n`);
  await rename(`${path}.part`, path);
  return path;
}
