import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ChainWriter } from '@tallyhouse/chain';
import { createLogger, readConfig } from '@tallyhouse/config';
import {
  EventHarvest,
  FSIS_RECALL_REASONS,
  guideModel,
  SemanticIndex,
  TextAnalysis,
  TextEmbedding,
  TextIntake,
  TextLabelling,
  TextSealing,
  TopicRefresh,
  type RunningTextModelReader,
  type SentenceEncoder,
  type TextInput,
} from '@tallyhouse/nlp';
import { openStore, PARTNER, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { LabelsStage } from './labels.stage.js';
import { TextsStage, type TextServices } from './texts.stage.js';

jest.setTimeout(60_000);

const TEXTS = 60;
const BATCH = 16;
const WORKER = { address: '0x00000000000000000000000000000000000000c3' } as unknown as ChainWriter;
const logger = createLogger({ logLevel: 'silent' }, 'test');

/** Two directions: what is about the cold, and all else. */
const encoder: SentenceEncoder = {
  id: 'cold/1',
  dimensions: 2,
  encode: async (texts) =>
    texts.map((text) => (/trailer|warm/.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1))),
  close: async () => undefined,
};

const noteOf = (number: number): TextInput => ({
  kind: 'INCIDENT',
  body:
    number % 2 === 0
      ? `Trailer ${number} arrived too warm at the dock, the driver saw no alarm`
      : `Salad of line ${number} may be contaminated with Listeria monocytogenes`,
  writtenAt: new Date(Date.UTC(2026, 0, 1, 0, number)),
  reference: `note-${number}`,
});

describe('the stages of texts on a real database', () => {
  let store: TestStore;
  let services: TextServices;
  beforeAll(async () => {
    store = await openStore();
    const { source } = store;
    services = {
      harvest: new EventHarvest(source),
      sealing: new TextSealing(source),
      analysis: new TextAnalysis(source),
      embedding: new TextEmbedding(source, encoder),
      topics: new TopicRefresh(source, encoder),
    };
    const notes = Array.from({ length: TEXTS }, (_, number) => noteOf(number));
    await new TextIntake(source).take(notes, PARTNER, 'IMPORT', new Date());
  }, 60_000);
  afterAll(() => store.close());

  const stage = (own: Partial<TextServices> = {}): TextsStage => {
    const config = readConfig({
      DATABASE_URL: 'postgres://localhost/none',
      RPC_URLS: 'http://127.0.0.1:8545',
      TALLYHOUSE_DEPLOYMENT: 'none.json',
      ANCHOR_BATCH_SIZE: String(BATCH),
      ANCHOR_INTERVAL_MS: '3600000',
    });
    return new TextsStage(config, WORKER, { ...services, ...own }, logger);
  };

  it('leave, when an encoder fails, what was done before it, and go on from there', async () => {
    const broken = { run: () => Promise.reject(new Error('no weights')) } as unknown as TextEmbedding;
    await expect(stage({ embedding: broken }).run(() => new Date())).rejects.toThrow('no weights');
    expect(await store.count('text_leaf')).toBe(TEXTS - (TEXTS % BATCH));
    expect(await store.count('text_vector')).toBe(0);
  });

  it('seal whole batches, analyse, encode and sort every text once', async () => {
    expect(await stage().run(() => new Date())).toBe(false);
    expect(await store.count('text_anchor_queue')).toBe(TEXTS % BATCH);
    expect(await store.rows('SELECT 1 FROM text WHERE analysed_at IS NULL')).toEqual([]);
    expect(await store.count('text_vector')).toBe(TEXTS);
    const topics = await store.rows<{ n: number }>(
      'SELECT count(*)::integer AS n FROM text_topic_member GROUP BY number',
    );
    expect(topics.map(({ n }) => n)).toEqual([TEXTS / 2, TEXTS / 2]);
    const index = await new SemanticIndex(store.source).of(encoder.id, encoder.dimensions);
    expect(index.size).toBe(TEXTS);
    await stage().run(() => new Date());
    expect(await store.count('text_topic_member')).toBe(TEXTS);
  });

  it('label nothing before a model was voted, and each text once after', async () => {
    const labelling = new TextLabelling(store.source);
    const by = (found: unknown): LabelsStage =>
      new LabelsStage(
        { find: () => Promise.resolve(found) } as unknown as RunningTextModelReader,
        labelling,
        logger,
      );
    await by(undefined).run(() => new Date());
    expect(await store.count('text_label')).toBe(0);
    const running = {
      versionId: `0x${'1'.repeat(64)}`,
      artifactSha256: `0x${'a'.repeat(64)}`,
      proposalId: null,
      model: guideModel(FSIS_RECALL_REASONS),
    };
    await by(running).run(() => new Date());
    await by(running).run(() => new Date());
    expect(await store.count('text_label')).toBe(TEXTS);
    const labelled = await store.rows<{ labels: string[] }>(
      "SELECT labels FROM text_label WHERE answer = 'LABELLED'",
    );
    expect(labelled).toHaveLength(TEXTS / 2);
    expect(new Set(labelled.flatMap(({ labels }) => labels))).toEqual(new Set(['Product Contamination']));
  });
});
