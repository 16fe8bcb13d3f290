import { isReceiving, isShipping } from './life.js';
import type { Mention } from './rule.js';
import { DAY_MS } from './words.js';

/** A shipping that names its destination, and where the item was seen next. */
export interface Leg {
  readonly ship: Mention;
  /** The first sighting at the destination; its time may lie before the shipping when a clock is wrong (R9). */
  readonly seen: Mention | undefined;
  /** A receipt at a third place, where there is no sighting at the destination. */
  readonly elsewhere: Mention | undefined;
}

/** A receipt up to this long before its shipping still belongs to it: the order is wrong, the pair is there. */
const INVERSION_MS = 3 * DAY_MS;

/** The legs of an item's way, in the order of time. */
export function legsOf(mentions: readonly Mention[]): Leg[] {
  const legs: Leg[] = [];
  mentions.forEach((ship, index) => {
    const { destination, site } = ship.fact;
    if (!isShipping(ship) || destination === undefined || destination === site) return;
    const next = mentions.findIndex(
      (later, at) => at > index && isShipping(later) && later.fact.site === site,
    );
    const after = mentions.slice(index + 1, next === -1 ? undefined : next);
    const there = after.filter((mention) => mention.fact.site === destination);
    const seen = there.find(isReceiving) ?? earlyReceipt(mentions.slice(0, index), ship, legs) ?? there[0];
    const elsewhere = seen ? undefined : after.find((m) => isReceiving(m) && m.fact.site !== site);
    legs.push({ ship, seen, elsewhere });
  });
  return legs;
}

function earlyReceipt(
  before: readonly Mention[],
  { fact }: Mention,
  legs: readonly Leg[],
): Mention | undefined {
  return before.findLast(
    (mention) =>
      isReceiving(mention) &&
      mention.fact.site === fact.destination &&
      fact.time - mention.fact.time <= INVERSION_MS &&
      !legs.some(({ seen }) => seen === mention),
  );
}
