import { readDeployment } from '@tallyhouse/chain';
import { chainConfig, ConfigError, type Config } from '@tallyhouse/config';
import type { IndexedChain } from './indexer.module.js';

/**
 * The chains that the deployment files name. The first one's settings carry no number.
 *
 * @throws ConfigError when two files are of one chain, or a further chain has no endpoints
 */
export async function readChains(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<IndexedChain[]> {
  const chains: IndexedChain[] = [];
  for (const path of config.deploymentPaths) {
    const deployment = await readDeployment({ deploymentPath: path });
    const { chainId } = deployment;
    if (chains.some((other) => other.deployment.chainId === chainId))
      throw new ConfigError([
        `TALLYHOUSE_DEPLOYMENT: two files are of chain ${chainId}; leave one of them out`,
      ]);
    const settings = chains.length === 0 ? config : chainConfig(environment, config, chainId);
    chains.push({ deployment, settings });
  }
  return chains;
}
