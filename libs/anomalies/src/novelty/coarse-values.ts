import type { NumberRow } from './number-row.js';

const MEAN_WEIGHT = 0.1;
const SPIKE = 0.1;

/**
 * Folds so many values into one that keeps a spike: the extreme of the group that lies farther from the usual mean, or
 * the group's own mean where that extreme is within a tenth of it.
 */
export class CoarseValues {
  private count = 0;
  private sum = 0;
  private least = Infinity;
  private most = -Infinity;
  private usual = NaN;

  constructor(private readonly step: number) {}

  /** @returns the folded value when the group is full, else undefined */
  push(value: number): number | undefined {
    this.count += 1;
    this.sum += value;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    return this.count < this.step ? undefined : this.fold();
  }

  /** What the group under way holds, for {@link CoarseValues.restore}. */
  state(): number[] {
    return [this.count, this.sum, this.least, this.most, this.usual];
  }

  restore(kept: NumberRow): void {
    this.count = kept.next();
    this.sum = kept.next();
    this.least = kept.next();
    this.most = kept.next();
    this.usual = kept.next();
  }

  private fold(): number {
    const mean = this.sum / this.count;
    this.usual = Number.isNaN(this.usual) ? mean : this.usual + MEAN_WEIGHT * (mean - this.usual);
    const above = Math.abs(this.most - this.usual) > Math.abs(this.least - this.usual);
    const extreme = above ? this.most : this.least;
    this.count = 0;
    this.sum = 0;
    this.least = Infinity;
    this.most = -Infinity;
    return Math.abs(extreme - mean) < SPIKE * Math.abs(mean) ? mean : extreme;
  }
}
