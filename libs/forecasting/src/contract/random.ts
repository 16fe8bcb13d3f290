/** A source of numbers uniform on [0, 1). Passed in wherever a method draws. */
export type Rng = () => number;

/**
 * A seeded generator (sfc32, Chris Doty-Humphrey's PractRand), equal on every machine.
 *
 * @param seed any safe integer
 * @example
 * const rng = seededRandom(7);
 * rng() === seededRandom(7)(); // true
 */
export function seededRandom(seed: number): Rng {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ Math.floor(seed / 2 ** 32);
  let c = 0xb7e15162;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return next;
}
