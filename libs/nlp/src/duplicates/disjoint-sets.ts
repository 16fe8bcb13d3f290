/** Sets that only ever merge (union by smallest member, with path halving): each is named by its smallest member. */
export class DisjointSets {
  private readonly parent: Int32Array;

  public constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, index) => index);
  }

  /** The smallest member of the set of `member`. */
  public find(member: number): number {
    let at = member;
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!;
      at = this.parent[at]!;
    }
    return at;
  }

  public union(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    this.parent[Math.max(first, second)] = Math.min(first, second);
  }
}
