import { Ring } from '../calibration/ring.js';
import { HeavyTail } from '../calibration/heavy-tail.js';
import { RollingRate } from '../control/rolling-rate.js';
import { NumberRow } from '../novelty/number-row.js';
import { SHIPPED_EVENT_PARAMETERS, type EventParameters } from '../parameters/parameter-set.js';
import type { CapturedEvent } from './captured-event.js';
import { EventForest } from './event-forest.js';
import {
  EVENT_FEATURES,
  Surroundings,
  WIDTH,
  type EventFeatureName,
  type KeptSurroundings,
} from './event-features.js';
import { EVENT_PROGRAM } from './event-parameters.js';

const { regrowEvery, firstForest, keptLevel } = EVENT_PROGRAM;
/** Features that an alarm names at most. */
const MOST_NAMED = 3;

/** A feature that sets an event apart. */
export interface TellingFeature {
  readonly name: EventFeatureName;
  readonly numbers: readonly number[];
  /** The middle of the events that the forest was grown of. */
  readonly usual: readonly number[];
}

/** An event that is unlike those of its stream. */
export interface EventAlarm {
  readonly event: CapturedEvent;
  readonly pValue: number;
  readonly qValue: number;
  /** What has to be as usual for it to be like others, the most telling first; one at least. */
  readonly features: readonly TellingFeature[];
}

/** What is kept of a stream between two looks. */
export interface KeptEventStream {
  /** Little-endian doubles. */
  readonly state: Buffer;
  readonly surroundings: KeptSurroundings;
}

/** Watches the events of one stream; what it knows is bounded and can be kept between two looks. */
export class EventWatch {
  private forest: EventForest | undefined;

  private constructor(
    private readonly parameters: EventParameters,
    private readonly seed: number,
    private readonly surroundings: Surroundings,
    /** Numbers of the last events, one row an event. */
    private readonly recent: Ring,
    private readonly tail: HeavyTail,
    private readonly rate: RollingRate,
    private seen = 0,
    private since = 0,
    private forests = 0,
  ) {
    if (forests > 0) this.forest = EventForest.grow(this.learned(), seed + forests);
  }

  /**
   * @param seed of its trees, a whole number below 2^31
   * @param kept what {@link EventWatch.state} gave under parameters with the same memory, or null for a stream of which nothing was seen
   * @throws RangeError when it is no such state
   */
  static of(
    seed: number,
    kept: KeptEventStream | null,
    parameters: EventParameters = SHIPPED_EVENT_PARAMETERS,
  ): EventWatch {
    const { memory, window, tailCaution } = parameters;
    const recent = new Ring((memory + regrowEvery) * WIDTH);
    const surroundings = Surroundings.of(kept?.surroundings);
    if (kept === null) {
      const unlearned = [recent, new HeavyTail(tailCaution), new RollingRate(window)] as const;
      return new EventWatch(parameters, seed, surroundings, ...unlearned);
    }
    // A copy: what the driver hands out need not begin at a multiple of eight bytes.
    const row = new NumberRow(new Float64Array(Uint8Array.from(kept.state).buffer));
    const counts = [row.next(), row.next(), row.next()] as const;
    for (const number of row.list()) recent.push(number);
    const [tail, rate] = [HeavyTail.restore(row, tailCaution), RollingRate.restore(row, window)];
    return new EventWatch(parameters, seed, surroundings, recent, tail, rate, ...counts);
  }

  /** Takes events in the order in which they were captured; the answer does not depend on how they are parted into looks. */
  take(events: readonly CapturedEvent[]): EventAlarm[] {
    return events.flatMap((event) => this.observe(event) ?? []);
  }

  /** What the next look needs, about 100 kB of numbers with a memory of 512 events and the names of habits, however much was seen. */
  state(): KeptEventStream {
    const recent = this.recent.toArray();
    const numbers = [this.seen, this.since, this.forests, recent.length, ...recent];
    const all = Float64Array.from([...numbers, ...this.tail.state(), ...this.rate.state()]);
    return { state: Buffer.from(all.buffer), surroundings: this.surroundings.state() };
  }

  private observe(event: CapturedEvent): EventAlarm | undefined {
    const numbers = this.surroundings.take(event);
    const alarm = this.forest && this.judge(event, numbers, this.forest);
    for (const number of numbers) this.recent.push(number);
    this.seen += 1;
    this.since += 1;
    const isDue = this.forest ? this.since >= Math.min(regrowEvery, this.seen / 2) : this.seen >= firstForest;
    if (isDue) this.grow();
    return alarm;
  }

  private judge(event: CapturedEvent, numbers: Float64Array, forest: EventForest): EventAlarm | undefined {
    const usualScore = this.tail.bound;
    const pValue = this.tail.observe(forest.score(numbers));
    if (this.seen < this.parameters.learningEvents) return undefined;
    const qValue = this.rate.observe(pValue);
    if (qValue > keptLevel) return undefined;
    const features = tellingFeatures(forest, numbers, usualScore);
    return features.length === 0 ? undefined : { event, pValue, qValue, features };
  }

  private grow(): void {
    this.since = 0;
    this.forests += 1;
    this.forest = EventForest.grow(this.learned(), this.seed + this.forests);
  }

  /** The last events when the forest was last grown: what came since is left out. */
  private learned(): Float64Array[] {
    const rows = this.recent.toArray();
    const end = rows.length / WIDTH - this.since;
    const start = Math.max(0, end - this.parameters.memory);
    return Array.from({ length: end - start }, (_, at) =>
      rows.slice((start + at) * WIDTH, (start + at + 1) * WIDTH),
    );
  }
}

/**
 * What has to be as usual for the event to be like others: first the feature by which the score falls most, then that by which what is
 * left falls most, until no more is left than others have.
 *
 * @param usualScore what is like others
 */
function tellingFeatures(forest: EventForest, numbers: Float64Array, usualScore: number): TellingFeature[] {
  const named: TellingFeature[] = [];
  let [left, score] = [numbers, forest.score(numbers)];
  while (named.length < MOST_NAMED && score > usualScore) {
    const [next] = EVENT_FEATURES.map(({ name, at }) => {
      const row = left.map((value, number) => (at.includes(number) ? forest.medians[number]! : value));
      return { name, at, row, rest: forest.score(row) };
    }).toSorted((a, b) => a.rest - b.rest);
    if (!next || next.rest >= score) break;
    const of = (row: Float64Array): number[] => next.at.map((number) => row[number]!);
    named.push({ name: next.name, numbers: of(numbers), usual: of(forest.medians) });
    [left, score] = [next.row, next.rest];
  }
  return named;
}
