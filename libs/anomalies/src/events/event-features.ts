import type { CapturedEvent } from './captured-event.js';
import { Habits, type KeptHabits } from './habits.js';

/** What an event is judged by. */
export type EventFeatureName =
  | 'amount'
  | 'hour'
  | 'weekday'
  | 'delay'
  | 'sinceItem'
  | 'sincePlace'
  | 'place'
  | 'stepBefore'
  | 'party'
  | 'distance';

interface EventFeature {
  readonly name: EventFeatureName;
  /** Where its numbers stand. */
  readonly at: readonly number[];
  /** A difference that is worth mention, in the unit of the numbers: what varies less counts as varying so much. */
  readonly grain: number;
}

/** Amounts and times are binary logarithms of one more, hours and days points of a circle, names minus the logarithm of their share. */
export const EVENT_FEATURES: readonly EventFeature[] = [
  { name: 'amount', at: [0], grain: 0.25 },
  { name: 'hour', at: [1, 2], grain: 0.25 },
  { name: 'weekday', at: [3, 4], grain: 0.25 },
  { name: 'delay', at: [5], grain: 0.5 },
  { name: 'sinceItem', at: [6], grain: 0.5 },
  { name: 'sincePlace', at: [7], grain: 0.5 },
  { name: 'place', at: [8], grain: 0.5 },
  { name: 'stepBefore', at: [9], grain: 0.5 },
  { name: 'party', at: [10], grain: 0.5 },
  { name: 'distance', at: [11], grain: 0.5 },
];

/** Numbers of an event. */
export const WIDTH = 12;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-05 was a Monday. */
const MONDAY_MS = 4 * DAY_MS;

const logarithm = (amount: number): number => (amount >= 0 ? Math.log2(1 + amount) : NaN);
const turn = (share: number): [number, number] => [
  Math.sin(2 * Math.PI * share),
  Math.cos(2 * Math.PI * share),
];

/** Kept between two looks. */
export interface KeptSurroundings {
  readonly places: KeptHabits;
  readonly steps: KeptHabits;
  readonly parties: KeptHabits;
}

/** What a stream has seen of places, steps and parties; makes the numbers of each event from it. */
export class Surroundings {
  private constructor(
    private readonly places: Habits,
    private readonly steps: Habits,
    private readonly parties: Habits,
  ) {}

  static of(kept: KeptSurroundings | undefined): Surroundings {
    return new Surroundings(Habits.of(kept?.places), Habits.of(kept?.steps), Habits.of(kept?.parties));
  }

  /** The numbers of the next event, NaN where something is not told; takes note of it. */
  take(event: CapturedEvent): Float64Array {
    const { timeMs, recordedMs, offsetMinutes, place, party, items, quantity, before } = event;
    const localMs = timeMs + offsetMinutes * 60_000;
    const lastHere = place === null ? undefined : this.places.lastMs(place);
    const numbers = Float64Array.of(
      logarithm(quantity ?? items),
      ...turn((localMs % DAY_MS) / DAY_MS),
      ...turn(((localMs - MONDAY_MS) % (7 * DAY_MS)) / (7 * DAY_MS)),
      logarithm(Math.max(0, recordedMs - timeMs) / HOUR_MS),
      before ? logarithm((timeMs - before.timeMs) / HOUR_MS) : NaN,
      lastHere === undefined ? NaN : logarithm((timeMs - lastHere) / HOUR_MS),
      this.places.rarity(place ?? ''),
      this.steps.rarity(before?.bizStep ?? ''),
      this.parties.rarity(party ?? ''),
      before?.kilometres == null ? NaN : logarithm(before.kilometres),
    );
    this.places.note(place ?? '', timeMs);
    this.steps.note(before?.bizStep ?? '', timeMs);
    this.parties.note(party ?? '', timeMs);
    return numbers;
  }

  state(): KeptSurroundings {
    return { places: this.places.state(), steps: this.steps.state(), parties: this.parties.state() };
  }
}
