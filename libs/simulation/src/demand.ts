import { dayOf, dayOfYear, weekday } from './calendar.js';
import { createPrng, type Prng } from './prng.js';
import type { Product, Promotion, World } from './world.js';

/** Demand falls to this share in the week after a promotion, because customers have stocked up. */
const AFTER_PROMOTION = 0.9;
/** Spread of the factor that all products of a store share on a day. */
const TRAFFIC_SPREAD = 0.08;

/** A promotion with its days as numbers; `to` is the day after the last. */
interface PromotionDays {
  readonly promotion: Promotion;
  readonly from: number;
  readonly to: number;
}

/** Mean and drawn demand of a world; each store and product has a random stream of its own. */
export class DemandModel {
  private readonly promotions = new Map<string, PromotionDays[]>();
  private readonly traffic: Prng[];
  private readonly series = new Map<string, Prng>();

  constructor(private readonly world: World) {
    for (const promotion of world.promotions) {
      const key = `${promotion.retailer}:${promotion.product}`;
      const days = { promotion, from: dayOf(promotion.from), to: dayOf(promotion.to) };
      this.promotions.set(key, [...(this.promotions.get(key) ?? []), days]);
    }
    this.traffic = world.sites.map((_, site) => createPrng(world.options.seed, `traffic:${site}`));
  }

  /** Mean units a day in a store of size 1: trend and yearly wave, without the day of the week or promotions. */
  level(product: Product, day: number): number {
    const { demand } = product;
    const years = (day - this.world.firstDay) / 365.25;
    const phase = (2 * Math.PI * (dayOfYear(day) - demand.peakDayOfYear)) / 365.25;
    const wave = 1 + demand.yearlyAmplitude * Math.cos(phase);
    return demand.unitsPerDay * demand.occurrence * wave * Math.exp(Math.log1p(demand.trendPerYear) * years);
  }

  /** The factor of everything that touches all products of a store on a day alike; to be drawn once a day. */
  drawTraffic(site: number): number {
    return Math.exp(TRAFFIC_SPREAD * (this.traffic[site] as Prng).normal());
  }

  /** The promotion that runs for a product at a retailer on a day. */
  promotionOn(retailer: number, product: number, day: number): Promotion | undefined {
    return this.promotionDays(retailer, product).find(({ from, to }) => from <= day && day < to)?.promotion;
  }

  /** Units that customers of a store want on a day, whether or not the store has them. */
  draw(site: number, product: number, day: number, traffic: number): number {
    const { demand } = this.world.products[product] as Product;
    const prng = this.streamOf(site, product);
    if (demand.pattern === 'intermittent' && !prng.chance(demand.occurrence)) return 0;
    const level = this.level(this.world.products[product] as Product, day) / demand.occurrence;
    const size = (this.world.storeSize[site] ?? 0) * (demand.weekly[weekday(day)] ?? 1) * traffic;
    if (demand.pattern === 'intermittent') return 1 + prng.poisson(Math.max(0, level * size - 1));
    return prng.poisson(level * size * this.promotionFactor(site, product, day));
  }

  private promotionFactor(site: number, product: number, day: number): number {
    const retailer = this.world.sites[site]?.partner ?? -1;
    for (const { promotion, from, to } of this.promotionDays(retailer, product)) {
      if (from <= day && day < to) return promotion.uplift;
      if (to <= day && day < to + 7) return AFTER_PROMOTION;
    }
    return 1;
  }

  private promotionDays(retailer: number, product: number): readonly PromotionDays[] {
    return this.promotions.get(`${retailer}:${product}`) ?? [];
  }

  private streamOf(site: number, product: number): Prng {
    const key = `${site}:${product}`;
    const known = this.series.get(key) ?? createPrng(this.world.options.seed, `demand:${key}`);
    this.series.set(key, known);
    return known;
  }
}
