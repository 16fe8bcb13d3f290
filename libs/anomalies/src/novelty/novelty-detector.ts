import { EventAlarm } from './event-alarm.js';
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

  /** @param learning values in which nothing is judged, told before the first, as benchmarks and operators do */
  constructor(private readonly learning: number) {
    const step = Math.max(1, Math.floor(learning / (WINDOW * WINDOWS_TO_LEARN)));
    this.fine = new NoveltyScale(step);
    this.coarse = new NoveltyScale(COARSER * step);
    this.alarm = new EventAlarm(step);
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
}
