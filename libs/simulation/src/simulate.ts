import { addMonths, dayOf } from './calendar.js';
import { makeProducts } from './catalogue.js';
import { makePartners, makeSites, storeSizes } from './network.js';
import { makeOutages, makePromotions } from './planned.js';
import { createPrng } from './prng.js';
import type { SimulationOptions, World } from './world.js';

const PRODUCTS_AT_SCALE_1 = 24;
const STORES_AT_SCALE_1 = 6;

/**
 * Builds a supply network of three makers, a carrier, a distributor and two retailers, with its products, prices,
 * demand, promotions and plant outages. Nothing is played yet: `events` does that.
 *
 * @throws RangeError for a start that is no date, months outside 1 to 240, or a scale outside 0.01 to 400
 * @example simulate({ seed: 1, start: '2023-01-01', months: 24 }).sites.length // 12
 */
export function simulate({ seed, start, months, scale = 1 }: SimulationOptions): World {
  if (!Number.isInteger(months) || months < 1 || months > 240)
    throw new RangeError('months must be 1 to 240');
  if (!(scale >= 0.01 && scale <= 400)) throw new RangeError('scale must be 0.01 to 400');
  const firstDay = dayOf(start);
  const endDay = addMonths(firstDay, months);
  const partners = makePartners();
  const sites = makeSites(Math.max(2, Math.round(STORES_AT_SCALE_1 * Math.sqrt(scale))), partners);
  const productCount = Math.max(6, Math.round(PRODUCTS_AT_SCALE_1 * Math.sqrt(scale)));
  const products = makeProducts(productCount, partners, createPrng(seed, 'products'));
  return {
    options: { seed, start, months, scale },
    partners,
    sites,
    products,
    promotions: makePromotions(seed, [firstDay, endDay], products, partners),
    outages: makeOutages(seed, [firstDay, endDay], sites),
    storeSize: storeSizes(sites, createPrng(seed, 'stores')),
    firstDay,
    endDay,
  };
}
