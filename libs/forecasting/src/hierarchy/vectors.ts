// Loops, not callbacks: over a hundred thousand series they are several times as fast.

/** Σ one·other, added up from the front. */
export function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
}

/** target + times · vector, in place. */
export function addMultiple(target: Float64Array, times: number, vector: Float64Array): void {
  if (times === 0) return;
  for (let at = 0; at < target.length; at += 1) target[at]! += times * vector[at]!;
}

/** Products, number by number. */
export function timesEach(one: Float64Array, other: Float64Array): Float64Array {
  const product = new Float64Array(one.length);
  for (let at = 0; at < product.length; at += 1) product[at] = one[at]! * other[at]!;
  return product;
}
