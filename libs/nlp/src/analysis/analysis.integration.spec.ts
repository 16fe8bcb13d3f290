import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, PARTNER, documentOf, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { CaptureService } from '@tallyhouse/supply-chain';
import { lgtin } from '@tallyhouse/epcis';
import type { SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';
import { NlpError } from '../nlp.errors.js';
import { SemanticIndex } from '../search/semantic-index.service.js';
import { TextSearch } from '../search/text-search.service.js';
import { TextIntake } from '../texts/text-intake.service.js';
import type { TextInput } from '../texts/text-record.js';
import { TextAnalysis } from './text-analysis.service.js';
import { TextEmbedding } from './text-embedding.service.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const PRODUCT = '00086069205105';
const LOT = lgtin(PRODUCT, 'A17');

jest.setTimeout(60_000);

/** Counts letters: enough to tell texts apart without weights. */
const letters: SentenceEncoder = {
  id: 'letters/1',
  dimensions: 26,
  encode: async (texts) =>
    texts.map((text) => {
      const counts = new Float32Array(26);
      for (const letter of text.toLowerCase().match(/[a-z]/g) ?? []) counts[letter.charCodeAt(0) - 97]! += 1;
      const norm = Math.hypot(...counts) || 1;
      return counts.map((count) => count / norm);
    }),
  close: async () => undefined,
};

const TEXTS: TextInput[] = [
  {
    kind: 'RECALL',
    title: 'Recall of frozen squash',
    body: 'Inventure Foods Inc is recalling frozen squash, UPC 0-86069-20510-5, lot A17, best by 2026-05-01, because of listeria.',
    writtenAt: new Date('2026-01-05T00:00:00Z'),
  },
  {
    kind: 'RECALL',
    title: 'Recall of frozen squash, expanded',
    body: 'Inventure Foods Inc is recalling frozen squash, UPC 0-86069-20510-5, lot A17, best by 2026-05-01, because of listeria monocytogenes.',
    writtenAt: new Date('2026-01-09T00:00:00Z'),
  },
  {
    kind: 'INSPECTION',
    body: 'Forklift battery leaked acid onto the floor of dock four; cleaned within the hour.',
    writtenAt: new Date('2026-01-10T00:00:00Z'),
    sites: ['urn:epc:id:sgln:9521141.00001.0'],
  },
  {
    kind: 'COMPLAINT',
    body: 'Glassplitter im Honigglas gefunden, der Kunde ist verletzt worden.',
    writtenAt: new Date('2026-02-01T00:00:00Z'),
  },
];

describe('analysis on a real database', () => {
  let store: TestStore;
  let ids: readonly string[];
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(
      `INSERT INTO partner_registered (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, gln,
         name, metadata_hash) VALUES (31337, 1, $1, 0, $1, now(), $2, '9521141000014', 'Inventure Foods', $1)`,
      [`0x${'01'.repeat(32)}`, PARTNER.toLowerCase()],
    );
    await new CaptureService(store.source).capture(
      documentOf([
        {
          type: 'ObjectEvent',
          eventTime: '2026-01-02T08:00:00Z',
          eventTimeZoneOffset: '+01:00',
          action: 'OBSERVE',
          bizStep: 'shipping',
          quantityList: [{ epcClass: LOT, quantity: 10, uom: 'KGM' }],
        },
      ]),
      { partner: PARTNER, errorBehaviour: 'ROLLBACK' },
    );
    ({ ids } = await new TextIntake(store.source).take(TEXTS, PARTNER, 'IMPORT', NOW));
    expect(await new TextAnalysis(store.source).run(NOW)).toBe(4);
    expect(await new TextAnalysis(store.source).run(NOW)).toBe(0);
    expect(await new TextEmbedding(store.source, letters).run()).toBe(4);
    expect(await new TextEmbedding(store.source, letters).run()).toBe(0);
  }, 60_000);
  afterAll(() => store.close());

  const search = (encoder = letters) =>
    new TextSearch(store.source, new SemanticIndex(store.source), encoder);
  const found = async (query: string, options: object = {}): Promise<string[]> =>
    (await search().search({ query, first: 10, ...options })).map(({ textId }) => textId);

  it('groups an expansion with the text that it repeats', async () => {
    const rows = await store.rows<{ duplicate_of: string | null }>(
      'SELECT duplicate_of FROM text ORDER BY seq',
    );
    expect(rows.map((row) => row.duplicate_of)).toEqual([null, ids[0], null, null]);
    const later = {
      ...TEXTS[0]!,
      reference: 'sent again by another',
      writtenAt: new Date('2026-02-09T00:00:00Z'),
    };
    const {
      ids: [again],
    } = await new TextIntake(store.source).take([later], PARTNER, 'API', NOW);
    await new TextAnalysis(store.source).run(NOW);
    expect(await store.rows('SELECT duplicate_of FROM text WHERE id = $1', [again!])).toEqual([
      { duplicate_of: ids[0] },
    ]);
    await store.source.query('DELETE FROM text WHERE id = $1', [again!]);
  });

  it('links lot, product and firm to what the index knows', async () => {
    const rows = await store.rows<{ type: string; uri: string | null; uri_confidence: number }>(
      'SELECT type, uri, uri_confidence FROM text_entity WHERE text_id = $1 AND uri IS NOT NULL ORDER BY ordinal',
      [ids[0]!],
    );
    expect(rows.map(({ type, uri }) => [type, uri])).toEqual([
      ['FIRM', PARTNER.toLowerCase()],
      ['GTIN', `https://id.gs1.org/01/${PRODUCT}`],
      ['LOT', LOT],
    ]);
    expect(Math.min(...rows.map((row) => row.uri_confidence))).toBeGreaterThan(0.5);
    const links = await store.rows<{ role: string }>(
      'SELECT role FROM text_link WHERE text_id = $1 ORDER BY role',
      [ids[0]!],
    );
    expect(links.map(({ role }) => role)).toEqual(['ITEM', 'PARTNER', 'PRODUCT']);
  });

  it('makes texts found by their words, in their language, and in spite of a slip of the pen', async () => {
    expect((await found('leaking batteries', { mode: 'LEXICAL' }))[0]).toBe(ids[2]);
    expect((await found('verletzter Kunde mit Splittern im Honigglas', { mode: 'LEXICAL' }))[0]).toBe(ids[3]);
    expect((await found('forkliftt', { mode: 'LEXICAL' }))[0]).toBe(ids[2]);
    expect(await found('xyzzyplugh', { mode: 'LEXICAL' })).toEqual([]);
  });

  it('filters by kind, time, link, entity and first of a group', async () => {
    expect(await found('recall squash', { filter: { distinct: true, kind: 'RECALL' } })).toEqual([ids[0]]);
    expect(
      await found('recall squash', { filter: { from: new Date('2026-01-08T00:00:00Z'), kind: 'RECALL' } }),
    ).toEqual([ids[1]]);
    expect(await found('anything', { filter: { about: 'urn:epc:id:sgln:9521141.00001.0' } })).toEqual([
      ids[2],
    ]);
    expect(new Set(await found('squash', { filter: { entity: '2026-05-01' } }))).toEqual(
      new Set([ids[0], ids[1]]),
    );
  });

  it.each(["'); DROP TABLE text; --", '& | ! <-> ( :*', '\\', 'a'.repeat(1_000), '$1 %s', '🧨'])(
    'takes a hostile query for what it is: %s',
    async (query) => {
      await found(query);
      expect(await store.count('text')).toBe(4);
    },
  );

  it('refuses a query that says nothing and goes on by words when no encoder is there', async () => {
    await expect(found(' \u200b ')).rejects.toMatchObject({ code: 'QUERY_INVALID' });
    const missing: SentenceEncoder = {
      ...letters,
      encode: () => Promise.reject(new NlpError('ENCODER_MISSING', 'none')),
    };
    const [hit] = await search(missing).search({ query: 'forklift battery', first: 5 });
    expect(hit).toMatchObject({ textId: ids[2], lexicalRank: 1, semanticRank: null });
  });

  it('gives similar texts without the text itself', async () => {
    const [nearest] = await search().similar(ids[0]!, 2);
    expect(nearest?.id).toBe(ids[1]);
    expect(await search().similar('00000000-0000-8000-8000-000000000000', 2)).toEqual([]);
  });
});
