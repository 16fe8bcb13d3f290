import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { TEXT_KINDS, type TextInput, type TextKind } from '@tallyhouse/nlp';

/** Which column or key of a file holds what. `kind` names a kind, or the column that names it. */
export interface TextColumns {
  readonly text: string;
  readonly title?: string;
  readonly date: string;
  readonly id?: string;
  readonly kind: string;
  readonly product?: string;
  readonly site?: string;
  readonly destination?: string;
}

/** A line of the file: a text, or why it is none. */
export type TextLine =
  | { readonly ok: true; readonly line: number; readonly input: TextInput }
  | { readonly ok: false; readonly line: number; readonly field: string; readonly reason: string };

const MAX_RECORD_BYTES = 1_000_000;

/** Reads a CSV with a header, or JSON Lines, plain or gzipped, by the end of its name. Bad lines are told, not thrown. */
export async function* readTexts(file: string, columns: TextColumns): AsyncGenerator<TextLine> {
  const bytes = createReadStream(file);
  const plain = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  bytes.on('error', (error) => plain.destroy(error));
  const name = file.replace(/\.gz$/, '');
  const records = name.endsWith('.jsonl') || name.endsWith('.ndjson') ? jsonLines(plain) : csvRecords(plain);
  for await (const { line, record } of records) yield toLine(line, record, columns);
}

type Numbered = { readonly line: number; readonly record: Readonly<Record<string, unknown>> | string };

async function* csvRecords(source: Readable): AsyncGenerator<Numbered> {
  const parser = source.pipe(
    parse({
      columns: true,
      bom: true,
      relax_column_count: true,
      info: true,
      max_record_size: MAX_RECORD_BYTES,
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    yield { line: info.lines, record };
  }
}

async function* jsonLines(source: Readable): AsyncGenerator<Numbered> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    yield { line, record: parsed(text) };
  }
}

function parsed(text: string): Numbered['record'] {
  if (text.length > MAX_RECORD_BYTES) return `longer than ${MAX_RECORD_BYTES} characters`;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

function toLine(line: number, record: Numbered['record'], columns: TextColumns): TextLine {
  const refused = (field: string, reason: string): TextLine => ({ ok: false, line, field, reason });
  if (typeof record === 'string') return refused('line', record);
  const cell = (column: string | undefined): string => {
    const value = column === undefined ? undefined : record[column];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  if (!Object.hasOwn(record, columns.text))
    return refused(columns.text, `no such column; there are ${Object.keys(record).slice(0, 20).join(', ')}`);
  const kind = kindOf(columns.kind, cell(columns.kind));
  if (!kind)
    return refused(
      'kind',
      `${JSON.stringify(cell(columns.kind) || columns.kind)} is none of ${TEXT_KINDS.join(', ')}`,
    );
  const writtenAt = new Date(cell(columns.date));
  if (Number.isNaN(writtenAt.getTime()))
    return refused(columns.date, `${JSON.stringify(cell(columns.date))} is no date; write 2026-01-31`);
  const listed = (column: string | undefined): string[] =>
    cell(column)
      .split(/[|;]/)
      .map((each) => each.trim())
      .filter(Boolean);
  return {
    ok: true,
    line,
    input: {
      kind,
      title: cell(columns.title),
      body: cell(columns.text),
      writtenAt,
      reference: cell(columns.id),
      products: listed(columns.product),
      sites: listed(columns.site),
      destinations: listed(columns.destination),
    },
  };
}

function kindOf(named: string, inCell: string): TextKind | undefined {
  const wanted = (inCell || named).toUpperCase();
  return TEXT_KINDS.find((kind) => kind === wanted);
}
