import { isoDate } from './calendar.js';
import { createPrng } from './prng.js';
import type { Outage, Partner, Product, Promotion, Site } from './world.js';

/** Days between the end of a promotion and the start of the next of the same product and retailer. */
const GAP_DAYS = [45, 130] as const;
const LENGTH_DAYS = [6, 13] as const;
const DISCOUNTS = [15, 20, 25, 30, 35] as const;
/** Days between outages of a plant, and how long one lasts. */
const OUTAGE_GAP_DAYS = [220, 420] as const;
const OUTAGE_DAYS = [8, 16] as const;

/** Price cuts of every regular product at every retailer over the days of sale. */
export function makePromotions(
  seed: number,
  days: readonly [number, number],
  products: readonly Product[],
  partners: readonly Partner[],
): Promotion[] {
  const promotions: Promotion[] = [];
  partners.forEach(({ role }, retailer) => {
    if (role !== 'retailer') return;
    products.forEach((product, index) => {
      if (product.demand.pattern === 'regular')
        promotions.push(...promotionsOf(seed, days, product, index, retailer));
    });
  });
  return promotions;
}

/** Times in which a plant makes nothing; the first falls at the earliest 60 days after the first day of sale. */
export function makeOutages(seed: number, days: readonly [number, number], sites: readonly Site[]): Outage[] {
  const outages: Outage[] = [];
  sites.forEach(({ kind }, site) => {
    if (kind !== 'plant') return;
    const prng = createPrng(seed, `outage:${site}`);
    let from = days[0] + 60 + prng.integer(0, 200);
    while (from < days[1]) {
      const to = from + prng.integer(...OUTAGE_DAYS);
      outages.push({ site, from: isoDate(from), to: isoDate(to) });
      from = to + prng.integer(...OUTAGE_GAP_DAYS);
    }
  });
  return outages;
}

function promotionsOf(
  seed: number,
  days: readonly [number, number],
  product: Product,
  index: number,
  retailer: number,
): Promotion[] {
  const prng = createPrng(seed, `promotion:${index}:${retailer}`);
  const promotions: Promotion[] = [];
  let from = days[0] + prng.integer(10, 100);
  while (from < days[1]) {
    const to = from + prng.integer(...LENGTH_DAYS);
    const discountPercent = DISCOUNTS[prng.integer(0, DISCOUNTS.length - 1)] ?? DISCOUNTS[0];
    promotions.push({
      id: `P-${retailer}-${index}-${promotions.length + 1}`,
      product: index,
      retailer,
      from: isoDate(from),
      to: isoDate(to),
      discountPercent,
      uplift: Math.round((1 + product.demand.upliftPerPercent * discountPercent) * 100) / 100,
    });
    from = to + prng.integer(...GAP_DAYS);
  }
  return promotions;
}
