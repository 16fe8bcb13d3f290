/** Reads numbers one after the other, as they were written. */
export class NumberRow {
  private at = 0;

  constructor(private readonly numbers: Float64Array) {}

  /** @throws RangeError where the row has ended */
  next(): number {
    const value = this.numbers[this.at];
    if (value === undefined)
      throw new RangeError(`a kept state has ${this.numbers.length} numbers; more were expected`);
    this.at += 1;
    return value;
  }

  /** Numbers that stand behind their count. */
  list(): Float64Array {
    const count = this.next();
    if (count < 0 || this.at + count > this.numbers.length)
      throw new RangeError(
        `a kept state tells of ${count} numbers and has ${this.numbers.length - this.at} left`,
      );
    this.at += count;
    return this.numbers.subarray(this.at - count, this.at);
  }
}
