import { quantile } from './weighted-quantile.js';
import type { Delivery } from './delivery.js';

/** Levels that are told of every arrival. */
export const ARRIVAL_LEVELS = [0.1, 0.5, 0.9] as const;

const LANE_PRIOR = 15;
const LATEST = 400;

/**
 * Quantiles of the days between promise and arrival, early ones negative: the lane's own past deliveries, and as many
 * more of its mode and of all as its own are few. Only deliveries that it was given are known.
 */
export class ArrivalQuantiles {
  private readonly delays = new Map<string, number[]>();

  learn(delivery: Delivery): void {
    const delay = delivery.deliveredDay - delivery.scheduledDay;
    const { lane, mode, supplier } = delivery.groups;
    for (const key of ['', `mode:${mode}`, `lane:${lane}`, `supplier:${supplier}`]) {
      const known = this.delays.get(key) ?? [];
      known.push(delay);
      if (known.length > LATEST) known.shift();
      this.delays.set(key, known);
    }
  }

  /** Days after the promised day at each of the levels; null while nothing is known. */
  of({ groups }: Delivery, levels: readonly number[] = ARRIVAL_LEVELS): number[] | null {
    const weighted = [
      { delays: this.delays.get(`lane:${groups.lane}`) ?? [], weight: 1 },
      { delays: this.delays.get(`supplier:${groups.supplier}`) ?? [], weight: 1 },
      { delays: this.delays.get(`mode:${groups.mode}`) ?? [], weight: LANE_PRIOR },
      { delays: this.delays.get('') ?? [], weight: LANE_PRIOR / 3 },
    ].flatMap(({ delays, weight }) => {
      const each = weight === 1 ? 1 : weight / Math.max(1, delays.length);
      return delays.map((delay) => ({ value: delay, weight: each }));
    });
    return weighted.length === 0 ? null : levels.map((level) => quantile(weighted, level));
  }

  /** Of all deliveries together. */
  overall(): number[] | null {
    const all = (this.delays.get('') ?? []).map((value) => ({ value, weight: 1 }));
    return all.length === 0 ? null : ARRIVAL_LEVELS.map((level) => quantile(all, level));
  }
}
