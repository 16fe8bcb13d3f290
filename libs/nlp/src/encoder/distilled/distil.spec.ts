import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import type { SentenceEncoder } from '../sentence-encoder.strategy.js';
import { distilEncoder, stepsFor } from './distil.js';
import { distilledEncoder } from './distilled-encoder.js';
import { judgeStudent, type StudentFigures } from './judge-student.js';

const DIMENSIONS = 32;
const VOCABULARY = 60;
const random = seededRandom(5);
const drawVector = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, () => random.normal());
const letter = (index: number): string => String.fromCharCode(97 + (index % 26));
const words = new Map(
  Array.from({ length: VOCABULARY }, (_, index) => [
    `w${letter(index)}${letter(index / 26)}rd`,
    drawVector(),
  ]),
);
const common = drawVector();

/** A teacher whose vectors share most of their length, as those of notices of one kind do; the words add what is left. */
const teacher: SentenceEncoder = {
  id: 'words-added-up',
  dimensions: DIMENSIONS,
  encode: async (texts) =>
    texts.map((text) => {
      const sum = common.map((value) => 5 * value);
      for (const word of text.split(' ')) words.get(word)!.forEach((value, axis) => (sum[axis]! += value));
      const length = Math.hypot(...sum);
      return sum.map((value) => value / length);
    }),
  close: async () => {},
};

const drawTexts = (count: number): string[] =>
  Array.from({ length: count }, () =>
    Array.from({ length: 6 }, () => [...words.keys()][random.below(VOCABULARY)]!).join(' '),
  );

describe('distilling where all texts are alike', () => {
  const [learned, unseen] = [drawTexts(200), drawTexts(50)];
  let engine: Engine;
  let figures: StudentFigures;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
    // Nobody looks at the steps: they are taken all the same.
    const bytes = await distilEncoder(learned, teacher, {
      engine,
      random: seededRandom(1),
      steps: 60,
      batchSize: 32,
    });
    const student = await distilledEncoder(bytes, engine);
    figures = judgeStudent(await teacher.encode(unseen), await student.encode(unseen));
  }, 60_000);
  afterAll(() => engine.close());

  it('learns without anybody who looks at its steps', () => {
    expect(figures.meanCosine).toBeGreaterThan(0.85);
  });

  it('tells texts apart, beyond what all of them share', () => {
    expect(figures.meanCosineOfMean).toBeGreaterThan(0.85);
    expect(figures.ownNearest).toBeGreaterThan(0.5);
  });

  it('takes more steps for more texts, within limits', () => {
    expect([20, 3_200, 1e6].map((texts) => stepsFor(texts))).toEqual([1_500, 2_000, 6_000]);
  });
});

describe('judging a student', () => {
  it('knows a student that gives the same vector for all texts', async () => {
    const wanted = await teacher.encode(drawTexts(20));
    const same = wanted.map(() => wanted[0]!);
    const { meanCosine, meanCosineOfMean, ownNearest } = judgeStudent(wanted, same);
    expect(meanCosine).toBeLessThan(meanCosineOfMean);
    expect(ownNearest).toBeCloseTo(0.05, 9);
    expect(judgeStudent(wanted, wanted)).toMatchObject({ ownNearest: 1 });
  });
});
