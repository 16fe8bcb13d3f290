import { parse } from 'csv-parse/sync';
import type { TextLine } from './bytes.js';

/** The fields of a record, or why there are none; `line` is where the record begins. */
export type CsvRecord =
  | { readonly line: number; readonly ok: true; readonly fields: readonly string[] }
  | { readonly line: number; readonly ok: false; readonly reason: string };

/** A quoted field may hold line breaks, but one record not more lines than this. */
const MAX_RECORD_LINES = 32;

/**
 * The CSV records (RFC 4180) of a file. A record is first framed by counting quotes and then handed to csv-parse, so
 * that a quote that is never closed costs one line and not the rest of the file: where a record of several lines does
 * not parse, its first line is reported and reading goes on with its second.
 *
 * @param columns the number of fields a record must have; a record of several lines with another number is broken
 */
export async function* readRecords(
  lines: AsyncIterable<TextLine>,
  columns: number,
): AsyncGenerator<CsvRecord, void> {
  let open: TextLine[] = [];
  for await (const line of lines) {
    open.push(line);
    for (let step = takeRecord(open, columns, false); step; step = takeRecord(open, columns, false)) {
      open = step.rest;
      if (step.record) yield step.record;
    }
  }
  for (let step = takeRecord(open, columns, true); step; step = takeRecord(open, columns, true)) {
    open = step.rest;
    if (step.record) yield step.record;
  }
}

interface Step {
  /** Absent for an empty line. */
  readonly record?: CsvRecord;
  readonly rest: TextLine[];
}

/** Takes one record off the front, if it is whole or can no longer become whole. */
function takeRecord(open: readonly TextLine[], columns: number, isEnd: boolean): Step | undefined {
  const [first] = open;
  if (!first) return undefined;
  const refuse = (reason: string): Step => ({
    record: { line: first.line, ok: false, reason },
    rest: open.slice(1),
  });
  if (first.tooLong) return refuse('the line is too long');
  if (first.text.trim() === '') return { rest: open.slice(1) };
  const count = framedLines(open);
  if (count === undefined) {
    const mayClose = !isEnd && open.length < MAX_RECORD_LINES && !open.some(({ tooLong }) => tooLong);
    return mayClose ? undefined : refuse('a quote is not closed');
  }
  const text = open
    .slice(0, count)
    .map((line) => line.text)
    .join('\n');
  const fields = parseFields(text);
  if (typeof fields === 'string') return refuse(fields);
  if (count > 1 && fields.length !== columns) return refuse('a quote is not closed in its line');
  return { record: { line: first.line, ok: true, fields }, rest: open.slice(count) };
}

/** How many lines it takes until every quote is closed; undefined if the lines at hand do not suffice. */
function framedLines(open: readonly TextLine[]): number | undefined {
  let quotes = 0;
  for (let i = 0; i < open.length; i += 1) {
    quotes += (open[i]?.text.match(/"/g) ?? []).length;
    if (quotes % 2 === 0) return i + 1;
  }
  return undefined;
}

function parseFields(text: string): readonly string[] | string {
  try {
    const [fields] = parse(text, { relax_column_count: true, record_delimiter: '\n' });
    return fields ?? [];
  } catch {
    return 'quotes stand where CSV does not allow them';
  }
}
