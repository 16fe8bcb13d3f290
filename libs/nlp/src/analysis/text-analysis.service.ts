import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import { linkEntities } from '../entities/entity-linker.repository.js';
import { extractEntities } from '../entities/extract-entities.js';
import type { LinkedEntity } from '../entities/recall-criteria.js';
import { findDuplicates, type DuplicateRecord } from './duplicate-finder.repository.js';

interface WaitingText {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly products: readonly string[];
}

type Field = 'TITLE' | 'BODY';

const ENTITY_COLUMNS = {
  text_id: 'uuid',
  ordinal: 'int',
  type: 'text',
  field: 'text',
  start_at: 'int',
  end_at: 'int',
  surface: 'text',
  value: 'text',
  confidence: 'real',
  uri: 'text',
  uri_confidence: 'real',
};
const LINK_COLUMNS = { text_id: 'uuid', role: 'text', uri: 'text', origin: 'text', confidence: 'real' };
const TEXTS_A_ROUND = 500;
const MAX_ENTITIES_A_TEXT = 300;

/** Finds of new texts what they repeat and what they name. A round is one transaction: all of its texts or none. */
@Injectable()
export class TextAnalysis {
  public constructor(private readonly dataSource: DataSource) {}

  /** Works on the oldest waiting texts; returns how many. Fewer than 500 means that none is left. */
  public async run(now: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const texts: WaitingText[] = await manager.query(
        `SELECT t.id, t.title, t.body,
           ARRAY(SELECT uri FROM text_link l WHERE l.text_id = t.id AND l.role = 'PRODUCT') AS products
         FROM text t WHERE t.analysed_at IS NULL ORDER BY t.seq LIMIT ${TEXTS_A_ROUND} FOR UPDATE SKIP LOCKED`,
      );
      if (texts.length === 0) return 0;
      const records = await findDuplicates(
        manager,
        texts.map(({ id, title, body }) => ({ id, words: `${title} ${body}` })),
      );
      await markAnalysed(manager, records, now);
      await storeEntities(manager, texts);
      await countLexemes(
        manager,
        texts.map(({ id }) => id),
      );
      return texts.length;
    });
  }
}

async function markAnalysed(
  manager: EntityManager,
  records: readonly DuplicateRecord[],
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE text SET duplicate_of = found.head, bands = found.bands::integer[], signature = found.signature, analysed_at = $5
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[]) found (id, head, bands, signature)
     WHERE text.id = found.id`,
    [
      records.map(({ id }) => id),
      records.map(({ duplicateOf }) => duplicateOf),
      records.map(({ bands }) => bands && `{${bands.join(',')}}`),
      records.map(({ signature }) => signature && Buffer.from(signature.buffer)),
      now,
    ],
  );
}

async function storeEntities(manager: EntityManager, texts: readonly WaitingText[]): Promise<void> {
  const fields = texts.map(({ title, body }) => ({
    TITLE: extractEntities(title),
    BODY: extractEntities(body),
  }));
  const linked = await linkEntities(
    manager,
    texts.map(({ products }, index) => ({
      products,
      entities: [...fields[index]!.TITLE, ...fields[index]!.BODY],
    })),
  );
  const rows = texts.flatMap(({ id }, index) => {
    const inTitle = fields[index]!.TITLE.length;
    return linked[index]!.slice(0, MAX_ENTITIES_A_TEXT).map((entity, at) =>
      entityRow(id, at, at < inTitle ? 'TITLE' : 'BODY', entity),
    );
  });
  await bulkInsert(manager, 'text_entity', ENTITY_COLUMNS, rows);
  const links = texts.flatMap(({ id }, index) => linkRows(id, linked[index]!));
  await bulkInsert(manager, 'text_link', LINK_COLUMNS, links, 'ON CONFLICT DO NOTHING');
}

function entityRow(textId: string, ordinal: number, field: Field, entity: LinkedEntity): unknown[] {
  const { type, start, end, surface, value, confidence, uri, uriConfidence } = entity;
  return [textId, ordinal, type, field, start, end, surface, value, confidence, uri, uriConfidence];
}

function linkRows(textId: string, entities: readonly LinkedEntity[]): unknown[][] {
  const best = new Map<string, unknown[]>();
  for (const { uri, uriConfidence } of entities.toSorted(
    (a, b) => (b.uriConfidence ?? 0) - (a.uriConfidence ?? 0),
  )) {
    if (uri === null) continue;
    const role = roleOf(uri);
    const key = `${role} ${uri}`;
    if (!best.has(key)) best.set(key, [textId, role, uri, 'ENTITY', uriConfidence]);
  }
  return [...best.values()];
}

function roleOf(uri: string): string {
  if (uri.startsWith('0x')) return 'PARTNER';
  if (/\/414\//.test(uri)) return 'SITE';
  return /\/01\/\d{14}$/.test(uri) ? 'PRODUCT' : 'ITEM';
}

/** In how many texts each word stands: what ranking by words is weighed by. */
async function countLexemes(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query(
    `INSERT INTO text_lexeme (lexeme, texts)
     SELECT lexeme, count(*) FROM text t, unnest(tsvector_to_array(t.words)) lexeme
     WHERE t.id = ANY($1::uuid[]) GROUP BY lexeme ORDER BY lexeme
     ON CONFLICT (lexeme) DO UPDATE SET texts = text_lexeme.texts + excluded.texts`,
    [ids],
  );
}
