import { Counter, Gauge, Histogram, type Metric, type MetricName } from './metric.js';

/** Seconds: from what a look into memory takes to what a client waits for. */
export const LATENCY_BOUNDS_S: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Seconds: work that nobody waits for at a screen. */
export const WORK_BOUNDS_S: readonly number[] = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900];

/** The metrics of a process, written down together. */
export class MetricRegistry {
  private readonly metrics = new Map<string, Metric>();
  private readonly looks: (() => void | Promise<void>)[] = [];

  /** The metric of that name, made where there is none. @throws RangeError when one of another kind has it */
  public counter(about: MetricName): Counter {
    return this.add(new Counter(about));
  }

  /** The metric of that name, made where there is none. @throws RangeError when one of another kind has it */
  public gauge(about: MetricName): Gauge {
    return this.add(new Gauge(about));
  }

  /** The metric of that name, made where there is none. @throws RangeError when one of another kind has it */
  public histogram(about: MetricName, bounds = LATENCY_BOUNDS_S): Histogram {
    return this.add(new Histogram(about, bounds));
  }

  /**
   * Has something looked at whenever the metrics are asked for. One that fails leaves its metrics as they were.
   *
   * @returns what takes it back
   */
  public onRead(look: () => void | Promise<void>): () => void {
    this.looks.push(look);
    return () => void this.looks.splice(this.looks.indexOf(look), 1);
  }

  /** In the text format of Prometheus, version 0.0.4; a metric without samples is left out. */
  public async text(): Promise<string> {
    await Promise.allSettled(this.looks.map(async (look) => look()));
    return [...this.metrics.values()].map((metric) => metric.text()).join('');
  }

  private add<Kind extends Metric>(metric: Kind): Kind {
    const known = this.metrics.get(metric.name);
    if (known && known.constructor !== metric.constructor)
      throw new RangeError(`metric ${metric.name}: there is one of another kind; choose another name`);
    if (known) return known as Kind;
    this.metrics.set(metric.name, metric);
    return metric;
  }
}

/** The metrics of this process. */
export const metrics = new MetricRegistry();
