import { NoveltyDetector } from '../novelty/novelty-detector.js';
import { WINDOW } from '../novelty/novelty-scale.js';
import { NumberRow } from '../novelty/number-row.js';
import { SHIPPED_PARAMETERS, type ReadingParameters } from '../parameters/parameter-set.js';

/** A reading as a stream takes it. */
export interface TakenReading {
  readonly timeMs: number;
  readonly value: number;
  readonly eventId: string;
}

/** A stretch of readings that is unlike all before it. */
export interface StreamAlarm {
  /** The reading of its last few that is farthest from what was usual. */
  readonly at: TakenReading;
  /** The middle of what was read before. */
  readonly usual: number;
  /** How far from every stretch before, in multiples of a usual distance. */
  readonly novelty: number;
  readonly windowStartMs: number;
  /** Exclusive. */
  readonly windowEndMs: number;
}

/** What is kept of a stream between two looks. */
export interface KeptStream {
  /** Little-endian doubles. */
  readonly state: Buffer;
  /** Events of the last readings, the oldest first. */
  readonly events: readonly string[];
  /** Readings that came to a value when it was learned. */
  readonly step: number;
}

/** Watches one stream; what it knows is bounded and can be kept between two looks. */
export class StreamWatch {
  private constructor(
    private readonly parameters: ReadingParameters,
    private readonly detector: NoveltyDetector,
    private lastMs: number,
    private sinceAlarm: number,
    private readonly recent: TakenReading[],
  ) {}

  /**
   * What was learned under other parameters is kept where as many readings come to a value; else the stream learns anew from what
   * comes next, and only its place in time is kept.
   *
   * @param kept what {@link StreamWatch.state} gave, or null for a stream that nothing was read of
   * @throws RangeError when it is no such state
   */
  static of(
    kept: KeptStream | null,
    parameters: ReadingParameters = SHIPPED_PARAMETERS.readings,
  ): StreamWatch {
    const { learningReadings, alarmNovelty } = parameters;
    const unlearned = new NoveltyDetector(learningReadings, alarmNovelty);
    if (kept === null) return new StreamWatch(parameters, unlearned, -Infinity, Infinity, []);
    // A copy: what the driver hands out need not begin at a multiple of eight bytes.
    const numbers = new Float64Array(Uint8Array.from(kept.state).buffer);
    const head = new NumberRow(numbers);
    const [lastMs, sinceAlarm] = [head.next(), head.next()];
    const [times, values] = [head.list(), head.list()];
    const recent = Array.from(times, (timeMs, at) => ({
      timeMs,
      value: values[at]!,
      eventId: kept.events[at] ?? '',
    }));
    const rest = numbers.subarray(4 + 2 * times.length);
    const isOfUse = kept.step === unlearned.step;
    const detector = isOfUse ? NoveltyDetector.restore(learningReadings, rest, alarmNovelty) : unlearned;
    return new StreamWatch(parameters, detector, lastMs, sinceAlarm, recent);
  }

  /** Time of the last reading that was taken; -Infinity before the first. */
  get lastTimeMs(): number {
    return this.lastMs;
  }

  /**
   * Takes readings in the order of their times.
   *
   * @returns alarms, and how many readings were not taken, as they came after a later one or for the time of one
   */
  take(readings: readonly TakenReading[]): { readonly alarms: StreamAlarm[]; readonly late: number } {
    const alarms: StreamAlarm[] = [];
    let late = 0;
    for (const reading of readings.toSorted((a, b) => a.timeMs - b.timeMs)) {
      if (reading.timeMs <= this.lastMs) {
        late += 1;
        continue;
      }
      const alarm = this.observe(reading);
      if (alarm) alarms.push(alarm);
    }
    return { alarms, late };
  }

  /** What the next look needs: about 145 kB at most, however much was read. */
  state(): KeptStream {
    const times = this.recent.map(({ timeMs }) => timeMs);
    const values = this.recent.map(({ value }) => value);
    const window = [times.length, ...times, values.length, ...values];
    const numbers = [this.lastMs, this.sinceAlarm, ...window, ...this.detector.state()];
    const state = Buffer.from(Float64Array.from(numbers).buffer);
    return { state, events: this.recent.map(({ eventId }) => eventId), step: this.detector.step };
  }

  private observe(reading: TakenReading): StreamAlarm | undefined {
    this.lastMs = reading.timeMs;
    this.recent.push(reading);
    // A judgement looks at most at a stretch of the finer scale.
    while (this.recent.length > WINDOW * this.detector.step) this.recent.shift();
    const { usual } = this.detector;
    const novelty = this.detector.observe(reading.value);
    this.sinceAlarm += 1;
    if (novelty < this.parameters.alarmNovelty) return undefined;
    const isSameEvent = this.sinceAlarm <= this.parameters.quietReadings;
    this.sinceAlarm = 0;
    return isSameEvent ? undefined : this.alarm(novelty, usual);
  }

  private alarm(novelty: number, usual: number): StreamAlarm {
    const last = this.recent.slice(-this.detector.step);
    const far = ({ value }: TakenReading): number => Math.abs(value - usual);
    const at = last.reduce((most, one) => (far(one) > far(most) ? one : most));
    return {
      at,
      usual,
      novelty,
      windowStartMs: this.recent[0]!.timeMs,
      windowEndMs: this.lastMs + 1,
    };
  }
}
