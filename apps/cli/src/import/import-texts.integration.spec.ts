import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openStore, PARTNER, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { importTexts, type TextSummary } from './import-texts.js';
import type { TextColumns } from './read-texts.js';

jest.setTimeout(60_000);

const COLUMNS: TextColumns = {
  ...{ text: 'words', title: 'head', date: 'day', id: 'no', kind: 'what', site: 'where', product: 'goods' },
};
const HEADER = 'no,what,day,head,words,goods,where';
const GOOD = [
  '1,RECALL,2026-01-02,Squash,"Lot A17 is recalled, call 415-555-0132",urn:epc:idpat:sgtin:9521141.012345.*,',
  '2,INCIDENT,2026-01-03T10:00:00Z,,"A trailer came warm; ""again""",,urn:epc:id:sgln:9521141.00001.0',
];

describe('import of texts on a real database', () => {
  let store: TestStore;
  let folder: string;
  let refused: string[];
  beforeAll(async () => {
    store = await openStore();
    folder = await mkdtemp(join(tmpdir(), 'texts-'));
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    refused = [];
    await store.source.query('TRUNCATE text, text_anchor_queue CASCADE');
  });

  const importing = async (name: string, content: string | Uint8Array): Promise<TextSummary> => {
    const file = join(folder, name);
    await writeFile(file, content);
    return importTexts(file, {
      dataSource: store.source,
      partner: PARTNER,
      columns: COLUMNS,
      onRefusal: (line, field) => refused.push(`${line} ${field}`),
      onProgress: () => undefined,
    });
  };
  const csv = (...lines: string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

  it('maps columns, masks, links and queues for the chain', async () => {
    expect(await importing('a.csv', csv(...GOOD))).toMatchObject({ lines: 2, stored: 2, refused: 0 });
    const rows = await store.rows('SELECT reference, kind, title, body FROM text ORDER BY seq');
    expect(rows[0]).toMatchObject({ reference: '1', kind: 'RECALL', title: 'Squash' });
    expect(rows[1]).toMatchObject({ kind: 'INCIDENT', title: '', body: 'A trailer came warm; "again"' });
    expect(rows[0]!['body']).not.toContain('555-0132');
    expect(await store.rows('SELECT role FROM text_link ORDER BY role')).toEqual([
      { role: 'PRODUCT' },
      { role: 'SITE' },
    ]);
    expect(await store.count('text_anchor_queue')).toBe(2);
  });

  it('stores none twice when it is run again, also from JSON Lines and gzipped', async () => {
    await importing('a.csv', csv(...GOOD));
    expect(await importing('b.csv.gz', gzipSync(csv(...GOOD)))).toMatchObject({ stored: 0, duplicate: 2 });
    const line = JSON.stringify({ no: '3', what: 'NOTE', day: '2026-01-04', words: 'All was well today' });
    expect(await importing('c.jsonl', `${line}\n${line}\n`)).toMatchObject({ stored: 1, duplicate: 1 });
  });

  it('tells bad lines by number and field, and takes in the others', async () => {
    const bad = [
      '7,GOSSIP,2026-01-02,,some words here,,',
      '8,NOTE,yesterday,,some words here,,',
      '9,NOTE,2026-01-02,,,,',
    ];
    const summary = await importing('d.csv', csv(bad[0]!, GOOD[0]!, ...bad.slice(1)));
    expect(summary).toMatchObject({ lines: 4, stored: 1, refused: 3 });
    expect(refused).toHaveLength(3);
    expect(refused.map((each) => Number(each.split(' ')[0])).toSorted((a, b) => a - b)).toEqual([2, 4, 5]);
    expect(await importing('e.jsonl', 'no json\n')).toMatchObject({ lines: 1, stored: 0, refused: 1 });
  });
});
