import { describe, expect, it } from '@jest/globals';
import type { CapturedEvent } from './captured-event.js';
import { EventWatch } from './event-watch.js';
import { eventWords } from './event-words.js';
import { shipments, strange } from '../../test/shipments.js';

const PLANTED = 407;

function withOne(change: (event: CapturedEvent) => CapturedEvent, seed = 1): CapturedEvent[] {
  return shipments(500, seed).map((event, at) => (at === PLANTED ? change(event) : event));
}

/** The alarm of the planted event, and the names of its features. */
function toldOf(events: readonly CapturedEvent[]) {
  const alarm = EventWatch.of(7, null)
    .take(events)
    .find(({ event }) => event.id === `event ${PLANTED}`);
  return { alarm, names: alarm?.features.map(({ name }) => name) ?? [] };
}

describe('the watch of a stream of events', () => {
  it('tells of an event that is unlike the others, by what sets it apart', () => {
    const { alarm, names } = toldOf(withOne(strange));
    expect(alarm!.qValue).toBeLessThan(0.05);
    expect(names).toHaveLength(3);
    expect(names[0]).toBe('amount');
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^(hour|weekday)$/)]));
    const words = eventWords(alarm!);
    expect(words).toMatch(/^An event of shipping unlike those of this sender before it: /);
    expect(words).toMatch(
      /4,000 units where (3[89]|4[0-2])(\.\d)? are usual; at 03:10 where 1[0-4]:\d\d is usual/,
    );
  });

  it('names everything that has to be as usual for the event to be like others, and no more', () => {
    const late = (event: CapturedEvent): CapturedEvent => {
      const before = { ...event.before!, timeMs: event.timeMs - 30 * 86_400_000 };
      return { ...event, before, quantity: 4_000 };
    };
    const { alarm, names } = toldOf(withOne(late));
    expect(names).toEqual(['amount', 'sinceItem']);
    expect(eventWords(alarm!)).toMatch(
      /; and 30 days after the item's step before it where (4\d(\.\d)? hours|2(\.\d+)? days) are usual\. As/,
    );
  });

  it.each<[string, (event: CapturedEvent) => CapturedEvent]>([
    ['amount', (event) => ({ ...event, quantity: 4_000 })],
    ['delay', (event) => ({ ...event, recordedMs: event.recordedMs + 40 * 86_400_000 })],
    ['sinceItem', (event) => ({ ...event, before: { ...event.before!, timeMs: event.timeMs - 6e9 } })],
    ['place', (event) => ({ ...event, place: 'urn:elsewhere' })],
    ['party', (event) => ({ ...event, party: 'urn:stranger' })],
    ['stepBefore', (event) => ({ ...event, before: { ...event.before!, bizStep: 'destroying' } })],
  ])('names %s first where that alone is strange', (name, change) => {
    expect(toldOf(withOne(change)).names[0]).toBe(name);
  });

  it('names the hour or the day of an event in the night of a Sunday', () => {
    const moved = (event: CapturedEvent): CapturedEvent => {
      const { timeMs } = strange(event);
      const byMs = timeMs - event.timeMs;
      const before = { ...event.before!, timeMs: event.before!.timeMs + byMs };
      return { ...event, before, timeMs, recordedMs: event.recordedMs + byMs };
    };
    const { alarm, names } = toldOf(withOne(moved));
    expect(['hour', 'weekday']).toContain(names[0]);
    expect(eventWords(alarm!)).toMatch(/on a Sunday|at 03:10 where 1[0-4]:\d\d is usual/);
  });

  it('says next to nothing of streams in which nothing is the matter', () => {
    let [judged, told] = [0, 0];
    for (let seed = 0; seed < 8; seed += 1) {
      const alarms = EventWatch.of(seed, null).take(shipments(2_250, 100 + seed));
      judged += 2_000;
      told += alarms.filter(({ qValue }) => qValue <= 0.1).length;
    }
    // One in ten thousand is what the level says; five times as many would be 8.
    expect(judged).toBe(16_000);
    expect(told).toBeLessThan(8);
  });

  it('takes the last events of a history that is brought in at once for as usual as the first, though recorded sooner', () => {
    const events = shipments(2_250, 5);
    const recordedMs = events.at(-1)!.timeMs + 3_600_000;
    const alarms = EventWatch.of(5, null).take(events.map((event) => ({ ...event, recordedMs })));
    expect(alarms.filter(({ features }) => features.some(({ name }) => name === 'delay'))).toEqual([]);
    expect(alarms.filter(({ qValue }) => qValue <= 0.1).length).toBeLessThan(3);
  });

  it('answers the same however events are parted into looks, and from the same seed', () => {
    const events = withOne(strange);
    const atOnce = EventWatch.of(7, null).take(events);
    for (const look of [3, 37, 300]) {
      let kept = EventWatch.of(7, null).state();
      const alarms = [];
      for (let at = 0; at < events.length; at += look) {
        const watch = EventWatch.of(7, {
          ...kept,
          surroundings: JSON.parse(JSON.stringify(kept.surroundings)),
        });
        alarms.push(...watch.take(events.slice(at, at + look)));
        kept = watch.state();
      }
      expect(alarms).toEqual(atOnce);
    }
  });

  it('keeps no more however much was seen, of however many places', () => {
    const sizes = [2_250, 3_000].map((count) => {
      const watch = EventWatch.of(1, null);
      watch.take(shipments(count, 1).map((event, at) => ({ ...event, place: `urn:${at}` })));
      const { state, surroundings } = watch.state();
      return [state.length, surroundings.places.names.length];
    });
    expect(sizes[0]).toEqual(sizes[1]);
    expect(sizes[0]![0]).toBeLessThan(100_000);
    expect(sizes[0]![1]).toBe(200);
  });

  it('judges an event of which little is told', () => {
    const bare = shipments(400, 3).map((event, at): CapturedEvent => ({
      ...{ ...event, place: null, party: null, quantity: null, before: null },
      items: at === 390 ? 900 : 3,
    }));
    const alarms = EventWatch.of(1, null).take(bare);
    const alarm = alarms.find(({ event }) => event.id === 'event 390');
    expect(eventWords(alarm!)).toContain('900 items where 3 are usual');
  });
});
