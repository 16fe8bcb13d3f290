import { firstPeriod } from '../backtest/slice.js';
import type { Frequency, SeriesInput } from '../contract/panel.js';
import { nodeCount, type NodeVector } from '../hierarchy/hierarchy.js';
import type { WantedForecast } from './recorded-forecaster.js';
import type { RecordedShard } from './recorded-shard.js';
import type { SettleNewcomers } from './settle-newcomers.js';
import { knownAt, type Survey } from './settle-survey.js';

/** Errors at past origins and means of what comes, eight bytes a number, gathered while shards pass by. */
export class SettleErrors {
  /** A vector for each origin and step, NaN where a series had no forecast or no outcome. */
  public readonly errors: readonly NodeVector[];
  /** A vector a step. */
  public readonly means: NodeVector[];
  /** Means of sums without their new parts. */
  private readonly reduced = new Map<number, Float64Array>();
  private readonly survey: Survey;
  private readonly newcomers: SettleNewcomers;
  private readonly wanted: readonly WantedForecast[];
  private readonly frequency: Frequency;

  public constructor(
    survey: Survey,
    newcomers: SettleNewcomers,
    wanted: readonly WantedForecast[],
    frequency: Frequency,
  ) {
    this.survey = survey;
    this.newcomers = newcomers;
    this.wanted = wanted;
    this.frequency = frequency;
    const vectors = (count: number): NodeVector[] =>
      Array.from({ length: count }, () => new Float64Array(nodeCount(survey.addition)).fill(NaN));
    this.errors = vectors(this.origins.reduce((count, { steps }) => count + steps, 0));
    this.means = vectors(wanted.at(-1)!.steps);
  }

  /** The next series, by its place in the vectors. */
  public add(node: number, one: SeriesInput, recorded: RecordedShard): void {
    const leaf = node - this.survey.addition.sums.length;
    let row = 0;
    for (const [at, moment] of this.origins.entries()) {
      this.addErrors(at, { node, leaf, row }, one, recorded);
      row += moment.steps;
    }
    const last = this.wanted.length - 1;
    const mean = this.newcomers.mean(last, leaf) ?? recorded.of(this.wanted[last]!, one.id).mean;
    this.means.forEach((vector, step) => (vector[node] = mean[step]!));
    const reduced = leaf < 0 ? recorded.reduced(one.id) : undefined;
    if (reduced) this.reduced.set(node, reduced.mean.slice());
  }

  /**
   * Means of sums that have parts of which no error was seen become those without these parts.
   *
   * @returns the places of these sums
   */
  public withoutUnseen(unseen: ReadonlySet<number>): Set<number> {
    const found = new Set<number>();
    for (const [node, mean] of this.reduced) {
      if (!this.survey.addition.sums[node]!.parts.some((leaf) => unseen.has(leaf))) continue;
      found.add(node);
      this.means.forEach((vector, step) => (vector[node] = mean[step]!));
    }
    return found;
  }

  private get origins(): readonly WantedForecast[] {
    return this.wanted.slice(0, -1);
  }

  private addErrors(
    at: number,
    { node, leaf, row }: { readonly node: number; readonly leaf: number; readonly row: number },
    one: SeriesInput,
    recorded: RecordedShard,
  ): void {
    const moment = this.wanted[at]!;
    const first = firstPeriod(one, this.frequency);
    if (knownAt(one.values, first, moment).every(Number.isNaN)) return;
    const mean = this.newcomers.mean(at, leaf) ?? recorded.of(moment, one.id).mean;
    for (let step = 0; step < moment.steps; step += 1)
      this.errors[row + step]![node] = (one.values[moment.end - first + step] ?? NaN) - mean[step]!;
  }
}
