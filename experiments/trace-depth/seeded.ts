/** Whole numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

/** Park and Miller's minimal standard generator. */
export function seeded(seed: number): Random {
  let state = (seed % 2_147_483_646) + 1;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}
