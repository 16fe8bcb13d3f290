import { readFile } from 'node:fs/promises';
import { parseDeployment, type Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';

/** Injection token of the {@link Deployment} that this process serves. */
export const DEPLOYMENT = Symbol('DEPLOYMENT');

/** Reads the deployment file once, at start; without a sound one the process does not start. */
export const deploymentProvider = {
  provide: DEPLOYMENT,
  inject: [CONFIG],
  useFactory: async (config: Config): Promise<Deployment> =>
    parseDeployment(await readFile(config.deploymentPath, 'utf8')),
};
