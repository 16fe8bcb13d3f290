import { custodyAbi } from '@tallyhouse/chain/generated/custody.js';
import { getBlock } from 'wagmi/actions';
import { triedCall } from './tried-call.js';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

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

/** A call of the custody contract, as `triedCall` makes it. */
function onCustody<S extends CustodyStep>(
  account: Hex,
  functionName: S['name'],
  args: S['args'],
): Promise<Receipt> {
  const address = running().network.contracts.Custody;
  return triedCall({ address, abi: custodyAbi, functionName, args, account });
}
