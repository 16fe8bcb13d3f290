/** A vector of which only some entries differ from zero; indices ascend. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Rows of one width in compressed form. */
export interface SparseRows {
  readonly rows: readonly SparseVector[];
  readonly width: number;
}

/** @param entries index and value, in any order, each index once; zeros are left out */
export function sparseVector(entries: Iterable<readonly [number, number]>): SparseVector {
  const list = [...entries].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
  return {
    indices: Int32Array.from(list, ([index]) => index),
    values: Float64Array.from(list, ([, value]) => value),
  };
}

/** The vectors beside each other: those of `parts[1]` begin at the width of `parts[0]`, and so on. */
export function joined(parts: readonly SparseRows[]): SparseRows {
  const rows = parts[0]!.rows.map((_, row) => {
    const indices: number[] = [];
    const values: number[] = [];
    let offset = 0;
    for (const part of parts) {
      const vector = part.rows[row]!;
      for (let at = 0; at < vector.indices.length; at++) {
        indices.push(vector.indices[at]! + offset);
        values.push(vector.values[at]!);
      }
      offset += part.width;
    }
    return { indices: Int32Array.from(indices), values: Float64Array.from(values) };
  });
  return { rows, width: parts.reduce((sum, { width }) => sum + width, 0) };
}

/** Sum of the products of a sparse and a dense vector. */
export function dot({ indices, values }: SparseVector, dense: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < indices.length; at++) sum += values[at]! * dense[indices[at]!]!;
  return sum;
}
