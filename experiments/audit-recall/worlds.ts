import { seededRandom, type Random } from '@tallyhouse/compute';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { simulateItems } from '@tallyhouse/simulation';
import { randomEvents } from '../../libs/audit/test/random-events.js';

/** Events in the order of time, and whether each is captured before or after the moment that `asOf` asks about. */
export interface RecallWorld {
  readonly kind: 'random' | 'simulated';
  readonly seed: number;
  readonly events: readonly EpcisEvent[];
  readonly isEarly: readonly boolean[];
}

/** Any events whatever, physically impossible ones included; which half is captured first is drawn. */
export function randomWorld(seed: number, count: number): RecallWorld {
  const random = seededRandom(seed);
  const events = randomEvents(random, count);
  return { kind: 'random', seed, events, isEarly: events.map(() => random.below(2) === 0) };
}

/** A supply network from farm to store with planted faults; what was declared wrong is left out by hand. */
export function simulatedWorld(seed: number, count: number): RecallWorld {
  const all = [...simulateItems({ seed, events: count, faultRate: 0.35 }).events()].map(({ event }) => event);
  const wrong = new Set(all.flatMap((event) => (event.errorDeclaration ? [event.eventID] : [])));
  const events = all
    .filter(({ eventID }) => !wrong.has(eventID))
    .map((event, order) => ({ event, order, time: Date.parse(event.eventTime) }))
    .sort((a, b) => a.time - b.time || a.order - b.order)
    .map(({ event }) => event);
  return { kind: 'simulated', seed, events, isEarly: events.map((_, index) => index < events.length / 2) };
}

/** One of a list, drawn. */
export function drawn<Element>(random: Random, list: readonly Element[]): Element {
  return list[random.below(list.length)]!;
}
