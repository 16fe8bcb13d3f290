import { quantileOf, Ring } from './ring.js';

/** The last values of a stream in rising order, in a buffer that never grows. */
export class SortedMemory {
  private readonly recent: Ring;
  private readonly buffer: Float64Array;

  constructor(private readonly capacity: number) {
    this.recent = new Ring(capacity);
    this.buffer = new Float64Array(capacity + 1);
  }

  get length(): number {
    return this.recent.length;
  }

  push(value: number): void {
    const oldest = this.length === this.capacity ? this.recent.at(this.capacity - 1) : undefined;
    let length = this.length;
    const place = this.firstNotBelow(value, length);
    this.buffer.copyWithin(place + 1, place, length);
    this.buffer[place] = value;
    length += 1;
    if (oldest !== undefined) {
      const gone = this.firstNotBelow(oldest, length);
      this.buffer.copyWithin(gone, gone + 1, length);
    }
    this.recent.push(value);
  }

  /** The values, the oldest first: pushed into an empty memory they make this one again. */
  toArray(): Float64Array {
    return this.recent.toArray();
  }

  /** The value below which a share lies; NaN while there is none. */
  quantile(share: number): number {
    return this.length === 0 ? NaN : quantileOf(this.sorted(), share);
  }

  /** Median of the distances from the median, by two fingers that walk away from it. */
  medianDeviation(): number {
    const sorted = this.sorted();
    const median = this.quantile(0.5);
    let right = this.firstNotBelow(median, sorted.length);
    let left = right - 1;
    const wanted = sorted.length >> 1;
    let [before, deviation] = [0, 0];
    for (let taken = 0; taken <= wanted; taken += 1) {
      before = deviation;
      const [below, above] = [median - (sorted[left] ?? -Infinity), (sorted[right] ?? Infinity) - median];
      if (below <= above) left -= 1;
      else right += 1;
      deviation = Math.min(below, above);
    }
    return sorted.length % 2 === 1 ? deviation : (before + deviation) / 2;
  }

  private sorted(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }

  private firstNotBelow(value: number, length: number): number {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.buffer[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
