import { csvOf, type Cell } from '@tallyhouse/audit';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Column, Table } from './table.js';

/** Types of Parquet: times in milliseconds of UTC, numbers of 64 bits. */
const PARQUET = {
  text: 'STRING',
  time: 'TIMESTAMP',
  integer: 'INT32',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
} as const satisfies Record<Column['kind'], string>;

export type TableFormat = 'csv' | 'parquet';

export const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** The bytes of a file. In CSV no text is left a formula; in Parquet texts are as they are, since nothing calculates them. */
export function tableFile(table: Table, format: TableFormat): Uint8Array {
  return format === 'csv' ? csvFile(table) : parquetFile(table);
}

function csvFile(table: Table): Uint8Array {
  const length = table[0]?.values.length ?? 0;
  const rows = Array.from({ length }, (_, row) => table.map(({ values }) => cell(values[row])));
  return Buffer.from(
    csvOf(
      table.map(({ name }) => name),
      rows,
    ),
  );
}

function cell(value: Column['values'][number] | undefined): Cell {
  return typeof value === 'boolean' ? String(value) : value;
}

function parquetFile(table: Table): Uint8Array {
  const columnData = table.map(({ name, kind, values }) => ({
    name,
    type: PARQUET[kind],
    data: [...values],
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
