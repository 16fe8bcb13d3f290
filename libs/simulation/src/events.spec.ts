import { createHash } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import {
  canonicalJson,
  eventHashHex,
  hasValidCheckDigit,
  resolveContext,
  type EpcisEvent,
} from '@tallyhouse/epcis';
import { SIMULATION_CONTEXT } from './document.js';
import { events, type SimulatedEvent } from './events.js';
import { groundTruth } from './play.js';
import { simulate } from './simulate.js';

/** One test plays a whole world. */
jest.setTimeout(60_000);

const small = { seed: 1, start: '2023-01-01', months: 6, scale: 0.05 };

function streamSha256(options: typeof small): string {
  const hash = createHash('sha256');
  for (const { partner, event } of events(simulate(options)))
    hash.update(`${partner} ${canonicalJson(event)}\n`);
  return hash.digest('hex');
}

/** Adds a quantity under a key. */
function add(balance: Map<string, number>, key: string, quantity: number): void {
  balance.set(key, (balance.get(key) ?? 0) + quantity);
}

describe('events', () => {
  const world = simulate(small);
  const stream: readonly SimulatedEvent[] = [...events(world)];
  const all: readonly EpcisEvent[] = stream.map(({ event }) => event);

  it('gives the same bytes for the same seed, on every machine', () => {
    expect(streamSha256(small)).toBe('d7dc1dcd823bfeb926425d5333c0f7802cc160e4a8d9b6c27fa85ba35132d160');
    expect(streamSha256({ ...small, seed: 2 })).not.toBe(streamSha256(small));
  });

  it('gives a few thousand events in a small world and more than fifty thousand in a whole one', () => {
    expect(all.length).toBeGreaterThan(2_000);
    expect(all.length).toBeLessThan(6_000);
    let count = 0;
    for (const _ of events(simulate({ seed: 1, start: '2023-01-01', months: 24 }))) count += 1;
    expect(count).toBeGreaterThan(50_000);
  });

  it('orders events by their time', () => {
    expect(all.every(({ eventTime }, i) => i === 0 || (all[i - 1]?.eventTime ?? '') <= eventTime)).toBe(true);
  });

  it('lets each site report its own events with its own time zone', () => {
    for (const { partner, event } of stream) {
      const site = world.sites.find(({ gln }) => event.readPoint?.id === `https://id.gs1.org/414/${gln}`);
      expect(site?.partner).toBe(partner);
      expect(event.eventTimeZoneOffset).toBe(`+0${(site?.offsetMinutes ?? 0) / 60}:00`);
    }
  });

  it('gives every event a hash of its own', () => {
    const context = resolveContext([...SIMULATION_CONTEXT]);
    expect(new Set(all.map((event) => eventHashHex(event, context))).size).toBe(all.length);
  });

  it('commissions or transforms every lot before it is named elsewhere, and never twice', () => {
    const born = new Set<string>();
    for (const event of all) {
      const made =
        event.action === 'ADD' && event.bizStep === 'commissioning' ? event.quantityList : undefined;
      for (const { epcClass } of event.inputQuantityList ?? []) expect(born.has(epcClass)).toBe(true);
      for (const { epcClass } of made ?? event.outputQuantityList ?? []) {
        expect(born.has(epcClass)).toBe(false);
        born.add(epcClass);
      }
      for (const { epcClass } of [...(event.quantityList ?? []), ...(event.childQuantityList ?? [])]) {
        expect(born.has(epcClass)).toBe(true);
      }
    }
  });

  it('moves and sells at each place no more of a lot than is there', () => {
    const balance = new Map<string, number>();
    for (const { bizStep, readPoint, ...event } of all) {
      const direction = bizStep === 'packing' || bizStep === 'retail_selling' ? -1 : 1;
      const stepCounts = ['packing', 'unpacking', 'retail_selling', 'commissioning'].includes(bizStep ?? '');
      const lists = [event.quantityList, event.childQuantityList, event.outputQuantityList];
      for (const { epcClass, quantity } of stepCounts ? lists.flatMap((list) => list ?? []) : []) {
        const key = `${readPoint?.id} ${epcClass}`;
        add(balance, key, direction * (quantity ?? 0));
        expect(balance.get(key)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('numbers logistic units rightly and lets each be packed once, then shipped, received and unpacked', () => {
    const steps = new Map<string, string[]>();
    for (const event of all) {
      const unit = event.parentID ?? event.epcList?.[0];
      if (unit) steps.set(unit, [...(steps.get(unit) ?? []), event.bizStep ?? '']);
    }
    expect(steps.size).toBeGreaterThan(100);
    for (const [unit, path] of steps) {
      expect(hasValidCheckDigit(unit.split('/').at(-1) ?? '')).toBe(true);
      expect(path.join(' ')).toMatch(
        /^packing shipping( receiving shipping)?( receiving( inspecting)?( unpacking)?)?$|^packing shipping receiving$/,
      );
    }
  });

  it('raises sales and lowers the price in a promotion', () => {
    const sums = { promoted: [0, 0], regular: [0, 0] };
    const promoted = world.promotions.map(({ product }) => world.products[product]?.gtin);
    for (const event of all) {
      if (event.bizStep !== 'retail_selling') continue;
      const gtin = event.quantityList?.[0]?.epcClass.split('/')[4];
      if (!promoted.includes(gtin)) continue;
      const sum = event['tally:promotion'] === undefined ? sums.regular : sums.promoted;
      sum[0] =
        (sum[0] ?? 0) +
        (event.quantityList ?? []).reduce((units, { quantity }) => units + (quantity ?? 0), 0);
      sum[1] = (sum[1] ?? 0) + 1;
    }
    const mean = ([units = 0, days = 0]: number[]): number => units / days;
    expect(mean(sums.promoted)).toBeGreaterThan(1.3 * mean(sums.regular));
  });

  it('shows stock-outs as missing sales that the ground truth knows', () => {
    const { stockOuts } = groundTruth(world);
    expect(stockOuts.length).toBeGreaterThan(0);
    for (const { site, product, from, to, lostUnits } of stockOuts) {
      expect(from < to && lostUnits > 0).toBe(true);
      const place = `https://id.gs1.org/414/${world.sites[site]?.gln}`;
      const inside = all.filter(
        ({ bizStep, readPoint, eventTime, quantityList }) =>
          bizStep === 'retail_selling' &&
          readPoint?.id === place &&
          quantityList?.[0]?.epcClass.includes(world.products[product]?.gtin ?? '-') &&
          eventTime.slice(0, 10) > from &&
          eventTime.slice(0, 10) < to,
      );
      expect(inside.length).toBeLessThanOrEqual(1);
    }
  });
});
