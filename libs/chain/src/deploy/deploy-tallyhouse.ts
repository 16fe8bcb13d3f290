import type { TransactionReceipt } from 'viem';
import { NonRetryableUserError } from '../chain.errors.js';
import { CONTRACT_NAMES, parseDeployment } from '../deployment.js';
import type { Deployment } from '../deployment.js';
import type { DeployOptions } from './deploy-options.js';
import { planDeployment } from './plan-deployment.js';
import type { DeploymentPlan } from './plan-deployment.js';
import { sendSteps } from './send-steps.js';
import type { Sender } from './send-steps.js';
import { verifyDeployment } from './verify-deployment.js';

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Deploys everything, registers partners, families and first versions, gives every right to its holder, takes every
 * right from the deployer, and reads the chain to see that it is so.
 *
 * @param options What to begin with and where; see {@link DeployOptions}.
 * @returns The deployment, ready for `writeDeployment`.
 * @throws NonRetryableUserError `DEPLOYMENT_OPTIONS_INVALID`, `DEPLOYMENT_STEP_REVERTED` or `DEPLOYMENT_NOT_SOUND`.
 * @throws RetryableError `DEPLOYMENT_SEND_FAILED` when the node or the chain failed.
 * @example (await deployTallyhouse({ publicClient, walletClient, ...content })).contracts.TraceAnchor.address
 */
export async function deployTallyhouse(options: DeployOptions): Promise<Deployment> {
  const { publicClient, walletClient, network = 'local' } = options;
  const deployer = walletClient.account.address;
  const [chainId, nonce, fees] = await Promise.all([
    publicClient.getChainId(),
    publicClient.getTransactionCount({ address: deployer, blockTag: 'pending' }),
    publicClient.estimateFeesPerGas(),
  ]);
  const plan = planDeployment(options, deployer, nonce);
  const sender = senderOf(options, plan, fees);
  const receipts = await sendSteps(sender, plan.build, nonce);
  await sendSteps(sender, plan.renounce, nonce + plan.build.length);
  const deployment = parseDeployment({
    network,
    chainId,
    startBlock: blockOf(receipts, 0),
    parameters: options.parameters,
    roles: plan.roles,
    contracts: Object.fromEntries(
      CONTRACT_NAMES.map((name, index) => [
        name,
        { address: plan.addresses[name], block: blockOf(receipts, index) },
      ]),
    ),
  });
  await refuseUnsound(options, deployment);
  return deployment;
}

function senderOf(
  { publicClient, walletClient, onStep, timeoutMs = DEFAULT_TIMEOUT_MS }: DeployOptions,
  plan: DeploymentPlan,
  fees: { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint },
): Sender {
  const total = plan.build.length + plan.renounce.length;
  let number = 0;
  return {
    publicClient,
    walletClient,
    // The base fee may rise by an eighth a block while the steps wait; what is not used is not paid.
    fees: { maxFeePerGas: fees.maxFeePerGas * 4n, maxPriorityFeePerGas: fees.maxPriorityFeePerGas },
    timeoutMs,
    onSent: ({ name }, hash) => onStep?.({ name, number: ++number, total, hash }),
  };
}

function blockOf(receipts: readonly TransactionReceipt[], index: number): number {
  return Number(receipts[index]?.blockNumber);
}

async function refuseUnsound({ publicClient }: DeployOptions, deployment: Deployment): Promise<void> {
  const findings = await verifyDeployment(publicClient, deployment);
  if (findings.length === 0) return;
  throw new NonRetryableUserError(
    'DEPLOYMENT_NOT_SOUND',
    findings.map((finding) => finding.message).join(', '),
    'do not use this deployment; see that the deployer sends nothing else and deploy anew',
  );
}
