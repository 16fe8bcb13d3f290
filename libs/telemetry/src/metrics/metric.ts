import { labelText, Samples } from './labels.js';

/** What a metric is called and says. Names end in their unit; those of counters in `_total`. */
export interface MetricName {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

const MOST_SERIES = 500;

/** A metric that can be written down in the text format of Prometheus, version 0.0.4. */
export interface Metric {
  readonly name: string;
  /** Its lines, or nothing while it has no samples. */
  text(): string;
}

/** Counts what happens, since the process began. */
export class Counter implements Metric {
  public readonly name: string;
  private readonly samples: Samples<number>;

  public constructor(private readonly about: MetricName) {
    this.name = about.name;
    this.samples = new Samples(about.labels ?? [], MOST_SERIES, () => 0);
  }

  public add(amount: number, ...labels: string[]): void {
    this.samples.of(labels).value += amount;
  }

  /** Takes over a count that is kept elsewhere; it never goes back. */
  public reach(total: number, ...labels: string[]): void {
    const sample = this.samples.of(labels);
    sample.value = Math.max(sample.value, total);
  }

  public text(): string {
    return simpleText(this.about, 'counter', this.samples);
  }
}

/** Says how something stands. */
export class Gauge implements Metric {
  public readonly name: string;
  private readonly samples: Samples<number>;

  public constructor(private readonly about: MetricName) {
    this.name = about.name;
    this.samples = new Samples(about.labels ?? [], MOST_SERIES, () => 0);
  }

  public set(value: number, ...labels: string[]): void {
    this.samples.of(labels).value = value;
  }

  /** Forgets every sample: what is not set again is not there any more. */
  public clear(): void {
    this.samples.clear();
  }

  public text(): string {
    return simpleText(this.about, 'gauge', this.samples);
  }
}

interface Distribution {
  readonly counts: number[];
  count: number;
  sum: number;
}

/** Counts values by size. */
export class Histogram implements Metric {
  public readonly name: string;
  private readonly samples: Samples<Distribution>;

  /** @param bounds upper bounds of the buckets, ascending, in the metric's unit */
  public constructor(
    private readonly about: MetricName,
    private readonly bounds: readonly number[],
  ) {
    this.name = about.name;
    const fresh = (): Distribution => ({ counts: bounds.map(() => 0), count: 0, sum: 0 });
    this.samples = new Samples(about.labels ?? [], Math.floor(MOST_SERIES / 2), fresh);
  }

  public observe(amount: number, ...labels: string[]): void {
    const { value } = this.samples.of(labels);
    const bucket = this.bounds.findIndex((bound) => amount <= bound);
    if (bucket >= 0) value.counts[bucket]! += 1;
    value.count += 1;
    value.sum += amount;
  }

  public text(): string {
    const { name, labels: names = [] } = this.about;
    let lines = '';
    for (const [labels, { counts, count, sum }] of this.samples.all()) {
      let below = 0;
      for (const [index, bound] of this.bounds.entries()) {
        below += counts[index]!;
        lines += `${name}_bucket${labelText([...names, 'le'], [...labels, String(bound)])} ${below}\n`;
      }
      lines += `${name}_bucket${labelText([...names, 'le'], [...labels, '+Inf'])} ${count}\n`;
      lines += `${name}_sum${labelText(names, labels)} ${sum}\n`;
      lines += `${name}_count${labelText(names, labels)} ${count}\n`;
    }
    return withHead(this.about, 'histogram', lines);
  }
}

function simpleText(about: MetricName, kind: string, samples: Samples<number>): string {
  let lines = '';
  for (const [labels, value] of samples.all())
    lines += `${about.name}${labelText(about.labels ?? [], labels)} ${value}\n`;
  return withHead(about, kind, lines);
}

function withHead({ name, help }: MetricName, kind: string, lines: string): string {
  return lines === '' ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines}`;
}
