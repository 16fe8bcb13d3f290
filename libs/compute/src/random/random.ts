/** A stream of random numbers that is the same wherever it is run from the same seed. */
export interface Random {
  /** A whole number, 0 <= n < 2^32. */
  next(): number;
  /** 0 <= x < 1, 32 bits fine; or `low <= x < high`. */
  uniform(low?: number, high?: number): number;
  /** Mean 0, variance 1 (Box and Muller). */
  normal(): number;
  /** A whole number, 0 <= n < `bound`, each as likely. */
  below(bound: number): number;
  /** The numbers 0 to `length` - 1 in random order (Fisher and Yates). */
  permutation(length: number): Uint32Array;
  /** An independent stream for `label`, the same whatever was drawn before. */
  fork(label: number): Random;
}

/** SplitMix32: spreads a small seed over a state (after Steele, Lea and Flood 2014). */
function splitMix(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

const rotl = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

class Xoshiro implements Random {
  private readonly seed: number;
  private readonly state: Uint32Array;
  private spare: number | undefined;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    const spread = splitMix(this.seed);
    this.state = Uint32Array.from({ length: 4 }, spread);
  }

  next(): number {
    const s = this.state as Uint32Array & Record<0 | 1 | 2 | 3, number>;
    const result = Math.imul(rotl(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotl(s[3], 11);
    return result;
  }

  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.next() / 2 ** 32);
  }

  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  below(bound: number): number {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = this.next();
    while (drawn >= limit) drawn = this.next();
    return drawn % bound;
  }

  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index);
    for (let last = length - 1; last > 0; last -= 1) {
      const picked = this.below(last + 1);
      const kept = order[last] as number;
      order[last] = order[picked] as number;
      order[picked] = kept;
    }
    return order;
  }

  fork(label: number): Random {
    return new Xoshiro(splitMix(this.seed ^ Math.imul(label + 1, 0x632be5ab))());
  }
}

/**
 * A seeded generator: xoshiro128** (Blackman and Vigna 2018). `normal` uses the platform's log, sin and cos,
 * so its last bit may differ between JavaScript engines; `next`, `below` and `permutation` never do.
 * @example seededRandom(7).permutation(4) // the same order every time
 */
export function seededRandom(seed: number): Random {
  return new Xoshiro(seed);
}
