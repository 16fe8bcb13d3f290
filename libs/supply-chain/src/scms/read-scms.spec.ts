import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readScms, type ScmsLine } from './read-scms.js';
import { SCMS_COLUMNS, type ScmsRow } from './row.js';

const header = Object.values(SCMS_COLUMNS).join(',');
const fields: Readonly<Record<keyof ScmsRow, string>> = {
  id: '17',
  projectCode: '999-XX-T01',
  priceQuote: 'FPQ-1',
  purchaseOrder: 'SCMS-5',
  despatchAdvice: 'DN-6',
  country: 'Zambia',
  managedBy: 'PMO - US',
  fulfillVia: 'Direct Drop',
  incoTerm: 'EXW',
  shipmentMode: 'Air',
  priceQuoteSent: 'Pre-PQ Process',
  purchaseOrderSent: '3/19/10',
  scheduledDate: '02-Jun-10',
  deliveredDate: '29-Feb-12',
  recordedDate: '01-Mar-12',
  productGroup: 'ARV',
  subClassification: 'Adult',
  vendor: 'A Vendor',
  itemDescription: '"Some drug 200mg, tablets, 60 Tabs"',
  molecule: 'Some drug',
  brand: 'Generic',
  dosage: '200mg',
  dosageForm: 'Tablet',
  unitsPerPack: '60',
  quantity: '1000',
  valueUsd: '6200',
  packPriceUsd: '6.2',
  unitPriceUsd: '0.1',
  manufacturingSite: 'Somewhere',
  firstLine: 'Yes',
  weightKg: '358',
  freightUsd: '4521.5',
  insuranceUsd: '',
};

