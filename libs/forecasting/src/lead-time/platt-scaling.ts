const STEPS = 50;

/**
 * Probabilities from log-odds by a slope and an offset fitted to held-out outcomes (Platt 1999, with his prior that keeps
 * a separable sample finite), by Newton's method.
 */
export function plattScaling(odds: readonly number[], isYes: readonly boolean[]): (odds: number) => number {
  const yes = isYes.filter(Boolean).length;
  const targets = [1 / (isYes.length - yes + 2), (yes + 1) / (yes + 2)] as const;
  // From no slope, where no outcome is taken for certain, the steps stay small; from 1 they would overshoot.
  let [slope, offset] = [0, 0];
  for (let step = 0; step < STEPS; step += 1) {
    let [gs, go, ss, so, oo] = [0, 0, 1e-3, 0, 1e-3];
    odds.forEach((x, at) => {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const error = p - targets[isYes[at] ? 1 : 0];
      const weight = p * (1 - p);
      gs += error * x;
      go += error;
      ss += weight * x * x;
      so += weight * x;
      oo += weight;
    });
    const determinant = ss * oo - so * so;
    slope -= (oo * gs - so * go) / determinant;
    offset -= (ss * go - so * gs) / determinant;
  }
  return (x) => 1 / (1 + Math.exp(-(slope * x + offset)));
}
