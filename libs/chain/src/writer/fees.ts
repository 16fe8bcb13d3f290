/** What a transaction offers, in wei a unit of gas (EIP-1559). */
export interface Fees {
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
}

/** Nodes want at least a tenth more before they replace a transaction; an eighth is above that of every client. */
const BUMP_DIVISOR = 8n;

/**
 * Fees that replace a transaction still waiting: an eighth more than it offers, or what the market asks when that is
 * more, and never above the cap.
 *
 * @returns undefined when the cap allows no replacement
 */
export function replacing(waiting: Fees, market: Fees, maxFeeCap: bigint): Fees | undefined {
  const raised = (fee: bigint): bigint => fee + fee / BUMP_DIVISOR + 1n;
  const least = { maxFee: raised(waiting.maxFee), priorityFee: raised(waiting.priorityFee) };
  if (least.maxFee > maxFeeCap) return undefined;
  return capped(
    {
      maxFee: larger(least.maxFee, market.maxFee),
      priorityFee: larger(least.priorityFee, market.priorityFee),
    },
    maxFeeCap,
  );
}

/** Fees no higher than the cap, the tip no higher than the whole. */
export function capped({ maxFee, priorityFee }: Fees, maxFeeCap: bigint): Fees {
  const whole = maxFee < maxFeeCap ? maxFee : maxFeeCap;
  return { maxFee: whole, priorityFee: priorityFee < whole ? priorityFee : whole };
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
