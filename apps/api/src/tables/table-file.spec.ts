import { describe, expect, it } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import { tableFile } from './table-file.js';
import type { Table } from './table.js';

const AT = new Date('2026-03-30T00:00:00Z');
const TABLE: Table = [
  { name: 'label', kind: 'text', values: ['=SUM(A1)', 'Crisps, salted', null] },
  { name: 'target_start', kind: 'time', values: [AT, null, AT] },
  { name: 'step', kind: 'integer', values: [1, 2, null] },
  { name: 'mean', kind: 'number', values: [-0.5, null, 1e-9] },
  { name: 'inside_80', kind: 'flag', values: [true, false, null] },
];

describe('a table as a file', () => {
  it('is read back from Parquet as it was, with its types and without what is not known', async () => {
    const rows = await parquetReadObjects({ file: bufferOf(tableFile(TABLE, 'parquet')) });
    expect(rows).toEqual([
      { label: '=SUM(A1)', target_start: AT, step: 1, mean: -0.5, inside_80: true },
      { label: 'Crisps, salted', target_start: null, step: 2, mean: null, inside_80: false },
      { label: null, target_start: AT, step: null, mean: 1e-9, inside_80: null },
    ]);
  });

  it('keeps its columns in Parquet when no row is there', async () => {
    const none = TABLE.map((column) => ({ ...column, values: [] }));
    expect(await parquetReadObjects({ file: bufferOf(tableFile(none, 'parquet')) })).toEqual([]);
  });

  it('is CSV in which no text is a formula and a negative number is a number', () => {
    expect(Buffer.from(tableFile(TABLE, 'csv')).toString().split('\r\n')).toEqual([
      'label,target_start,step,mean,inside_80',
      `'=SUM(A1),2026-03-30T00:00:00.000Z,1,-0.5,true`,
      '"Crisps, salted",,2,,false',
      ',2026-03-30T00:00:00.000Z,,1e-9,',
      '',
    ]);
  });
});

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
