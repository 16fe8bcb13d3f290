import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { LabelledText } from '@tallyhouse/nlp';
import { parse } from 'csv-parse/sync';
import { CliError } from '../cli.errors.js';

/** Which columns hold what. */
export interface LabelledColumns {
  /** Columns of the text, comma-separated; each becomes a line, so the first is read as a heading. */
  readonly text: string;
  /** Column of the labels, joined by `;`. */
  readonly label: string;
  /** Column of the date, ISO-8601. */
  readonly date: string;
}

/** Rows that can be learned from, and how many cannot because they have no label or no text. */
export interface LabelledRows {
  readonly texts: readonly LabelledText[];
  readonly skipped: number;
}

const MOST_BYTES = 512 * 1024 * 1024;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/;

async function contentOf(file: string): Promise<Buffer> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError(`${file} cannot be read`, 'give the path of a CSV file, plain or .gz');
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw new CliError(
      `${file} is no whole gzip file (${error instanceof Error ? error.message : String(error)})`,
      'fetch it again',
    );
  }
}

function recordsOf(file: string, content: Buffer): Record<string, string>[] {
  try {
    return parse(content, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new CliError(
      `${file} is no CSV with a header line (${error instanceof Error ? error.message : String(error)})`,
      'quote fields that hold commas or line breaks, and give every line as many fields as the header',
    );
  }
}

/** Reads labelled texts from a CSV file, plain or gzipped. */
export async function readLabelled(file: string, columns: LabelledColumns): Promise<LabelledRows> {
  const records = recordsOf(file, await contentOf(file));
  const fields = columns.text.split(',').map((name) => name.trim());
  const known = Object.keys(records[0] ?? {});
  const missing = [...fields, columns.label, columns.date].filter((name) => !known.includes(name));
  if (missing.length > 0) {
    throw new CliError(
      `${file} has no column ${missing.join(', ')}`,
      known.length > 0 ? `its columns are ${known.join(', ')}` : 'it has no rows',
    );
  }
  const texts: LabelledText[] = [];
  records.forEach((record, index) => {
    const labels = record[columns.label]!.split(';').map((label) => label.trim());
    const given = [...new Set(labels.filter((label) => label !== ''))];
    const text = fields
      .map((name) => record[name]!)
      .filter((part) => part !== '')
      .join('\n');
    const date = record[columns.date]!;
    if (given.length === 0 || text === '') return;
    if (!DATE.test(date) || Number.isNaN(Date.parse(date))) {
      throw new CliError(
        `${file}, row ${index + 1}: ${columns.date} is ${JSON.stringify(date)}`,
        'a date must be written as 2020-01-31',
      );
    }
    texts.push({ text, labels: given, date });
  });
  return { texts, skipped: records.length - texts.length };
}
