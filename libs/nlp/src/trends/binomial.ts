const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 (Lanczos), good to 1e-13. */
export function logGamma(x: number): number {
  let sum = 0.99999999999980993;
  for (const [index, coefficient] of LANCZOS.entries()) sum += coefficient / (x + index);
  const t = x + LANCZOS.length - 1.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** ln of the binomial coefficient. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** ln of the probability of `k` of `n` at share `p`. */
export function logBinomial(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 0 : -Infinity;
  if (p >= 1) return k === n ? 0 : -Infinity;
  return logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/** Probability of `k` or more of `n` at share `p`, exactly summed. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  let sum = 0;
  for (let i = k; i <= n; i += 1) {
    const term = Math.exp(logBinomial(i, n, p));
    sum += term;
    if (i > n * p && term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

/**
 * Probability that `k` or more of `n` drawn without replacement are marked, when `marked` of `all` are (Fisher's exact
 * test, one-sided).
 */
export function hypergeometricTail(k: number, n: number, marked: number, all: number): number {
  if (k <= Math.max(0, n + marked - all)) return 1;
  const whole = logChoose(all, n);
  const expected = (n * marked) / all;
  let sum = 0;
  for (let i = k; i <= Math.min(n, marked); i += 1) {
    const term = Math.exp(logChoose(marked, i) + logChoose(all - marked, n - i) - whole);
    sum += term;
    if (i > expected && term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}
