/** Something with the time at which it is recorded, Unix milliseconds. */
interface Timed {
  readonly recordedAt: number;
}

/** A binary heap by time of record; the earliest comes first, and of equal times the one that was added first. */
export class RecordHeap<Entry extends Timed> {
  private readonly entries: { readonly entry: Entry; readonly order: number }[] = [];
  private added = 0;

  public get size(): number {
    return this.entries.length;
  }

  public peek(): Entry | undefined {
    return this.entries[0]?.entry;
  }

  public push(entry: Entry): void {
    const { entries } = this;
    let index = entries.push({ entry, order: this.added }) - 1;
    this.added += 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.less(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  public pop(): Entry | undefined {
    const { entries } = this;
    const first = entries[0];
    const last = entries.pop();
    if (!first || !last || entries.length === 0) return first?.entry;
    entries[0] = last;
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < entries.length && this.less(left, least)) least = left;
      if (right < entries.length && this.less(right, least)) least = right;
      if (least === index) return first.entry;
      this.swap(index, least);
      index = least;
    }
  }

  private less(a: number, b: number): boolean {
    const [left, right] = [this.entries[a]!, this.entries[b]!];
    const difference = left.entry.recordedAt - right.entry.recordedAt;
    return difference < 0 || (difference === 0 && left.order < right.order);
  }

  private swap(a: number, b: number): void {
    [this.entries[a], this.entries[b]] = [this.entries[b]!, this.entries[a]!];
  }
}
