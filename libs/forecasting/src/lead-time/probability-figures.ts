/** How good probabilities of yes were. */
export interface ProbabilityFigures {
  /** Chance that a yes got a larger probability than a no; null where one of them is missing. */
  readonly auc: number | null;
  /** Mean squared error of the probability; smaller is better. */
  readonly brier: number;
  /** Mean distance between stated and observed share, over ten groups of equal size. */
  readonly calibrationError: number;
  readonly meanProbability: number;
}

const GROUPS = 10;

/** AUC with ties counted half (Mann and Whitney), Brier score, expected calibration error. */
export function probabilityFigures(
  probabilities: readonly number[],
  isYes: readonly boolean[],
): ProbabilityFigures {
  const count = probabilities.length;
  const squared = probabilities.reduce((sum, p, at) => sum + (p - (isYes[at] ? 1 : 0)) ** 2, 0);
  return {
    auc: areaUnderCurve(probabilities, isYes),
    brier: squared / count,
    calibrationError: calibrationError(probabilities, isYes),
    meanProbability: probabilities.reduce((sum, p) => sum + p, 0) / count,
  };
}

function areaUnderCurve(probabilities: readonly number[], isYes: readonly boolean[]): number | null {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[a]! - probabilities[b]!);
  const yes = isYes.filter(Boolean).length;
  const no = isYes.length - yes;
  if (yes === 0 || no === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && probabilities[order[to]!] === probabilities[order[from]!]) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at += 1) if (isYes[order[at]!]) rankSum += rank;
    from = to;
  }
  return (rankSum - (yes * (yes + 1)) / 2) / (yes * no);
}

function calibrationError(probabilities: readonly number[], isYes: readonly boolean[]): number {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[a]! - probabilities[b]!);
  let distance = 0;
  for (let group = 0; group < GROUPS; group += 1) {
    const from = Math.floor((group * order.length) / GROUPS);
    const members = order.slice(from, Math.floor(((group + 1) * order.length) / GROUPS));
    const stated = members.reduce((sum, at) => sum + probabilities[at]!, 0);
    const observed = members.filter((at) => isYes[at]).length;
    distance += Math.abs(stated - observed);
  }
  return distance / order.length;
}
