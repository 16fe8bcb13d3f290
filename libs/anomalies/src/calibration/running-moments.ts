/** Mean and variance that forget: an average of everything until `memory` values were seen, exponential after. */
export class RunningMoments {
  mean = 0;
  variance = 0;
  count = 0;

  constructor(private readonly memory: number) {}

  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  push(value: number): void {
    this.count += 1;
    const weight = 1 / Math.min(this.count, this.memory);
    const difference = value - this.mean;
    this.mean += weight * difference;
    this.variance = (1 - weight) * (this.variance + weight * difference * difference);
  }
}
