import { join } from 'node:path';
import type { Command } from 'commander';
import { deployTallyhouse, makePublicClient, makeWalletClient, writeDeployment } from '@tallyhouse/chain';
import { CliError } from '../cli.errors.js';
import { DEFAULT_STATE_DIR, ROOT } from '../paths.js';
import { readDeploymentPlan } from './deployment-plan.js';
import { firstFamilies } from './first-families.js';

/** `tallyhouse deploy` */
export function addDeployCommand(program: Command): void {
  program
    .command('deploy <plan>')
    .description('deploy the contracts on the chain of RPC_URLS; every right ends with the timelock')
    .option('--out <folder>', 'where <network>.json is written', join(ROOT, 'contracts', 'deployments'))
    .option('--state-dir <folder>', 'the first model goes into its artifacts', DEFAULT_STATE_DIR)
    .action(deploy);
}

async function deploy(
  planPath: string,
  options: { readonly out: string; readonly stateDir: string },
): Promise<void> {
  const plan = await readDeploymentPlan(planPath);
  const rpcUrls = fromEnvironment('RPC_URLS').split(',');
  const artifacts = join(options.stateDir, 'artifacts');
  const walletClient = makeWalletClient(rpcUrls, fromEnvironment('DEPLOYER_PRIVATE_KEY') as `0x${string}`);
  const deployment = await deployTallyhouse({
    ...plan,
    holders: plan.holders.map(({ address, tokens }) => ({ address, amount: tokens })),
    families: await firstFamilies(artifacts),
    publicClient: makePublicClient(rpcUrls),
    walletClient,
    onStep: ({ name, number, total }) => process.stdout.write(`${number}/${total} ${name}\n`),
  });
  const path = await writeDeployment(deployment, options.out);
  process.stdout.write(
    `written: ${path}\nchecked on chain: the deployer keeps nothing, every right is where it should be\n`,
  );
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value && (name !== 'DEPLOYER_PRIVATE_KEY' || /^0x[0-9a-fA-F]{64}$/.test(value))) return value;
  throw new CliError(
    `${name} is ${value ? 'malformed' : 'not set'}`,
    `set ${name} in the environment and try again`,
  );
}
