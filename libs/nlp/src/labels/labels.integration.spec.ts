import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, PARTNER, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { FSIS_RECALL_REASONS } from '../classifier/guides/fsis-recall-reasons.js';
import { guideModel } from '../classifier/guide-model.js';
import { TextLabelReader } from '../read/text-label.reader.js';
import { TextIntake } from '../texts/text-intake.service.js';
import { textSha256 } from '@tallyhouse/proofs';
import { LabelCorrections } from './label-correction.service.js';
import { TextLabelling, type RunningTextModel } from './text-labelling.service.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const LISTERIA = { title: 'Salad recalled', body: 'It may be contaminated with Listeria monocytogenes.' };
const WEATHER = { title: '', body: 'The truck waited two hours in the rain before the gate was opened.' };

jest.setTimeout(60_000);

const version = (digit: string): RunningTextModel => ({
  versionId: `0x${digit.repeat(64)}`,
  artifactSha256: `0x${'a'.repeat(64)}`,
  proposalId: '12',
  model: guideModel(FSIS_RECALL_REASONS),
});

describe('labels on a real database', () => {
  let store: TestStore;
  let labelling: TextLabelling;
  let corrections: LabelCorrections;
  let reader: TextLabelReader;
  const hash = ({ title, body }: { title: string; body: string }) => textSha256(title, body);

  beforeAll(async () => {
    store = await openStore();
    labelling = new TextLabelling(store.source);
    corrections = new LabelCorrections(store.source);
    reader = new TextLabelReader(store.source);
    const inputs = [LISTERIA, WEATHER].map((words, index) => ({
      ...words,
      kind: 'RECALL' as const,
      writtenAt: new Date(Date.UTC(2026, 0, 1 + index)),
      reference: `text-${index}`,
    }));
    await new TextIntake(store.source).take(inputs, PARTNER, 'IMPORT', NOW);
  }, 60_000);
  afterAll(() => store.close());

  it('are given once a text and version, bound to the hash of the text', async () => {
    expect(await labelling.labelWaiting(version('1'), () => NOW)).toBe(2);
    expect(await labelling.labelWaiting(version('1'), () => NOW)).toBe(0);
    const [row] = await reader.ofTexts([hash(LISTERIA)]);
    expect(row).toMatchObject({
      textSha256: hash(LISTERIA),
      versionId: version('1').versionId,
      proposalId: '12',
      answer: 'LABELLED',
      labels: ['Product Contamination'],
    });
    expect(row!.probabilities).toHaveLength(9);
    expect((await reader.ofTexts([hash(WEATHER)]))[0]).toMatchObject({ answer: 'UNSURE', labels: [] });
  });

  it('of another version stand beside those before', async () => {
    const later = new Date(NOW.getTime() + 1_000);
    expect(await labelling.labelWaiting(version('2'), () => later)).toBe(2);
    const rows = await reader.ofTexts([hash(LISTERIA)]);
    expect(rows.map(({ versionId }) => versionId[2])).toEqual(['2', '1']);
  });

  it.each(['UPDATE text_label SET labels = $$ {} $$', 'DELETE FROM text_label'])(
    'cannot be rewritten: %s',
    async (statement) => {
      await expect(store.source.query(statement)).rejects.toThrow(/append-only/);
    },
  );

  it('are corrected by people, and the last word is what is learned from', async () => {
    const correction = { textSha256: hash(WEATHER), correctedBy: 'anna', reason: 'late hand-over' };
    await corrections.correct({ ...correction, labels: ['Theft'] }, NOW);
    await corrections.correct({ ...correction, labels: [' Delay ', 'Delay'] }, NOW);
    expect(await corrections.trainingTexts()).toEqual([
      { text: WEATHER.body, labels: ['Delay'], date: '2026-01-02T00:00:00.000Z' },
    ]);
    expect(await reader.corrections([hash(WEATHER)])).toHaveLength(2);
    await corrections.correct({ ...correction, labels: [] }, NOW);
    expect(await corrections.trainingTexts()).toEqual([]);
  });

  it.each([
    ['CORRECTION_INVALID', { labels: ['a;b'] }],
    ['CORRECTION_INVALID', { labels: [''] }],
    ['CORRECTION_INVALID', { labels: ['a'], correctedBy: ' ' }],
    ['TEXT_UNKNOWN', { labels: ['a'], textSha256: `0x${'0'.repeat(64)}` as const }],
  ])('refuse with %s, case %#', async (code, change) => {
    const correction = { textSha256: hash(WEATHER), correctedBy: 'anna', reason: '', ...change };
    await expect(corrections.correct(correction, NOW)).rejects.toMatchObject({ code });
  });
});
