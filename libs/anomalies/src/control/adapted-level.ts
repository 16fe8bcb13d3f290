/** What people said of reported anomalies: something was the matter, or nothing was. */
export interface LabelCounts {
  readonly real: number;
  readonly notReal: number;
}

/** The false discovery rate that a page aims at before anybody said anything. */
export const DEFAULT_LEVEL = 0.1;
const STRICTEST = 0.001;
const LOOSEST = 0.25;
/** So many imagined labels at the aimed rate stand beside those given, so that the first click moves little. */
const PRIOR = 10;

/**
 * The level to report at, so that the share of false reports that people see comes back to the aim: twice as many false
 * ones as aimed at halve it. Within 0.001 and 0.25.
 *
 * @example adaptedLevel({ real: 0, notReal: 0 }) // 0.1
 */
export function adaptedLevel({ real, notReal }: LabelCounts, aim = DEFAULT_LEVEL): number {
  const seen = (notReal + PRIOR * aim) / (real + notReal + PRIOR);
  return Math.min(LOOSEST, Math.max(STRICTEST, (aim * aim) / seen));
}
