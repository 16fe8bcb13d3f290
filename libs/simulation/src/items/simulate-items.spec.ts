import { describe, expect, it } from '@jest/globals';
import { readDocument, validateDocument } from '@tallyhouse/epcis';
import { toDocument } from '../document.js';
import type { ItemWorld, RecordedEvent } from './item-world.js';
import { simulateItems } from './simulate-items.js';

const settings = { seed: 11, events: 4_000, faultRate: 0.6 };
const played = (options: typeof settings): { world: ItemWorld; stream: RecordedEvent[] } => {
  const world = simulateItems(options);
  return { world, stream: [...world.events()] };
};

describe('simulateItems', () => {
  const { world, stream } = played(settings);

  it('gives as many events as were asked for, in the order of record, the same for the same seed', () => {
    expect(stream).toHaveLength(settings.events);
    expect(stream.every(({ recordedAt }, i) => i === 0 || stream[i - 1]!.recordedAt <= recordedAt)).toBe(
      true,
    );
    expect(JSON.stringify([...simulateItems(settings).events()])).toBe(JSON.stringify(stream));
    expect(JSON.stringify(played({ ...settings, seed: 12 }).stream)).not.toBe(JSON.stringify(stream));
  });

  it('makes events, faulty ones too, that capture finds nothing wrong with', () => {
    const documents = Map.groupBy(stream, (_, index) => Math.floor(index / 1_000));
    for (const records of documents.values()) {
      const events = records.map(({ event }) => event);
      const read = readDocument(JSON.stringify(toDocument(events, '2026-01-01T00:00:00Z')));
      if (!read.ok) throw new Error(JSON.stringify(read.errors));
      expect(validateDocument(read.document, { now: new Date('2027-01-01T00:00:00Z') })).toEqual([]);
    }
  });

  it('plants faults of every rule, each shown by events that are in the stream', () => {
    const { world: large, stream: events } = played({ seed: 5, events: 12_000, faultRate: 1 });
    const ids = new Set(events.map(({ event }) => event.eventID));
    const last = events.at(-1)!.recordedAt;
    const rules = new Set(large.faults.map(({ rule }) => rule));
    expect([...rules].sort()).toHaveLength(17);
    for (const { eventIds, shownBy, kind } of large.faults)
      if (shownBy <= last) expect([kind, eventIds.some((id) => ids.has(id))]).toEqual([kind, true]);
  });

  it('plants nothing in a clean world, which has missed reads, late records and corrections all the same', () => {
    const { world: clean, stream: events } = played({ ...settings, faultRate: 0 });
    expect(clean.faults).toEqual([]);
    expect(events.some(({ event }) => event.errorDeclaration !== undefined)).toBe(true);
    const delays = events.map(({ event, recordedAt }) => recordedAt - Date.parse(event.eventTime));
    expect(Math.max(...delays)).toBeGreaterThan(12 * 3_600_000);
    const missed = events.filter(({ event }) => event.bizStep === 'shipping').length;
    expect(events.filter(({ event }) => event.bizStep === 'receiving').length).toBeLessThan(missed);
  });

  it('has rework, returns, loggers and goods that are destroyed', () => {
    const steps = new Set(stream.map(({ event }) => `${event.bizStep} ${event.disposition}`));
    for (const step of [
      'accepting returned',
      'destroying destroyed',
      'sensor_reporting in_transit',
      'inspecting conformant',
    ])
      expect(steps.has(step)).toBe(true);
    const inputs = stream.filter(({ event }) => event.type === 'TransformationEvent');
    const made = new Set(
      inputs.flatMap(({ event }) => (event.outputQuantityList ?? []).map(({ epcClass }) => epcClass)),
    );
    const reworked = inputs.filter(
      ({ event }) =>
        event.outputQuantityList && event.inputQuantityList?.some(({ epcClass }) => made.has(epcClass)),
    );
    expect(reworked.length).toBeGreaterThan(0);
    expect(world.closures.length).toBeGreaterThan(0);
  });

  it('refuses settings outside their bounds', () => {
    expect(() => simulateItems({ seed: 1, events: 10 })).toThrow(/events/);
    expect(() => simulateItems({ seed: 1, events: 1_000, faultRate: 2 })).toThrow(/faultRate/);
    expect(() => simulateItems({ seed: 1, events: 1_000, start: 'today' })).toThrow(RangeError);
  });
});
