import type { Account, Chain, Hex, PublicClient, TransactionReceipt, Transport, WalletClient } from 'viem';
import { NonRetryableUserError, RetryableError } from '../chain.errors.js';
import type { DeployStep } from './step.js';

const RECEIPT_POLL_MS = 100;

/** Where a run of steps is sent from. */
export interface Sender {
  readonly publicClient: PublicClient;
  readonly walletClient: WalletClient<Transport, Chain | undefined, Account>;
  readonly fees: { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };
  readonly timeoutMs: number;
  /** Called after each step is sent. */
  readonly onSent: (step: DeployStep, hash: Hex) => void;
}

/**
 * Sends steps one after another with their own nonces, then waits for all of them at once: the nonce keeps the order.
 *
 * @param firstNonce Nonce of the first step.
 * @returns One receipt a step, in the same order.
 * @throws RetryableError `DEPLOYMENT_SEND_FAILED` when the node takes a transaction or mines it not.
 * @throws NonRetryableUserError `DEPLOYMENT_STEP_REVERTED` naming the first step that the chain refused.
 */
export async function sendSteps(
  sender: Sender,
  steps: readonly DeployStep[],
  firstNonce: number,
): Promise<TransactionReceipt[]> {
  const hashes: Hex[] = [];
  for (const [index, step] of steps.entries()) {
    const hash = await send(sender, step, firstNonce + index);
    hashes.push(hash);
    sender.onSent(step, hash);
  }
  const receipts = await receiptsOf(sender, hashes);
  const refused = receipts.findIndex((receipt) => receipt.status !== 'success');
  const step = steps[refused];
  if (step !== undefined) {
    throw new NonRetryableUserError(
      'DEPLOYMENT_STEP_REVERTED',
      `the chain refused the step "${step.name}" (transaction ${hashes[refused]})`,
      'correct what was given to it and deploy anew; nothing of this attempt should be used',
    );
  }
  return receipts;
}

async function send({ walletClient, fees }: Sender, step: DeployStep, nonce: number): Promise<Hex> {
  const { to = null, data, gas, name } = step;
  const { account, chain = null } = walletClient;
  try {
    return await walletClient.sendTransaction({
      account,
      chain,
      to,
      data,
      gas,
      nonce,
      ...fees,
      type: 'eip1559',
    });
  } catch (cause) {
    throw sendFailed(`the node did not take the step "${name}"`, cause);
  }
}

async function receiptsOf(sender: Sender, hashes: readonly Hex[]): Promise<TransactionReceipt[]> {
  const { publicClient, timeoutMs: timeout } = sender;
  const last = hashes.at(-1);
  if (last === undefined) return [];
  try {
    await publicClient.waitForTransactionReceipt({ hash: last, pollingInterval: RECEIPT_POLL_MS, timeout });
    return await Promise.all(hashes.map((hash) => publicClient.getTransactionReceipt({ hash })));
  } catch (cause) {
    throw sendFailed('the transactions were not mined in time', cause);
  }
}

function sendFailed(what: string, cause: unknown): RetryableError {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new RetryableError(
    'DEPLOYMENT_SEND_FAILED',
    `${what} (${reason})`,
    'see that the deployer has funds and sends nothing else, then deploy anew',
    { cause },
  );
}
