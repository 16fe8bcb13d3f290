import { quantile } from './weighted-quantile.js';
import type { Delivery } from './delivery.js';
import type { ArrivalSettings } from './lateness-settings.js';

/** Levels that are told of every arrival. */
export const ARRIVAL_LEVELS = [0.1, 0.5, 0.9] as const;

/**
 * Quantiles of the days between promise and arrival, early ones negative: the lane's own past deliveries, and as many
 * more of its mode and of all as its own are few. Only deliveries that it was given are known.
 */
export class ArrivalQuantiles {
  private readonly delays = new Map<string, number[]>();

  private readonly settings: ArrivalSettings;

  constructor(settings: ArrivalSettings) {
    this.settings = settings;
  }

  learn(delivery: Delivery): void {
    const delay = delivery.deliveredDay - delivery.scheduledDay;
    const { lane, mode, supplier } = delivery.groups;
    for (const key of ['', `mode:${mode}`, `lane:${lane}`, `supplier:${supplier}`]) {
      const known = this.delays.get(key) ?? [];
      known.push(delay);
      if (known.length > this.settings.latest) known.shift();
      this.delays.set(key, known);
    }
  }

  /** Days after the promised day at each of the levels; null while nothing is known. */
  of({ groups }: Delivery, levels: readonly number[] = ARRIVAL_LEVELS): number[] | null {
    const { prior } = this.settings;
    const weighted = [
      { key: `lane:${groups.lane}` },
      { key: `supplier:${groups.supplier}` },
      { key: `mode:${groups.mode}`, asMany: prior },
      { key: '', asMany: prior / 3 },
    ].flatMap(({ key, asMany }) => {
      const delays = this.delays.get(key) ?? [];
      const each = asMany === undefined ? 1 : asMany / Math.max(1, delays.length);
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
