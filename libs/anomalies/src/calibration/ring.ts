/** The last values of a stream, in a buffer that never grows. */
export class Ring {
  private readonly buffer: Float64Array;
  private next = 0;
  length = 0;

  constructor(readonly capacity: number) {
    this.buffer = new Float64Array(capacity);
  }

  push(value: number): void {
    this.buffer[this.next] = value;
    this.next = (this.next + 1) % this.capacity;
    this.length = Math.min(this.capacity, this.length + 1);
  }

  /** The value `back` places ago; 0 is the latest. NaN where there is none. */
  at(back: number): number {
    if (back >= this.length) return NaN;
    return this.buffer[(this.next - 1 - back + 2 * this.capacity) % this.capacity]!;
  }

  /** The values in rising order. */
  sorted(): Float64Array {
    return this.buffer.slice(0, this.length).sort();
  }

  /** The values, the oldest first. */
  toArray(): Float64Array {
    return Float64Array.from({ length: this.length }, (_, index) => this.at(this.length - 1 - index));
  }
}

/** The value below which a share of sorted values lies, between neighbours in proportion. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a + (b - a) * (place - low);
}

/** Median and median absolute deviation, the latter scaled to a standard deviation of the normal. */
export function medianAndSpread(values: Float64Array): { readonly median: number; readonly spread: number } {
  const sorted = values.slice().sort();
  const median = quantileOf(sorted, 0.5);
  const deviations = sorted.map((value) => Math.abs(value - median)).sort();
  return { median, spread: 1.4826 * quantileOf(deviations, 0.5) };
}
