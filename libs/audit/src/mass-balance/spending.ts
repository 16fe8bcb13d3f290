import { ROUNDING } from './balance.js';
import type { Measured } from './yield.js';
import { amountOf } from './units.js';

/** Material that a certificate covers coming into being, or being used up. */
export interface CertifiedEntry extends Measured {
  readonly eventId: string;
  /** Lot, serial or certificate that the claim hangs on. */
  readonly claim: string;
  readonly kind: 'MADE' | 'SPENT';
}

/** A claim that was spent beyond what was made under it. */
export interface Overspending {
  readonly claim: string;
  readonly unit: string;
  readonly made: number;
  readonly spent: number;
  readonly excess: number;
  /** Every event that spent from the claim, in the order given. */
  readonly evidence: readonly string[];
}

/**
 * Certified material may be spent once: over all sites and all time, what is used of a claim is no more than what was
 * made under it. A claim whose making nobody reported is not judged in that unit: where it began is another question.
 *
 * @example overspent([{ kind: 'MADE', claim: 'l', eventId: 'a', quantity: 10 }, { kind: 'SPENT', claim: 'l', eventId: 'b', quantity: 12 }])[0]?.excess // 2
 */
export function overspent(entries: Iterable<CertifiedEntry>): Overspending[] {
  const accounts = new Map<
    string,
    { claim: string; unit: string; made: number; spent: number; events: Set<string> }
  >();
  for (const { claim, kind, eventId, quantity, uom, netContent } of entries) {
    const { value, unit } = amountOf(quantity, uom, netContent);
    const key = JSON.stringify([claim, unit]);
    const account = accounts.get(key) ?? { claim, unit, made: 0, spent: 0, events: new Set() };
    accounts.set(key, account);
    account[kind === 'MADE' ? 'made' : 'spent'] += value;
    if (kind === 'SPENT') account.events.add(eventId);
  }
  return [...accounts.values()].flatMap(({ events, ...account }) => {
    const excess = account.spent - account.made;
    if (account.made === 0 || excess <= ROUNDING * account.spent) return [];
    return [{ ...account, excess, evidence: [...events] }];
  });
}
