import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { fromHex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import { searchConfigOf } from './language.js';
import { readText, type TextFault, type TextInput, type TextRecord, type TextSource } from './text-record.js';

/** Faults of one of the texts sent; `index` is its place among them. */
export interface TextRefusal {
  readonly index: number;
  readonly faults: readonly TextFault[];
}

/** What became of the texts sent. */
export interface TextIntakeOutcome {
  readonly stored: number;
  /** Sent before, so already stored. */
  readonly duplicate: number;
  readonly refused: readonly TextRefusal[];
  /** Ids of the good ones, in the order sent. */
  readonly ids: readonly string[];
}

const TEXT_COLUMNS = {
  id: 'uuid',
  partner: 'text',
  kind: 'text',
  source: 'text',
  reference: 'text',
  title: 'text',
  body: 'text',
  language: 'text',
  search_config: 'regconfig',
  written_at: 'timestamptz',
  record_time: 'timestamptz',
  text_sha256: 'bytea',
  record_sha256: 'bytea',
  masked: 'jsonb',
};
const LINK_COLUMNS = { text_id: 'uuid', role: 'text', uri: 'text', origin: 'text', confidence: 'real' };
const QUEUE_COLUMNS = { seq: 'bigint', partner: 'text', text_id: 'uuid', queued_at: 'timestamptz' };

/** Takes texts in: normalise, mask, hash, store, and queue for anchoring, in one transaction. */
@Injectable()
export class TextIntake {
  public constructor(private readonly dataSource: DataSource) {}

  /** Stores the good ones and says of the others what is wrong. A text sent twice is stored once. */
  public async take(
    inputs: readonly TextInput[],
    partner: string,
    source: TextSource,
    now: Date,
  ): Promise<TextIntakeOutcome> {
    return this.dataSource.transaction((manager) => takeTexts(manager, inputs, partner, source, now));
  }
}

/** As {@link TextIntake.take}, in the caller's transaction. */
export async function takeTexts(
  manager: EntityManager,
  inputs: readonly TextInput[],
  partner: string,
  source: TextSource,
  now: Date,
): Promise<TextIntakeOutcome> {
  const records: TextRecord[] = [];
  const refused: TextRefusal[] = [];
  for (const [index, input] of inputs.entries()) {
    const reading = readText(input, partner, source, now);
    if (reading.ok) records.push(reading.record);
    else refused.push({ index, faults: reading.faults });
  }
  const stored = await storeRecords(manager, records, now);
  return { stored, duplicate: records.length - stored, refused, ids: records.map(({ id }) => id) };
}

async function storeRecords(
  manager: EntityManager,
  records: readonly TextRecord[],
  now: Date,
): Promise<number> {
  const rows = [...new Map(records.map((record) => [record.id, record])).values()];
  const inserted = await bulkInsert(
    manager,
    'text',
    TEXT_COLUMNS,
    rows.map((record) => textRow(record, now)),
    'ON CONFLICT DO NOTHING RETURNING id, seq',
  );
  const seqOf = new Map(inserted.map((row) => [row['id'] as string, row['seq']]));
  const fresh = rows.filter(({ id }) => seqOf.has(id));
  const links = fresh.flatMap(({ id, links }) => links.map(({ role, uri }) => [id, role, uri, 'GIVEN', 1]));
  await bulkInsert(manager, 'text_link', LINK_COLUMNS, links);
  const queued = fresh.map(({ id, partner }) => [seqOf.get(id), partner, id, now]);
  await bulkInsert(manager, 'text_anchor_queue', QUEUE_COLUMNS, queued);
  return fresh.length;
}

function textRow(record: TextRecord, now: Date): unknown[] {
  return [
    record.id,
    record.partner,
    record.kind,
    record.source,
    record.reference,
    record.title,
    record.body,
    record.language,
    searchConfigOf(record.language),
    record.writtenAt,
    now,
    Buffer.from(fromHex(record.textSha256, 32)),
    Buffer.from(fromHex(record.recordSha256, 32)),
    JSON.stringify(record.masked),
  ];
}
