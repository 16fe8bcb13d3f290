import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { SHIPPED_PARAMETERS } from '../parameters/parameter-set.js';
import { StreamWatch, type TakenReading } from './stream-watch.js';

const MINUTE_MS = 60_000;
const PLANTED = 900;

/** A cold room, a reading a minute; from the planted one on it is warm for an hour. */
function coldRoom(warmer: number): TakenReading[] {
  const random = seededRandom(7);
  return Array.from({ length: 1_100 }, (_, at) => ({
    timeMs: at * MINUTE_MS,
    value: 4 + 0.5 * random.normal() + (at >= PLANTED && at < PLANTED + 60 ? warmer : 0),
    eventId: `e${at}`,
  }));
}

describe('a watch of a stream', () => {
  it('tells of an hour that is too warm once, with the reading, what was usual and the stretch that shows it', () => {
    const { alarms, late } = StreamWatch.of(null).take(coldRoom(6));
    expect(late).toBe(0);
    expect(alarms).toHaveLength(1);
    const [{ at, usual, windowStartMs, windowEndMs }] = alarms as [(typeof alarms)[0]];
    expect(at.value).toBeGreaterThan(8);
    expect(at.eventId).toBe(`e${at.timeMs / MINUTE_MS}`);
    expect(at.timeMs / MINUTE_MS).toBeGreaterThanOrEqual(PLANTED);
    expect(at.timeMs / MINUTE_MS).toBeLessThan(PLANTED + 40);
    expect(Math.abs(usual - 4)).toBeLessThan(0.5);
    expect(windowStartMs).toBeLessThan(at.timeMs);
    expect(windowEndMs).toBeGreaterThan(at.timeMs);
  });

  it('is silent where nothing happens, and while it learns', () => {
    expect(StreamWatch.of(null).take(coldRoom(0)).alarms).toEqual([]);
    const wild = Array.from({ length: SHIPPED_PARAMETERS.readings.learningReadings }, (_, at) => ({
      timeMs: at,
      value: at === 400 ? 1e9 : at % 3,
      eventId: 'e',
    }));
    expect(StreamWatch.of(null).take(wild).alarms).toEqual([]);
  });

  it('says the same in one look and in many, with what it keeps between', () => {
    const readings = coldRoom(6);
    const whole = StreamWatch.of(null);
    const wanted = whole.take(readings).alarms;
    let kept = StreamWatch.of(null).state();
    const found = [];
    for (let from = 0; from < readings.length; from += 37) {
      const watch = StreamWatch.of(kept);
      found.push(...watch.take(readings.slice(from, from + 37)).alarms);
      kept = watch.state();
    }
    expect(found).toEqual(wanted);
    expect(kept).toEqual(whole.state());
  });

  it('keeps what it learned where another threshold came into force', () => {
    const readings = coldRoom(6);
    const before = StreamWatch.of(null);
    before.take(readings.slice(0, PLANTED));
    const { alarms } = StreamWatch.of(null).take(readings);
    const told = alarms[0]!.novelty;
    const withAlarm = (alarmNovelty: number) =>
      StreamWatch.of(before.state(), { ...SHIPPED_PARAMETERS.readings, alarmNovelty }).take(
        readings.slice(PLANTED),
      ).alarms;
    expect(withAlarm(told).map(({ novelty }) => novelty)).toEqual([told]);
    expect(withAlarm(100)).toEqual([]);
  });

  it('learns anew where other readings come to a value, and stays at its place in time', () => {
    const readings = coldRoom(6);
    const parameters = { ...SHIPPED_PARAMETERS.readings, learningReadings: 208 };
    const before = StreamWatch.of(null);
    before.take(readings.slice(0, PLANTED - 10));
    const watch = StreamWatch.of(before.state(), parameters);
    // The warm hour falls into the readings that are learned from.
    expect(watch.take(readings)).toEqual({ alarms: [], late: PLANTED - 10 });
    expect(watch.state().step).toBe(2);
    const unbroken = StreamWatch.of(null, parameters);
    expect(unbroken.take(readings).alarms).toHaveLength(1);
  });

  it('puts readings of one look in order, and counts what comes after a later one or twice as late', () => {
    const readings = coldRoom(0).slice(0, 10);
    const watch = StreamWatch.of(null);
    expect(watch.take(readings.toReversed()).late).toBe(0);
    expect(watch.lastTimeMs).toBe(9 * MINUTE_MS);
    expect(watch.take([...readings.slice(4), { timeMs: 600_000, value: 4, eventId: 'e' }]).late).toBe(6);
    expect(watch.lastTimeMs).toBe(600_000);
  });
});
