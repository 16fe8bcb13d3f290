import { EventAlarm } from './event-alarm.js';
import { NumberRow } from './number-row.js';
import { NoveltyScale, WINDOW } from './novelty-scale.js';

/** Windows that the learning period has to hold, end to end. */
const WINDOWS_TO_LEARN = 13;
/** The coarser scale folds so many times as many values. */
const COARSER = 3;

/**
 * Tells when the latest stretch of a stream of readings is unlike all before, at two scales whose novelties are added.
 * The finer scale is chosen so that the learning period holds thirteen windows. Online: an answer rests on the values
 * given so far; state is bounded.
 */
export class NoveltyDetector {
  private readonly fine: NoveltyScale;
  private readonly coarse: NoveltyScale;
  private readonly alarm: EventAlarm;
  private place = -1;
  /** Readings that come to a value of the finer scale. */
  readonly step: number;

  /**
   * @param learning values in which nothing is judged, told before the first, as benchmarks and operators do
   * @param alarm scores above this are told, and quiet those of the same event
   */
  constructor(
    private readonly learning: number,
    alarm?: number,
  ) {
    const step = NoveltyDetector.stepOf(learning);
    this.step = step;
    this.fine = new NoveltyScale(step);
    this.coarse = new NoveltyScale(COARSER * step);
    this.alarm = new EventAlarm(step, alarm);
  }

  /** Readings that come to a value, where so many are learned from. */
  static stepOf(learning: number): number {
    return Math.max(1, Math.floor(learning / (WINDOW * WINDOWS_TO_LEARN)));
  }

  /**
   * @param value NaN where nothing was observed: left out
   * @returns 0 for what is usual, was told already or comes between two coarse values; larger is newer
   */
  observe(value: number): number {
    this.place += 1;
    if (Number.isNaN(value)) return 0;
    const fine = this.fine.observe(value);
    const coarse = this.coarse.observe(value);
    if (fine === undefined || this.place < this.learning) return 0;
    return this.alarm.pass(fine + (coarse ?? 0), this.place);
  }

  /** What half of the kept values, each a fold of some readings, lie below; NaN before the first. */
  get usual(): number {
    return this.fine.usual;
  }

  /** Everything that later answers rest on: at most 131 kB, however long the stream. */
  state(): Float64Array {
    return Float64Array.from([
      this.place,
      ...this.alarm.state(),
      ...this.fine.state(),
      ...this.coarse.state(),
    ]);
  }

  /**
   * A detector that goes on where another was.
   *
   * @param learning as the other was made with
   * @param alarm likewise
   * @throws RangeError when the numbers are no state of a detector
   * @example NoveltyDetector.restore(520, detector.state()).observe(value) === detector.observe(value) // true
   */
  static restore(learning: number, state: Float64Array, alarm?: number): NoveltyDetector {
    const detector = new NoveltyDetector(learning, alarm);
    const kept = new NumberRow(state);
    detector.place = kept.next();
    detector.alarm.restore(kept);
    detector.fine.restore(kept);
    detector.coarse.restore(kept);
    return detector;
  }
}
