/** A seeded stream of pseudo-random numbers: xoshiro128** by Blackman and Vigna, its state filled by splitmix32. */
export interface Prng {
  /** The next 32 random bits as an integer from 0 to 4,294,967,295. */
  readonly uint32: () => number;
  /** A number from 0 (included) to 1 (excluded) with 32 random bits. */
  readonly float: () => number;
  /** An integer from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** A normal deviate with mean 0 and standard deviation 1. */
  readonly normal: () => number;
  /** A Poisson deviate; above a mean of 60 the rounded normal approximation. */
  readonly poisson: (mean: number) => number;
}

/** The four words of xoshiro128** state; not all of them may be zero. */
export type PrngState = readonly [number, number, number, number];

const TWO_TO_32 = 4_294_967_296;

/**
 * A stream that depends on nothing but the seed and the label, so that adding a product or a store leaves the
 * streams of all others as they were.
 *
 * @param seed an integer from 0 to 2^53 - 1
 * @param label names the stream, for example `demand:3:1`
 * @example createPrng(1, 'demand').uint32() === createPrng(1, 'demand').uint32() // true
 */
export function createPrng(seed: number, label = ''): Prng {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed must be an integer from 0, not ${seed}`);
  let mixed = mix32((seed >>> 0) ^ Math.imul(Math.floor(seed / TWO_TO_32), 0x85ebca6b));
  for (let i = 0; i < label.length; i += 1) mixed = mix32(Math.imul(mixed ^ label.charCodeAt(i), 0x01000193));
  const words = [1, 2, 3, 4].map((step) => mix32((mixed + Math.imul(step, 0x9e3779b9)) | 0) >>> 0);
  return prngFromState([words[0] ?? 1, words[1] ?? 2, words[2] ?? 3, (words[3] ?? 4) | 1]);
}

/** A stream that starts from an explicit state; the published vectors of the generator are checked through it. */
export function prngFromState(state: PrngState): Prng {
  const uint32 = xoshiro128(state);
  const float = (): number => uint32() / TWO_TO_32;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float());
  return {
    uint32,
    float,
    normal,
    integer: (low, high) => low + Math.floor(float() * (high - low + 1)),
    chance: (probability) => float() < probability,
    poisson: (mean) =>
      mean > 60 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * normal())) : knuth(mean, float),
  };
}

function xoshiro128(state: PrngState): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function mix32(word: number): number {
  let z = word ^ (word >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}

/** Multiplies uniforms until they fall below e^-mean; needs about `mean` numbers. */
function knuth(mean: number, float: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = float(); product > floor; product *= float()) count += 1;
  return count;
}
