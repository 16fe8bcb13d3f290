import type { JourneyStack } from './journey-stack.js';

const DAY_MS = 86_400_000;
/** A promotion is told to others so long before it begins. */
const TOLD_DAYS = 14;
/** A list price holds until another is said; it is said for so long. */
const LIST_DAYS = 700;

/** The partner of the world that sells, and what it plans, as `import covariates` reads it. */
export interface Plans {
  /** Its address, lower case. */
  readonly partner: string;
  readonly csv: string;
}

/** List prices and promotions of the retailer of the simulated world: those by which its demand was made. */
export function plansOf({ stack: { simulated, accounts } }: JourneyStack): Plans {
  const retailer = simulated.partners.findIndex(({ role }) => role === 'retailer');
  const { products, promotions, options } = simulated;
  const ahead = (day: string, days: number): string =>
    new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
  const prices = products.map(({ gtin, priceCents }) =>
    ['price', gtin, options.start, ahead(options.start, LIST_DAYS), priceCents / 100, options.start].join(),
  );
  const cuts = promotions
    .filter((one) => one.retailer === retailer)
    .flatMap(({ product, from, to, discountPercent }) => {
      const { gtin, priceCents } = products[product]!;
      const cut = (priceCents * (100 - discountPercent)) / 10_000;
      const said = [ahead(from, -TOLD_DAYS), options.start].toSorted().at(-1);
      const days = [gtin, from, ahead(to, -1)];
      return [['price', ...days, cut, said].join(), ['promotion', ...days, 1, said].join()];
    });
  return {
    partner: accounts.partner(retailer).address.toLowerCase(),
    csv: ['covariate,product,from,to,value,said', ...prices, ...cuts, ''].join('\n'),
  };
}
