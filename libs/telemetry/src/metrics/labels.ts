/** Labels of a sample, in the order of the metric's names. */
export type LabelValues = readonly string[];

/** Samples of one metric by their labels, so many at most; more are counted together. */
export class Samples<Value> {
  private readonly byLabels = new Map<string, { readonly labels: LabelValues; value: Value }>();

  public constructor(
    private readonly names: readonly string[],
    private readonly most: number,
    private readonly fresh: () => Value,
  ) {}

  /** @throws RangeError when a label is missing or too much */
  public of(labels: LabelValues): { value: Value } {
    if (labels.length !== this.names.length)
      throw new RangeError(
        `labels: ${this.names.length} are needed (${this.names.join(', ')}), not ${labels.length}`,
      );
    return this.known(labels) ?? this.added(labels);
  }

  public *all(): Generator<readonly [LabelValues, Value]> {
    for (const { labels, value } of this.byLabels.values()) yield [labels, value];
  }

  public clear(): void {
    this.byLabels.clear();
  }

  private known(labels: LabelValues): { value: Value } | undefined {
    return this.byLabels.get(labels.join('\u0000'));
  }

  /** A label that is made of what clients send must not fill the memory. */
  private added(labels: LabelValues): { value: Value } {
    const rest = this.names.map(() => 'other');
    const taken = this.byLabels.size < this.most - 1 ? labels : rest;
    const sample = this.known(taken) ?? { labels: taken, value: this.fresh() };
    this.byLabels.set(taken.join('\u0000'), sample as { labels: LabelValues; value: Value });
    return sample;
  }
}

/** `name="value"` with commas between, escaped as the text format of Prometheus wants it. */
export function labelText(names: readonly string[], labels: LabelValues): string {
  const text = names.map((name, index) => `${name}="${escaped(labels[index] ?? '')}"`).join(',');
  return text === '' ? '' : `{${text}}`;
}

function escaped(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
}
