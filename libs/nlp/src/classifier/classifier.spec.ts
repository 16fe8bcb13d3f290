import { beforeAll, describe, expect, it } from '@jest/globals';
import { targetsOf } from './labelled-text.js';
import { explain } from './explain.js';
import { NO_GUIDE, type LabelGuide } from './label-guide.js';
import { balancedWeights, fitLogistic } from './logistic.js';
import { minimise } from './minimise.js';
import { ageWeights } from './one-vs-rest.js';
import { simulatedTexts } from '../../test/simulated-texts.js';
import { classify } from './text-model.js';
import { chooseThresholds } from './thresholds.js';
import { trainTextModel, type TrainedTextModel } from './train.js';
import { sparseVector } from '../features/sparse.js';

describe('minimise', () => {
  it('finds the minimum of a bent quadratic', () => {
    const { x, slope } = minimise(
      (at, gradient) => {
        gradient[0] = 200 * (at[0]! - 3) + at[1]!;
        gradient[1] = 2 * (at[1]! + 1) + at[0]!;
        return 100 * (at[0]! - 3) ** 2 + (at[1]! + 1) ** 2 + at[0]! * at[1]!;
      },
      new Float64Array(2),
      { tolerance: 1e-6 },
    );
    expect(slope).toBeLessThan(1e-6);
    expect(200 * (x[0]! - 3) + x[1]!).toBeCloseTo(0, 5);
  });
});

describe('logistic regression', () => {
  const rows = [0, 1, 2, 3].map((value) => sparseVector([[0, value]]));
  const targets = Uint8Array.of(0, 0, 1, 1);

  it('stands where the gradient of loss and penalty is zero', () => {
    const { weights, bias } = fitLogistic({ rows, width: 1 }, targets, {
      inversePenalty: 10,
      tolerance: 1e-8,
    });
    const residuals = [0, 1, 2, 3].map(
      (value) => 1 / (1 + Math.exp(-(weights[0]! * value + bias))) - targets[value]!,
    );
    expect(residuals.reduce((sum, residual) => sum + residual, 0)).toBeCloseTo(0, 6);
    expect(
      10 * residuals.reduce((sum, residual, value) => sum + residual * value, 0) + weights[0]!,
    ).toBeCloseTo(0, 6);
  });

  it('stays at its prior where no row speaks', () => {
    const priorMean = Float64Array.of(0, 1.5);
    const options = { inversePenalty: 1, priorMean };
    expect(fitLogistic({ rows, width: 2 }, targets, options).weights[1]).toBeCloseTo(1.5, 3);
  });

  it('counts both sides alike when balanced', () => {
    const weights = balancedWeights(Uint8Array.of(1, 0, 0, 0));
    expect([...weights]).toEqual([2, 2 / 3, 2 / 3, 2 / 3]);
  });
});

describe('thresholds and ages', () => {
  it('draws the threshold of a rare label to half of its best F1', () => {
    const targets = Uint8Array.from({ length: 2_000 }, (_, row) => (row < 1_000 ? 1 : 0));
    const probabilities = Float64Array.from(targets, (target) => (target ? 0.3 : 0.1));
    const [common] = chooseThresholds([targets], [probabilities]);
    expect(common).toBeCloseTo(0.2, 1);
    // One text has it and three others look the same: F1 is at best 2 · 1 / (4 + 1).
    const found = Float64Array.of(0.9, 0.9, 0.9, 0.9, 0.1, 0.1);
    const [rare] = chooseThresholds([Uint8Array.of(1, 0, 0, 0, 0, 0)], [found]);
    expect(rare).toBeCloseTo(0.4 / 2, 1);
  });

  it('does not expect of later texts that they are all hit because the one held-out text was', () => {
    const [rare] = chooseThresholds([Uint8Array.of(1, 0, 0, 0)], [Float64Array.of(0.5, 0.1, 0.1, 0.1)]);
    // (1 · 1 + 5 · 0.4) / 6 is expected, 1 was reached.
    expect(rare).toBeCloseTo(0.25, 1);
  });

  it('halves the weight of a text after the half-life', () => {
    const [old, young] = ageWeights(['2018-01-01', '2020-01-01'], 2);
    expect(young! / old!).toBeCloseTo(2, 2);
  });
});

describe('a text model', () => {
  const texts = simulatedTexts(240, 7);
  let trained: TrainedTextModel;
  beforeAll(() => {
    trained = trainTextModel(texts, NO_GUIDE);
  });

  it('labels texts that it has not seen', () => {
    const unseen = simulatedTexts(60, 8);
    const right = unseen.filter(
      ({ text, labels }) =>
        classify(trained.model, text).labels.toSorted().join() === labels.toSorted().join(),
    );
    expect(right.length).toBeGreaterThan(54);
  });

  it('knows beforehand how well it does', () => {
    expect(trained.heldOut.microF1).toBeGreaterThan(0.9);
    expect(trained.heldOut.ece).toBeLessThan(0.08);
  });

  it('learns the same from the same texts in any order', () => {
    const again = trainTextModel(texts.toReversed(), NO_GUIDE).model;
    expect(again.scores).toEqual(trained.model.scores);
    expect(again.thresholds).toEqual(trained.model.thresholds);
  });

  it.each([
    '',
    '!!!',
    'Der Wald steht schwarz und schweiget.',
    'Rates rose as bond markets fell on Tuesday.',
  ])('says that %j is not of its domain', (text) => {
    expect(classify(trained.model, text)).toMatchObject({ answer: 'OUT_OF_DOMAIN', labels: [] });
  });

  it('explains a label by words whose weights add up to its odds', () => {
    const text = 'the plant by the river\nfound listeria in the salad, 12 cases in all';
    const { label, probability } = classify(trained.model, text).probabilities[0]!;
    const { logOdds, bias, contributions } = explain(trained.model, text, label);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(probability, 9);
    expect(contributions.reduce((sum, { weight }) => sum + weight, bias)).toBeCloseTo(logOdds, 9);
    expect(contributions.slice(0, 4).some(({ words }) => /listeria|salad/.test(words))).toBe(true);
    for (const { spans, words } of contributions)
      expect(text.slice(spans[0]!.start, spans[0]!.end)).toBe(words);
  });

  it('refuses to explain a label that it does not have, and to learn from nothing', () => {
    expect(() => explain(trained.model, 'x', 'Weather')).toThrow(/it has Border, Contamination, Labels/);
    expect(() => trainTextModel(texts.slice(0, 3), NO_GUIDE)).toThrow(/at least 16/);
  });
});

describe('a label guide', () => {
  const guide: LabelGuide = {
    name: 'test/1',
    labels: {
      Border: { meaning: 'brought in past the check at the border', phrases: ['smuggl*', 'border'] },
    },
  };

  it('lets a word speak for a label that no training text has with it', () => {
    const texts = simulatedTexts(200, 3);
    const guided = trainTextModel(texts, guide).model;
    const bare = trainTextModel(texts, NO_GUIDE).model;
    const text = 'a firm in the north smuggled its pork, 20 cases in all';
    const border = (model: typeof guided): number =>
      classify(model, text).probabilities.find(({ label }) => label === 'Border')!.probability;
    expect(border(guided)).toBeGreaterThan(border(bare) + 0.1);
    expect(targetsOf(texts).labels).toEqual(guided.labels);
  });
});
