import type { Addition } from '../hierarchy/hierarchy.js';

/** Some sums by their leaves, in arrays of whole numbers: four bytes a leaf, and four for each sum that it is part of. */
export class LeafSums {
  private readonly begins: Int32Array;
  private readonly places: Int32Array;

  /** @param wanted places of the sums */
  public constructor({ leaves, sums }: Addition, wanted: ReadonlySet<number>) {
    this.begins = new Int32Array(leaves.length + 1);
    const each = (visit: (leaf: number, place: number) => void): void => {
      for (const place of wanted) {
        const { parts } = sums[place]!;
        for (let at = 0; at < parts.length; at += 1) visit(parts[at]!, place);
      }
    };
    each((leaf) => (this.begins[leaf + 1]! += 1));
    for (let leaf = 0; leaf < leaves.length; leaf += 1) this.begins[leaf + 1]! += this.begins[leaf]!;
    this.places = new Int32Array(this.begins[leaves.length]!);
    const filled = this.begins.slice();
    each((leaf, place) => (this.places[filled[leaf]!++] = place));
  }

  /** Places of the sums that a leaf is part of. */
  public of(leaf: number): Int32Array {
    return this.places.subarray(this.begins[leaf]!, this.begins[leaf + 1]!);
  }
}
