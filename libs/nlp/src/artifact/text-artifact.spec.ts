import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeModel, encodeModel, openEngine } from '@tallyhouse/compute';
import { FSIS_RECALL_REASONS } from '../classifier/guides/fsis-recall-reasons.js';
import { guideModel } from '../classifier/guide-model.js';
import { simulatedTexts } from '../../test/simulated-texts.js';
import { classify, probabilitiesOf, type TextModel } from '../classifier/text-model.js';
import { trainTextModel } from '../classifier/train.js';
import { NO_GUIDE } from '../classifier/label-guide.js';
import { engineProbabilities } from './engine-labels.js';
import { readTextManifest, textModelArtifact, textModelFrom } from './text-artifact.js';

jest.setTimeout(60_000);

const EVIDENCE = { dataRoot: `0x${'ab'.repeat(32)}`, dataBlock: 12 };

describe("a text model's file", () => {
  const texts = simulatedTexts(150, 4);
  const unseen = simulatedTexts(40, 5).map(({ text }) => text);
  let model: TextModel;
  let bytes: Uint8Array;
  beforeAll(() => {
    ({ model } = trainTextModel(texts, NO_GUIDE));
    bytes = textModelArtifact(model, EVIDENCE);
  });

  it('gives the same answers after it was read again', () => {
    const again = textModelFrom(bytes);
    for (const text of unseen) expect(classify(again, text)).toEqual(classify(model, text));
    expect(readTextManifest(bytes)).toMatchObject({ family: 'incident-text', ...EVIDENCE });
  });

  it('is the same bytes from the same texts', () => {
    expect(Buffer.compare(textModelArtifact(trainTextModel(texts, NO_GUIDE).model, EVIDENCE), bytes)).toBe(0);
  });

  it('runs on an engine within 1e-5 of the plain code', async () => {
    const engine = await openEngine({ device: 'cpu', threads: 1 });
    try {
      const rows = await engineProbabilities(await engine.load(bytes), model, ['', ...unseen]);
      rows.forEach((row, at) => {
        const plain = probabilitiesOf(model, ['', ...unseen][at]!);
        plain.forEach((probability, label) => expect(Math.abs(row[label]! - probability)).toBeLessThan(1e-5));
      });
    } finally {
      await engine.close();
    }
  });

  const changed = (change: (manifest: Record<string, unknown>) => unknown): Uint8Array => {
    const { graph, metadata } = decodeModel(bytes);
    const manifest = JSON.parse(metadata.tallyhouse!) as Record<string, unknown>;
    return encodeModel(graph, { tallyhouse: JSON.stringify(change(manifest)) });
  };

  it.each([
    [/format/, (found: object) => ({ ...found, format: 'tallyhouse-model/1' })],
    [/family "demand"/, (found: object) => ({ ...found, family: 'demand' })],
    [/thresholds must be 3 numbers/, (found: object) => ({ ...found, thresholds: [0.5] })],
    [/labels names one thing twice/, (found: object) => ({ ...found, labels: ['a', 'a'] })],
    [/weights must be/, (found: object) => ({ ...found, terms: ['one'], frequencies: [1] })],
    [/dataRoot/, (found: object) => ({ ...found, dataRoot: '0x12' })],
    [/canonical form/, (found: object) => ({ ...found, extra: 1 })],
    [/no JSON object/, () => []],
  ])('is refused when it says otherwise: %s', (reason, change) => {
    expect(() => textModelFrom(changed(change))).toThrow(reason);
  });

  it('is refused when its graph is another one, or no bytes of a model', () => {
    const { metadata } = decodeModel(bytes);
    const other = decodeModel(textModelArtifact(guideModel(FSIS_RECALL_REASONS), EVIDENCE)).graph;
    expect(() => textModelFrom(encodeModel(other, metadata))).toThrow(/weights must be/);
    expect(() => textModelFrom(new Uint8Array([1, 2, 3]))).toThrow(/no text model/);
  });
});

describe('a model of the guide alone', () => {
  it('labels by the meaning of labels, and stays unsure without a phrase', () => {
    const model = textModelFrom(
      textModelArtifact(guideModel(FSIS_RECALL_REASONS), { dataRoot: null, dataBlock: null }),
    );
    expect(classify(model, 'Beef recalled: Listeria contamination').labels).toEqual([
      'Product Contamination',
    ]);
    expect(classify(model, 'The weather is fine')).toMatchObject({ answer: 'UNSURE', labels: [] });
  });
});