function line(changes: Partial<Record<keyof ScmsRow, string>> = {}): string {
  return Object.values({ ...fields, ...changes }).join(',');
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(bytes: Uint8Array, size = 7, limits = {}): Promise<ScmsLine[]> {
  const lines: ScmsLine[] = [];
  for await (const one of readScms(chunks(bytes, size), limits)) lines.push(one);
  return lines;
}

function csv(...lines: string[]): Uint8Array {
  return Buffer.from([header, ...lines].join('\n'));
}

function faults(lines: readonly ScmsLine[]): unknown[] {
  return lines.flatMap((one) => (one.ok ? [] : [[one.line, one.field, one.reason]]));
}

describe('readScms', () => {
  it('reads a line: dates as ISO, counts as numbers, amounts as text', async () => {
    const [one] = await read(csv(line()));
    expect(one).toMatchObject({
      line: 2,
      ok: true,
      row: {
        scheduledDate: '2010-06-02',
        deliveredDate: '2012-02-29',
        itemDescription: 'Some drug 200mg, tablets, 60 Tabs',
        quantity: 1000,
        unitsPerPack: 60,
        valueUsd: '6200',
        firstLine: true,
        weightKg: { kind: 'measured', value: '358' },
        insuranceUsd: undefined,
      },
    });
  });

  it('gives the same rows from gzip and from chunks of any size', async () => {
    const bytes = csv(line({ country: "Côte d'Ivoire" }), line({ id: '18' }));
    const expected = await read(bytes);
    expect(faults(expected)).toEqual([]);
    for (const size of [1, 2, 1_000_000]) {
      expect(await read(bytes, size)).toEqual(expected);
      expect(await read(gzipSync(bytes), size)).toEqual(expected);
    }
  });

  it('accepts a byte order mark, CRLF, a last line end and columns in another order', async () => {
    const [first = '', ...rest] = header.split(',');
    const [id = '', ...others] = line().split(/,(?! )/);
    const swapped = `\uFEFF${[...rest, first].join(',')}\r\n${[...others, id].join(',')}\r\n\r\n`;
    expect(await read(Buffer.from(swapped))).toEqual(await read(csv(line())));
  });

  it('reads a line break inside quotes and counts lines on', async () => {
    const lines = await read(csv(line({ itemDescription: '"two\nlines"' }), line({ id: 'x' })));
    expect(lines[0]).toMatchObject({ line: 2, ok: true, row: { itemDescription: 'two\nlines' } });
    expect(lines[1]).toMatchObject({ line: 4, ok: false, field: 'ID' });
  });

  it.each<[keyof ScmsRow, string]>([
    ['scheduledDate', '31-Feb-10'],
    ['scheduledDate', '2-Jun-10'],
    ['scheduledDate', '02-JUN-10'],
    ['deliveredDate', '2010-06-02'],
    ['deliveredDate', ''],
    ['quantity', '-5'],
    ['quantity', '0'],
    ['quantity', '1.5'],
    ['quantity', '1000000000'],
    ['valueUsd', 'NaN'],
    ['valueUsd', '-1'],
    ['shipmentMode', 'Rocket'],
    ['fulfillVia', 'Magic'],
    ['firstLine', 'Maybe'],
    ['purchaseOrder', 'a:b'],
    ['country', ''],
    ['vendor', 'v'.repeat(201)],
    ['insuranceUsd', 'free'],
  ])('reports %s %j with its line and reads the next line', async (key, value) => {
    const lines = await read(csv(line({ [key]: value }), line({ id: '18' })));
    expect(lines).toMatchObject([
      { line: 2, ok: false, field: SCMS_COLUMNS[key] },
      { line: 3, ok: true },
    ]);
  });

  it('keeps words in weight and freight, resolved where they point to another line', async () => {
    const words = { weightKg: 'Weight Captured Separately', freightUsd: 'See DN-304 (ID#:10589)' };
    expect((await read(csv(line(words))))[0]).toMatchObject({
      row: {
        weightKg: { kind: 'missing', words: 'Weight Captured Separately' },
        freightUsd: { kind: 'reference', document: 'DN-304', lineId: '10589' },
      },
    });
  });

  it('reports short and long rows and quotes out of place', async () => {
    const lines = await read(csv('1,2,3', `${line()},more`, line({ brand: 'a"b"' }), line()));
    expect(faults(lines)).toEqual([
      [2, '(line)', '3 fields where the header has 33'],
      [3, '(line)', '34 fields where the header has 33'],
      [4, '(line)', 'quotes stand where CSV does not allow them'],
    ]);
    expect(lines[3]).toMatchObject({ line: 5, ok: true });
  });

  it('loses one line and no more to a quote that is never closed', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => line({ id: String(100 + i) }));
    for (const at of [0, 20, 39]) {
      const broken = rows.map((row, i) => (i === at ? line({ brand: '"open' }) : row));
      const lines = await read(csv(...broken));
      expect(lines.filter(({ ok }) => ok)).toHaveLength(39);
      expect(lines.find(({ ok }) => !ok)).toMatchObject({ line: at + 2, field: '(line)' });
    }
  });

  it('reports an ID that comes twice', async () => {
    expect(faults(await read(csv(line(), line())))).toEqual([[3, 'ID', '17 was already in line 2']]);
  });

  it('reports bytes that are no UTF-8 and lines that are too long', async () => {
    const latin1 = Buffer.from([header, line({ country: 'Côte' })].join('\n'), 'latin1');
    expect(faults(await read(latin1))).toEqual([[2, 'Country', 'is not UTF-8']]);
    const long = await read(csv('x'.repeat(20_000), line()));
    expect(faults(long)).toEqual([[2, '(line)', 'the line is too long']]);
    expect(long[1]).toMatchObject({ line: 3, ok: true });
  });

  it('stops at a header that lacks a column and at an empty file', async () => {
    const lacking = Buffer.from(`${header.replace('Country,', '')}\n${line()}`);
    expect(faults(await read(lacking))).toEqual([[1, 'Country', 'the header lacks this column']]);
    expect(faults(await read(Buffer.alloc(0)))).toEqual([[1, '(file)', 'the file is empty']]);
  });

  it('keeps the rows before a gzip stream ends early or a file grows too long', async () => {
    const bytes = csv(
      ...Array.from({ length: 500 }, (_, i) => line({ id: String(i + 1), brand: `b${i * 7919}` })),
    );
    const packed = gzipSync(bytes);
    const cut = await read(packed.subarray(0, packed.length - 400), 100);
    expect(cut.at(-1)).toMatchObject({ ok: false, field: '(file)' });
    expect(cut.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(faults(await read(bytes, 1_000, { maxBytes: 50_000 }))).toMatchObject([
      [expect.any(Number), '(file)', 'longer than 50000 bytes'],
    ]);
  });

  it('passes on what the source throws', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield csv(line());
      throw new Error('disk gone');
    }
    const reading = (async () => {
      for await (const _ of readScms(failing())) continue;
    })();
    await expect(reading).rejects.toThrow('disk gone');
  });
});
