import { custodyAbi } from '@tallyhouse/chain/generated/custody.js';
import { getBlock, getPublicClient, waitForTransactionReceipt, writeContract } from 'wagmi/actions';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

const RECEIPT_TIMEOUT_MS = 120_000;
const HOUR_S = 3_600n;

type CustodyStep =
  | { name: 'offer'; args: readonly [Hex, Hex, bigint, readonly Hex[]] }
  | { name: 'accept' | 'withdraw'; args: readonly [Hex, readonly Hex[]] }
  | { name: 'reject'; args: readonly [Hex, readonly Hex[], string] };

/** Offers units to another partner; the offer is open for so many hours of the chain's clock. */
export async function offerUnits(
  account: Hex,
  { partner, to, hours }: { partner: Hex; to: Hex; hours: number },
  units: readonly Hex[],
): Promise<Receipt> {
  const { timestamp } = await getBlock(running().config);
  return onCustody(account, 'offer', [partner, to, timestamp + BigInt(hours) * HOUR_S, units]);
}

export function acceptUnits(account: Hex, partner: Hex, units: readonly Hex[]): Promise<Receipt> {
  return onCustody(account, 'accept', [partner, units]);
}

export function rejectUnits(
  account: Hex,
  partner: Hex,
  units: readonly Hex[],
  reason: string,
): Promise<Receipt> {
  return onCustody(account, 'reject', [partner, units, reason]);
}

export function withdrawUnits(account: Hex, partner: Hex, units: readonly Hex[]): Promise<Receipt> {
  return onCustody(account, 'withdraw', [partner, units]);
}

/** Tries the call on the chain first, so that a refusal is worded by the contract before the wallet opens. */
async function onCustody<S extends CustodyStep>(
  account: Hex,
  name: S['name'],
  args: S['args'],
): Promise<Receipt> {
  const { config, network } = running();
  const call = {
    address: network.contracts.Custody,
    abi: custodyAbi,
    functionName: name,
    args,
    account,
  } as Parameters<typeof writeContract>[1];
  const client = getPublicClient(config, { chainId: network.chainId });
  await client?.simulateContract(call as Parameters<typeof client.simulateContract>[0]);
  const hash = await writeContract(config, { ...call, chainId: network.chainId });
  const receipt = await waitForTransactionReceipt(config, { hash, timeout: RECEIPT_TIMEOUT_MS });
  if (receipt.status !== 'success')
    throw new Error('The transaction was included but the contract refused it.');
  return { hash, blockNumber: receipt.blockNumber };
}
