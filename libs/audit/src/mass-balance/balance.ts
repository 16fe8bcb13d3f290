import { AuditError } from '../audit.errors.js';
import { flowOf, type Movement } from './movement.js';
import { amountOf } from './units.js';

/** Part of the largest amount seen below which a difference is taken for rounding. */
export const ROUNDING = 1e-9;

/** The books of one site, class and unit over a window. */
export interface Balance {
  /** Base unit of the dimension, or the code as given when it is not a known one. */
  readonly unit: string;
  /** Stock when the window begins; never below zero. */
  readonly opening: number;
  readonly in: number;
  readonly out: number;
  /** Stock when the window ends: opening + in − out + gap; never below zero. */
  readonly stock: number;
  /** How much more went out than had come in, over the window: what nobody can say the origin of. */
  readonly gap: number;
  /** When the books first went below zero in the window, and by which event. */
  readonly firstShortfall: { readonly eventId: string; readonly time: number } | null;
  /** Events of the window that moved this unit, in order of time. */
  readonly evidence: readonly string[];
}

/** From (inclusive) to (exclusive), milliseconds since 1970. */
export interface BalanceWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps the books of one site and class, one account a unit. Movements before the window make the opening stock. Goods
 * that leave without having come are a gap, and the books go on from zero: a gap is counted once, at the event that
 * makes it. At equal times what comes in is booked before what goes out.
 *
 * @param movements of one site and class, in any order; each event may have several
 * @throws AuditError `BALANCE_INVALID` for a quantity below zero or not finite, or a window that ends before it begins
 * @example massBalance([{ eventId: 'a', time: 1, cause: 'SHIPPED', quantity: 5 }], { from: 0, to: 9 })[0]?.gap // 5
 */
export function massBalance(movements: Iterable<Movement>, window: BalanceWindow): Balance[] {
  if (!(window.from < window.to)) throw new AuditError('BALANCE_INVALID', 'window: must end after it begins');
  const accounts = new Map<string, Account>();
  for (const entry of inOrder(movements, window.to)) {
    const account = accounts.get(entry.unit) ?? new Account(entry.unit);
    accounts.set(entry.unit, account);
    account.book(entry, entry.time >= window.from);
  }
  return [...accounts.values()].map((account) => account.balance());
}

interface Entry {
  readonly eventId: string;
  readonly time: number;
  readonly isIn: boolean;
  readonly value: number;
  readonly unit: string;
}

function inOrder(movements: Iterable<Movement>, before: number): Entry[] {
  const entries: Entry[] = [];
  for (const movement of movements) {
    const { eventId, time, cause, quantity, uom, netContent } = movement;
    if (!Number.isFinite(quantity) || quantity < 0) {
      const found = `event ${eventId}: quantity ${quantity}`;
      throw new AuditError('BALANCE_INVALID', `${found}: expected a number from zero up`);
    }
    if (time >= before) continue;
    entries.push({ eventId, time, isIn: flowOf(cause) === 'IN', ...amountOf(quantity, uom, netContent) });
  }
  return entries.sort((a, b) => a.time - b.time || Number(b.isIn) - Number(a.isIn));
}

class Account {
  private opening = 0;
  private stock = 0;
  private readonly sums = { in: 0, out: 0, gap: 0 };
  private largest = 0;
  private firstShortfall: Balance['firstShortfall'] = null;
  private readonly evidence = new Set<string>();

  public constructor(private readonly unit: string) {}

  public book({ eventId, time, isIn, value }: Entry, isInWindow: boolean): void {
    this.largest = Math.max(this.largest, value, this.stock);
    this.stock += isIn ? value : -value;
    const missing = this.stock < -ROUNDING * this.largest ? -this.stock : 0;
    if (this.stock < ROUNDING * this.largest) this.stock = 0;
    if (!isInWindow) {
      this.opening = this.stock;
      return;
    }
    this.sums[isIn ? 'in' : 'out'] += value;
    this.sums.gap += missing;
    if (missing > 0) this.firstShortfall ??= { eventId, time };
    this.evidence.add(eventId);
  }

  public balance(): Balance {
    const { unit, opening, stock, firstShortfall } = this;
    return { unit, opening, ...this.sums, stock, firstShortfall, evidence: [...this.evidence] };
  }
}
