/** A text and its cosine with what was asked for. */
export interface Neighbour {
  readonly id: string;
  readonly similarity: number;
}

const BITS_A_WORD = 32;
/** Candidates of the sketch that are compared exactly: at least so many, and so many for each wanted. */
const LEAST_CANDIDATES = 1_000;
const CANDIDATES_A_RESULT = 20;
const FIRST_CAPACITY = 1_024;

/**
 * Vectors of texts in memory, searched by cosine. Signs of the components make a sketch a vector (Charikar 2002): the
 * sketches nearest to the query by Hamming distance are then compared in full. Below 2,000 vectors every one is
 * compared.
 */
export class VectorIndex {
  private readonly ids: string[] = [];
  private readonly rowOf = new Map<string, number>();
  private readonly words: number;
  private vectors = new Int8Array(0);
  private sketches = new Int32Array(0);
  private norms = new Float32Array(0);

  public constructor(public readonly dimensions: number) {
    this.words = Math.ceil(dimensions / BITS_A_WORD);
  }

  public get size(): number {
    return this.ids.length;
  }

  /** Adds a vector or takes the place of the one of the same id. @throws RangeError for another number of dimensions */
  public set(id: string, vector: Int8Array): void {
    if (vector.length !== this.dimensions)
      throw new RangeError(`${vector.length} dimensions, expected ${this.dimensions}`);
    let row = this.rowOf.get(id);
    if (row === undefined) {
      row = this.ids.push(id) - 1;
      this.rowOf.set(id, row);
      this.grow(row + 1);
    }
    this.vectors.set(vector, row * this.dimensions);
    this.norms[row] = Math.hypot(...vector);
    this.sketches.set(sketchOf(vector, this.words), row * this.words);
  }

  /** The vector of an id, or undefined. */
  public get(id: string): Int8Array | undefined {
    const row = this.rowOf.get(id);
    return row === undefined
      ? undefined
      : this.vectors.slice(row * this.dimensions, (row + 1) * this.dimensions);
  }

  /**
   * The nearest first, at most `count`.
   *
   * @param allowed when given, only these are looked at, all of them exactly
   */
  public nearest(query: Float32Array | Int8Array, count: number, allowed?: ReadonlySet<string>): Neighbour[] {
    const rows = allowed ? this.rowsOf(allowed) : this.candidates(query, count);
    const norm = Math.hypot(...query);
    if (norm === 0) return [];
    const scored = rows.map((row) => ({
      row,
      similarity: this.dot(query, row) / (norm * (this.norms[row]! || 1)),
    }));
    scored.sort((a, b) => b.similarity - a.similarity || a.row - b.row);
    return scored.slice(0, count).map(({ row, similarity }) => ({ id: this.ids[row]!, similarity }));
  }

  private rowsOf(allowed: ReadonlySet<string>): number[] {
    return [...allowed].flatMap((id) => this.rowOf.get(id) ?? []);
  }

  /** Rows whose sketch is nearest, by counting how many rows lie at each distance. */
  private candidates(query: Float32Array | Int8Array, count: number): number[] {
    const wanted = Math.max(LEAST_CANDIDATES, count * CANDIDATES_A_RESULT);
    const { size } = this;
    if (size <= 2 * wanted) return Array.from({ length: size }, (_, row) => row);
    const sketch = sketchOf(query, this.words);
    const distances = new Uint16Array(size);
    const atDistance = new Uint32Array(this.words * BITS_A_WORD + 1);
    for (let row = 0; row < size; row += 1) {
      let distance = 0;
      for (let word = 0; word < this.words; word += 1)
        distance += ones(this.sketches[row * this.words + word]! ^ sketch[word]!);
      distances[row] = distance;
      atDistance[distance]! += 1;
    }
    let limit = 0;
    for (let sum = atDistance[0]!; sum < wanted && limit + 1 < atDistance.length;)
      sum += atDistance[++limit]!;
    const rows: number[] = [];
    for (let row = 0; row < size; row += 1) if (distances[row]! <= limit) rows.push(row);
    return rows;
  }

  private dot(query: Float32Array | Int8Array, row: number): number {
    const { vectors, dimensions } = this;
    let sum = 0;
    for (let i = 0, at = row * dimensions; i < dimensions; i += 1, at += 1) sum += query[i]! * vectors[at]!;
    return sum;
  }

  private grow(rows: number): void {
    const capacity = this.norms.length;
    if (rows <= capacity) return;
    const next = Math.max(FIRST_CAPACITY, 2 * capacity);
    const [vectors, sketches, norms] = [
      new Int8Array(next * this.dimensions),
      new Int32Array(next * this.words),
      new Float32Array(next),
    ];
    vectors.set(this.vectors);
    sketches.set(this.sketches);
    norms.set(this.norms);
    [this.vectors, this.sketches, this.norms] = [vectors, sketches, norms];
  }
}

function sketchOf(vector: Float32Array | Int8Array, words: number): Int32Array {
  const sketch = new Int32Array(words);
  for (let i = 0; i < vector.length; i += 1) if (vector[i]! > 0) sketch[i >> 5]! |= 1 << (i & 31);
  return sketch;
}

/** Bits set in a 32-bit word (Warren, Hacker's Delight, ch. 5). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
