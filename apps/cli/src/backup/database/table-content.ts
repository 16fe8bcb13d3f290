import { createHash } from 'node:crypto';
import { copyOutStream } from '@tallyhouse/database';
import type { ClientBase } from 'pg';
import type { CarriedTable } from './carried-tables.js';

const LINE_END = 0x0a;

/** What a table holds: how many rows, and the SHA-256 of the names of its columns and of its rows in their order. */
export interface TableDigest {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Hashes a table's rows, as lines of COPY's text format, as they go by. */
export class ContentHash {
  private readonly hash = createHash('sha256');
  private rows = 0;
  private lastByte = LINE_END;

  public constructor(private readonly table: Pick<CarriedTable, 'name' | 'columns'>) {
    this.hash.update(`${table.columns.join('\t')}\n`);
  }

  public async *through(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      this.hash.update(piece);
      // A line feed inside a text is written as \n, so that each one ends a row.
      for (let at = piece.indexOf(LINE_END); at !== -1; at = piece.indexOf(LINE_END, at + 1)) this.rows++;
      this.lastByte = piece.at(-1) ?? this.lastByte;
      yield piece;
    }
  }

  /** @throws RangeError when the last line has no end */
  public digest(): TableDigest {
    if (this.lastByte !== LINE_END) throw new RangeError('the last row is cut');
    return { name: this.table.name, rows: this.rows, sha256: this.hash.digest('hex') };
  }
}

/** A table's rows in their order. */
export function contentOf(client: ClientBase, { name, columns, order }: CarriedTable): AsyncIterable<Buffer> {
  const cells = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const table = client.escapeIdentifier(name);
  return copyOutStream(client, `COPY (SELECT ${cells} FROM public.${table} ORDER BY ${order}) TO STDOUT`);
}

/** The statement that takes in what {@link contentOf} gives. */
export function takeIn(
  client: ClientBase,
  { name, columns }: Pick<CarriedTable, 'name' | 'columns'>,
): string {
  const cells = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `COPY public.${client.escapeIdentifier(name)} (${cells}) FROM STDIN`;
}
