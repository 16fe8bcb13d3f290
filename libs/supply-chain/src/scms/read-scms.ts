import { BrokenGzipError, FileTooLongError, readLines, type TextLimits } from './bytes.js';
import { readRecords, type CsvRecord } from './records.js';
import { SCMS_COLUMNS, scmsRowSchema, type ScmsRow } from './row.js';

/** A line of the file: its row, or the field that cannot be read and why. Lines count from 1, the header is one. */
export type ScmsLine =
  | { readonly line: number; readonly ok: true; readonly row: ScmsRow }
  | { readonly line: number; readonly ok: false; readonly field: string; readonly reason: string };

const KEYS = Object.keys(SCMS_COLUMNS) as (keyof ScmsRow)[];
const DEFAULT_LIMITS: TextLimits = { maxBytes: 512 * 1024 * 1024, maxLineLength: 16_384 };
/** Stands for the field where a fault is of the whole line or file. */
const WHOLE_LINE = '(line)';
const WHOLE_FILE = '(file)';

/**
 * Reads the USAID SCMS delivery history (33 columns, in any order) from bytes, plain or gzip, line by line in bounded
 * memory. A broken line is reported with its number, the field and the reason, and reading goes on; only a header that
 * lacks a column, a broken gzip stream or a file past `maxBytes` ends it, with a last report. An `ID` that comes twice
 * is broken the second time, because shipments are numbered by it.
 *
 * @throws what the source of the bytes throws
 * @example for await (const line of readScms(createReadStream('history.csv.gz'))) if (line.ok) use(line.row)
 */
export async function* readScms(
  bytes: AsyncIterable<Uint8Array>,
  limits: Partial<TextLimits> = {},
): AsyncGenerator<ScmsLine, void> {
  const reader = new RowReader();
  let line = 0;
  try {
    for await (const record of readRecords(readLines(bytes, { ...DEFAULT_LIMITS, ...limits }), KEYS.length)) {
      line = record.line;
      const read = reader.read(record);
      if (read) yield read;
      if (!reader.hasHeader) return;
    }
    if (line === 0) yield { line: 1, ok: false, field: WHOLE_FILE, reason: 'the file is empty' };
  } catch (error) {
    if (!(error instanceof BrokenGzipError) && !(error instanceof FileTooLongError)) throw error;
    yield { line: line + 1, ok: false, field: WHOLE_FILE, reason: error.message };
  }
}

class RowReader {
  private positions: ReadonlyMap<keyof ScmsRow, number> | undefined;
  private readonly lineOfId = new Map<string, number>();

  get hasHeader(): boolean {
    return this.positions !== undefined;
  }

  read(record: CsvRecord): ScmsLine | undefined {
    const { line } = record;
    if (!record.ok) return { line, ok: false, field: WHOLE_LINE, reason: record.reason };
    return this.positions
      ? this.readRow(line, record.fields, this.positions)
      : this.readHeader(line, record.fields);
  }

  private readHeader(line: number, fields: readonly string[]): ScmsLine | undefined {
    const positions = new Map(KEYS.map((key) => [key, fields.indexOf(SCMS_COLUMNS[key])]));
    const missing = KEYS.find((key) => positions.get(key) === -1);
    if (missing)
      return { line, ok: false, field: SCMS_COLUMNS[missing], reason: 'the header lacks this column' };
    if (fields.length !== KEYS.length) {
      return {
        line,
        ok: false,
        field: WHOLE_LINE,
        reason: `the header has ${fields.length} columns, not ${KEYS.length}`,
      };
    }
    this.positions = positions;
    return undefined;
  }

  private readRow(
    line: number,
    fields: readonly string[],
    positions: ReadonlyMap<keyof ScmsRow, number>,
  ): ScmsLine {
    if (fields.length !== KEYS.length) {
      const reason = `${fields.length} fields where the header has ${KEYS.length}`;
      return { line, ok: false, field: WHOLE_LINE, reason };
    }
    const named = Object.fromEntries(KEYS.map((key) => [key, fields[positions.get(key) ?? -1]?.trim()]));
    const unreadable = KEYS.find((key) => named[key]?.includes('\uFFFD'));
    if (unreadable) return { line, ok: false, field: SCMS_COLUMNS[unreadable], reason: 'is not UTF-8' };
    const parsed = scmsRowSchema.safeParse(named);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = SCMS_COLUMNS[issue?.path[0] as keyof ScmsRow] ?? WHOLE_LINE;
      return { line, ok: false, field, reason: issue?.message ?? 'cannot be read' };
    }
    return this.unique(line, parsed.data);
  }

  private unique(line: number, row: ScmsRow): ScmsLine {
    const first = this.lineOfId.get(row.id);
    if (first !== undefined) {
      return { line, ok: false, field: SCMS_COLUMNS.id, reason: `${row.id} was already in line ${first}` };
    }
    this.lineOfId.set(row.id, line);
    return { line, ok: true, row };
  }
}
