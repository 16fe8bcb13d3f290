import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { SILENT, type Surprise } from '../contract/detector.js';
import { createDetector, DETECTOR_NAMES } from './create-detectors.js';

const HOUR_MS = 3_600_000;
const TRAITS = { seasonMs: 24 * HOUR_MS, phases: 24 };
const COUNT = 900;
const PLANTED = 800;

/** A daily wave with noise, an hour each; from the planted value on it is changed. */
function waves(change: (value: number, after: number) => number = (value) => value): number[] {
  const random = seededRandom(21);
  return Array.from({ length: COUNT }, (_, at) => {
    const value = 100 + 20 * Math.sin((2 * Math.PI * at) / 24) + 2 * random.normal();
    return at >= PLANTED ? change(value, at - PLANTED) : value;
  });
}

function observed(name: (typeof DETECTOR_NAMES)[number], values: readonly number[]): Surprise[] {
  const detector = createDetector(name, TRAITS, seededRandom(5));
  return values.map((value, at) => detector.observe({ timeMs: at * HOUR_MS, value }));
}
const scored = (name: (typeof DETECTOR_NAMES)[number], values: readonly number[]): number[] =>
  observed(name, values).map(({ score }) => score);

type Change = (value: number, after: number) => number;

const wild: Change = (value, after) => (after === 0 ? value + 60 : value);

/**
 * What each detector is there for: a wild value, a stretch at another level, or another shape. The spectral residual has none: it says
 * little of a wild value that has just come (docs/anomalies.md).
 */
const MADE_FOR: Readonly<Partial<Record<(typeof DETECTOR_NAMES)[number], Change>>> = {
  'forecast-residual': wild,
  'robust-seasonal': wild,
  'windowed-gaussian': wild,
  'level-shift': (value, after) => (after < 48 ? value + 60 : value),
  subsequence: (value, after) => (after < 16 ? 100 + 40 * (after % 2) : value),
  'isolation-forest': wild,
};

describe.each(Object.entries(MADE_FOR))('the detector %s', (name, change) => {
  it('scores what it is made for above everything before it', () => {
    const scores = scored(name as keyof typeof MADE_FOR, waves(change));
    const before = Math.max(...scores.slice(200, PLANTED));
    expect(Math.max(...scores.slice(PLANTED, PLANTED + 48))).toBeGreaterThan(1.05 * before);
  });
});

describe.each(DETECTOR_NAMES)('the detector %s', (name) => {
  it('knows nothing of later values', () => {
    const whole = scored(name, waves(wild));
    expect(scored(name, waves().slice(0, PLANTED))).toEqual(whole.slice(0, PLANTED));
  });

  it('gives finite scores from 0 on for whatever comes', () => {
    const kinds: readonly ((at: number) => number)[] = [
      () => 0,
      () => 7,
      (at) => (at % 50 === 0 ? 1e12 : 0),
      (at) => -at,
      (at) => (at % 2 === 0 ? 1e-12 : -1e-12),
    ];
    for (const kind of kinds)
      for (const score of scored(
        name,
        Array.from({ length: 300 }, (_, at) => kind(at)),
      )) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(score)).toBe(true);
      }
  });

  it('is silent at missing values and learns nothing from them', () => {
    const values = waves().slice(0, 300);
    const plain = createDetector(name, TRAITS, seededRandom(5));
    const gappy = createDetector(name, TRAITS, seededRandom(5));
    values.forEach((value, at) => {
      const timeMs = at * HOUR_MS;
      expect(gappy.observe({ timeMs, value: NaN })).toBe(SILENT);
      expect(gappy.observe({ timeMs, value })).toEqual(plain.observe({ timeMs, value }));
    });
  });
});

/** The level shift holds the logarithm of a spread against a thousandth of that logarithm, which no two units share. */
const UNITLESS = DETECTOR_NAMES.filter((name) => name !== 'level-shift');

describe.each(UNITLESS)('the detector %s', (name) => {
  it('says the same in any unit', () => {
    const values = waves(wild);
    const other = scored(
      name,
      values.map((value) => 1024 * value),
    );
    scored(name, values).forEach((score, at) => expect(other[at]).toBeCloseTo(score, 3));
  });
});
