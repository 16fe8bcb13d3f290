import { describe, expect, it } from '@jest/globals';
import { asOfDeliveries } from './as-of-features.js';
import type { Delivery } from './delivery.js';
import { laneOutlook } from './lane-outlook.js';
import { latenessArtifact, readLateness, type LatenessVersion } from './lateness-artifact.js';
import { learnLateness } from './lateness-model.js';
import { LATENESS_SETTINGS } from './lateness-settings.js';

const FIRST_DAY = 18_000;
const LEARNED = FIRST_DAY + 700;
const TODAY = FIRST_DAY + 1_000;

/** A delivery a day by two suppliers; every third of one is late. */
const deliveries: readonly Delivery[] = Array.from({ length: 1_000 }, (_, at) => {
  const supplier = at % 2 === 0 ? 'slow' : 'quick';
  const scheduledDay = FIRST_DAY + at;
  const deliveredDay = scheduledDay + (at % 6 === 0 ? 6 : 0);
  const names = { country: 'KE', mode: 'Air', supplier, site: 'A', project: 'P', product: 'M', order: 'EXW' };
  return {
    ...{ id: String(at), scheduledDay, deliveredDay, recordedDay: deliveredDay },
    groups: { ...names, lane: 'KE|Air', route: `${supplier}|KE` },
    ...{ quantity: 1 + (at % 7), valueUsd: 100, direct: true, firstLine: true },
  };
});
const learn = (): LatenessVersion => ({
  ...learnLateness(asOfDeliveries(deliveries), LEARNED, LATENESS_SETTINGS),
  ...{ dataRoot: `0x${'ab'.repeat(32)}`, dataBlock: 9, licence: 'MIT' },
});

type Json = Record<string, unknown>;
const version = learn();
const bytes = latenessArtifact(version);
/** The file with something altered in it. */
function altered(change: (file: Json) => void): Uint8Array {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as Json;
  change(file);
  return new TextEncoder().encode(JSON.stringify(file));
}
const treesOf = (file: Json): unknown[][] => (file['trees'] as { trees: unknown[][] }).trees;
const settingsOf = (file: Json): Record<string, Json> => file['settings'] as Record<string, Json>;

describe('a version of lateness', () => {
  it('has the same bytes when it is learned again, and is read from them as it was', () => {
    expect(Buffer.from(latenessArtifact(learn())).equals(bytes)).toBe(true);
    expect(readLateness(bytes)).toEqual(version);
    expect(laneOutlook(deliveries, TODAY, readLateness(bytes))).toEqual(
      laneOutlook(deliveries, TODAY, version),
    );
  });

  it('is measured on what came since it was learned, and its trees stay while its calibration follows', () => {
    const told = laneOutlook(deliveries, TODAY, version);
    // The last late one is not written down yet.
    expect(told).toMatchObject({ isVersionTested: true, tested: TODAY - LEARNED - 30 - 1 });
    expect(laneOutlook(deliveries, LEARNED, version).isVersionTested).toBe(false);
    const since = deliveries.map((one) =>
      one.scheduledDay < LEARNED ? one : { ...one, deliveredDay: one.scheduledDay + 6 },
    );
    const probability = (from: readonly Delivery[]) => laneOutlook(from, TODAY, version).lanes[0]!;
    expect(probability(since).lateProbability).toBeGreaterThan(probability(deliveries).lateProbability + 0.2);
  });

  it.each<[string, (file: Json) => void, RegExp]>([
    ['another format', (file) => (file['format'] = 'tallyhouse.lateness/2'), /^format: expected/],
    ['another family', (file) => (file['family'] = 'demand'), /^family: expected lead-time, found "demand"/],
    ['a field nobody knows', (file) => (file['note'] = 1), /"note": there is no such field/],
    ['no data root', (file) => delete file['dataRoot'], /^dataRoot: expected 32 bytes/],
    ['a block that is none', (file) => (file['dataBlock'] = -1), /^dataBlock: expected/],
    ['a day no calendar has', (file) => (file['learnedBefore'] = '2026-02-30'), /^learnedBefore: expected/],
    ['features that changed places', (file) => (file['features'] as string[]).reverse(), /^features\[0\]/],
    [
      'a setting out of bounds',
      (file) => (settingsOf(file)['calibration']!['halfLifeDays'] = 0),
      /^settings\.calibration\.halfLifeDays: expected a whole number of 1 to 3650, found 0/,
    ],
    [
      'a setting nobody knows',
      (file) => (settingsOf(file)['groups']!['after'] = 1),
      /^settings\.groups\.after: there is no such field/,
    ],
    ['another notice', (file) => (settingsOf(file)['noticeDays'] = 5 as never), /noticeDays: expected 30/],
    ['no trees', (file) => treesOf(file).splice(0), /^trees\.trees: expected 1 to 500 trees, found 0/],
    ['a feature that rows lack', (file) => (treesOf(file)[0]![0] = [44, 0]), /^trees\.trees\[0\]\[0\]/],
    ['a number that is none', (file) => (treesOf(file)[2]![0] = [null, 0]), /^trees\.trees\[2\]\[0\]/],
    ['a leaf beyond all odds', (file) => (treesOf(file)[0] = [[1e9]]), /expected log-odds of at most 20/],
    ['a tree that lacks a branch', (file) => treesOf(file)[1]!.pop(), /trees\[1\]: the nodes are not one/],
    [
      'a tree with nodes to spare',
      (file) => treesOf(file)[1]!.push([0]),
      /trees\[1\]: the nodes are not one/,
    ],
    [
      'a tree without end',
      (file) => (treesOf(file)[0] = Array.from({ length: 256 }, () => [0, 0])),
      /1 to 255 nodes/,
    ],
  ])('with %s is refused by the name of the field', (_, change, reason) => {
    expect(() => readLateness(altered(change))).toThrow(reason);
  });

  it('has one spelling', () => {
    const text = new TextDecoder().decode(bytes);
    expect(() => readLateness(new TextEncoder().encode(`${text} `))).toThrow(/not the canonical JSON/);
    expect(() => readLateness(new TextEncoder().encode('{'))).toThrow(/not JSON/);
    expect(() => readLateness(new Uint8Array(8 * 1024 * 1024 + 1))).toThrow(/expected at most/);
  });
});
