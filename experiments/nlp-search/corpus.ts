import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { DataSource } from 'typeorm';
import {
  quantise,
  TextIntake,
  type SemanticIndex,
  type SentenceEncoder,
  type TextInput,
} from '@tallyhouse/nlp';
import { sha256Hex } from '@tallyhouse/proofs';
import { createPrng } from '@tallyhouse/simulation';

export const PARTNER = '0x00000000000000000000000000000000000000a1';
const TEXTS_A_TRANSACTION = 500;

export type Row = Readonly<Record<string, string>>;

export function rowsOf(file: string): Row[] {
  return parse(gunzipSync(readFileSync(file)), { columns: true });
}

const DATA = resolve(process.env['TALLYHOUSE_SHARED_DATA'] ?? '../shared/data');
export const FSIS = resolve(DATA, 'fsis-recalls', 'usda_fsis_recalls.csv.gz');
export const FDA = resolve(DATA, 'fda-class1-recalls', 'fda_food_class1_recalls.csv.gz');

/** A title that asks for the summary of the same notice. */
export interface TitleQuery {
  readonly query: string;
  readonly wanted: string;
  /** Weights are chosen on these, the others are judged; by the hash of the notice's id. */
  readonly isDevelopment: boolean;
}

/** Takes the summaries in, without titles, and gives the titles as queries for them. */
export async function takeSummaries(
  source: DataSource,
  fsis: readonly Row[],
  now: Date,
): Promise<TitleQuery[]> {
  const intake = new TextIntake(source);
  const queries: TitleQuery[] = [];
  for (let from = 0; from < fsis.length; from += TEXTS_A_TRANSACTION) {
    const part = fsis.slice(from, from + TEXTS_A_TRANSACTION);
    const { ids, refused } = await intake.take(part.map(summary), PARTNER, 'IMPORT', now);
    const bad = new Set(refused.map(({ index }) => index));
    part
      .filter((_, index) => !bad.has(index))
      .forEach(({ title, id }, place) => {
        if (title) queries.push({ query: title, wanted: ids[place]!, isDevelopment: isDevelopment(id!) });
      });
  }
  return queries;
}

const summary = (row: Row): TextInput => ({
  kind: 'RECALL',
  body: row['summary']!,
  writtenAt: new Date(row['start_date']!),
  reference: row['id']!,
});

const hashOf = (id: string): string => sha256Hex(new TextEncoder().encode(id));
const isDevelopment = (id: string): boolean => Number.parseInt(hashOf(id).slice(-1), 16) % 2 === 0;

/** The first `most` notices in the order of the hashes of their ids. */
export function someOf(fsis: readonly Row[], most: number): readonly Row[] {
  return fsis.toSorted((a, b) => (hashOf(a['id']!) < hashOf(b['id']!) ? -1 : 1)).slice(0, most);
}

/** Adds texts put together from pieces of real ones until there are `wanted`; their vectors are blends of real ones. */
export async function grow(
  source: DataSource,
  index: SemanticIndex,
  encoder: SentenceEncoder,
  wanted: number,
  now: Date,
): Promise<void> {
  const prng = createPrng(1, 'nlp-search');
  const fda = rowsOf(FDA);
  const intake = new TextIntake(source);
  const real = await index.of(encoder.id, encoder.dimensions);
  const ids: { id: string }[] = await source.query('SELECT text_id AS id FROM text_vector ORDER BY seq');
  const pick = <T>(list: readonly T[]): T => list[prng.integer(0, list.length - 1)]!;
  for (let made = ids.length; made < wanted; made += 1_000) {
    const part = Array.from({ length: Math.min(1_000, wanted - made) }, (_, i): TextInput => ({
      kind: 'RECALL',
      body: `${pick(fda)['recalling_firm']} of ${pick(fda)['city']} recalls ${pick(fda)['code_info']}; ${pick(fda)['product_description']}. ${pick(fda)['reason_for_recall']}`.slice(
        0,
        900,
      ),
      writtenAt: new Date(Date.UTC(2012, 0, 1 + ((made + i) % 4_000))),
      reference: `made-${made + i}`,
    }));
    const taken = await intake.take(part, PARTNER, 'IMPORT', now);
    const blends = taken.ids.map(() => {
      const [a, b] = [real.get(pick(ids).id)!, real.get(pick(ids).id)!];
      return quantise(Float32Array.from(a, (value, at) => value + 0.7 * b[at]! + 20 * prng.normal()));
    });
    await source.query(
      'INSERT INTO text_vector (text_id, encoder, vector) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING',
      [taken.ids, taken.ids.map(() => encoder.id), blends.map((vector) => Buffer.from(vector.buffer))],
    );
  }
  await source.query(`TRUNCATE text_lexeme`);
  await source.query(
    `INSERT INTO text_lexeme SELECT lexeme, count(*) FROM text, unnest(tsvector_to_array(words)) lexeme GROUP BY 1`,
  );
  await source.query('VACUUM ANALYZE text, text_lexeme');
}
