/** Counts of one label over texts. */
interface Counts {
  hits: number;
  wrong: number;
  missed: number;
}

/** Figures of one label. */
export interface LabelFigures {
  readonly label: string;
  /** Texts of the evaluated part that have the label. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Null where no text has the label. */
  readonly averagePrecision: number | null;
}

export interface MultiLabelFigures {
  /** Mean F1 of the labels present in the evaluated part. */
  readonly macroF1: number;
  readonly microF1: number;
  /** Mean over labels present of the average precision. */
  readonly meanAveragePrecision: number;
  readonly byLabel: readonly LabelFigures[];
}

const f1Of = ({ hits, wrong, missed }: Counts): number =>
  hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong + missed);

/**
 * Average precision: precision at each threshold weighted by the step in recall, ties taken together.
 *
 * @returns null where no target is 1
 */
export function averagePrecision(targets: Uint8Array, scores: Float64Array): number | null {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  const positives = targets.reduce((sum, target) => sum + target, 0);
  if (positives === 0) return null;
  let [found, seen, total] = [0, 0, 0];
  for (let at = 0; at < order.length;) {
    let end = at;
    let step = 0;
    while (end < order.length && scores[order[end]!] === scores[order[at]!]) step += targets[order[end++]!]!;
    seen = end;
    found += step;
    total += (step / positives) * (found / seen);
    at = end;
  }
  return total;
}

function countsOf(targets: Uint8Array, decisions: Uint8Array): Counts {
  const counts = { hits: 0, wrong: 0, missed: 0 };
  targets.forEach((target, row) => {
    if (target && decisions[row]) counts.hits += 1;
    else if (decisions[row]) counts.wrong += 1;
    else if (target) counts.missed += 1;
  });
  return counts;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/**
 * F1 and average precision of multi-label decisions (Sebastiani 2002, section 7.1). Columns are labels.
 *
 * @param decisions 0 or 1 a text and label
 * @param probabilities what the decisions were made from
 */
export function multiLabelFigures(
  labels: readonly string[],
  targets: readonly Uint8Array[],
  decisions: readonly Uint8Array[],
  probabilities: readonly Float64Array[],
): MultiLabelFigures {
  const counts = labels.map((_, column) => countsOf(targets[column]!, decisions[column]!));
  const byLabel = labels.map((label, column): LabelFigures => {
    const { hits, wrong, missed } = counts[column]!;
    return {
      label,
      support: hits + missed,
      precision: hits / (hits + wrong || 1),
      recall: hits / (hits + missed || 1),
      f1: f1Of(counts[column]!),
      averagePrecision: averagePrecision(targets[column]!, probabilities[column]!),
    };
  });
  const present = byLabel.filter(({ support }) => support > 0);
  const total = counts.reduce(
    (sum, { hits, wrong, missed }) => ({
      hits: sum.hits + hits,
      wrong: sum.wrong + wrong,
      missed: sum.missed + missed,
    }),
    { hits: 0, wrong: 0, missed: 0 },
  );
  return {
    macroF1: mean(present.map(({ f1 }) => f1)),
    microF1: f1Of(total),
    meanAveragePrecision: mean(present.map(({ averagePrecision: precision }) => precision!)),
    byLabel,
  };
}
