import { readDeployment } from '@tallyhouse/chain';
import { CONFIG } from '@tallyhouse/config';

/** Injection token of the {@link Deployment} that this process serves. */
export const DEPLOYMENT = Symbol('DEPLOYMENT');

/** Reads the deployment file once, at start; without a sound one the process does not start. */
export const deploymentProvider = {
  provide: DEPLOYMENT,
  inject: [CONFIG],
  useFactory: readDeployment,
};
