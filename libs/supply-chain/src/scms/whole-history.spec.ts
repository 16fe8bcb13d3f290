import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  canonicalJson,
  eventHashHex,
  hasValidCheckDigit,
  readDocument,
  resolveContext,
  validateDocument,
  type EpcisEvent,
} from '@tallyhouse/epcis';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { SCMS_CONTEXT, scmsEvents } from './events.js';
import { scmsCollisions, scmsProducts, scmsSites, scmsVendors } from './master-data.js';
import { readScms } from './read-scms.js';
import type { ScmsRow } from './row.js';

const shared =
  process.env['TALLYHOUSE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const history = `${shared}/scms-shipments/scms_delivery_history.csv.gz`;
const schemaFile = `${shared}/epcis/schema/epcis-json-schema-2.0.0.json`;
/** Parsing, converting and validating 41,296 events on a busy machine. */
jest.setTimeout(120_000);

const present = existsSync(history) && existsSync(schemaFile);
if (!present) console.warn(`skipped: the SCMS delivery history and the EPCIS schema are not under ${shared}`);

(present ? describe : describe.skip)('scmsEvents over the whole delivery history', () => {
  const rows: ScmsRow[] = [];
  let broken = 0;
  let all: EpcisEvent[] = [];

  beforeAll(async () => {
    for await (const line of readScms(createReadStream(history))) {
      if (line.ok) rows.push(line.row);
      else broken += 1;
    }
    all = rows.flatMap((row) => scmsEvents(row));
  });

  it('reads all 10,324 lines and makes four events of each', () => {
    expect([rows.length, broken, all.length]).toEqual([10_324, 0, 41_296]);
  });

  it('keeps every unit: received quantities and dates are those of the lines', () => {
    const received = all.filter(({ bizStep }) => bizStep === 'receiving');
    const wrong = rows.filter(
      ({ quantity, deliveredDate }, i) =>
        received[i]?.quantityList?.[0]?.quantity !== quantity ||
        received[i]?.eventTime !== `${deliveredDate}T12:00:00.000Z`,
    );
    expect(wrong).toEqual([]);
  });

  it('orders the four steps of a line in time and ships before the scheduled date', () => {
    const wrong = rows.filter(({ scheduledDate }, i) => {
      const four = all.slice(4 * i, 4 * i + 4);
      const [made = '', packed = '', shipped = '', received = ''] = four.map(({ eventTime }) => eventTime);
      const steps = four.map(({ bizStep }) => bizStep).join(' ');
      const ordered = made < packed && packed < shipped && shipped < received && shipped < scheduledDate;
      return steps !== 'commissioning packing shipping receiving' || !ordered;
    });
    expect(wrong).toEqual([]);
  });

  it('gives no two names one key, and right check digits', () => {
    expect(scmsCollisions(rows)).toEqual([]);
    const sites = scmsSites(rows);
    const keys = [...sites, ...scmsVendors(rows)]
      .map(({ gln }) => gln)
      .concat(scmsProducts(rows).map(({ gtin }) => gtin));
    expect(keys.every(hasValidCheckDigit)).toBe(true);
    const units = new Set(all.flatMap(({ parentID }) => (parentID === undefined ? [] : [parentID])));
    expect(units.size).toBe(10_324);
    expect([...units].every((unit) => hasValidCheckDigit(unit.split('/').at(-1) ?? ''))).toBe(true);
  });

  it('names 88 manufacturers, one distribution centre, 43 destinations with a code, 73 vendors and 184 products', () => {
    const sites = scmsSites(rows);
    const count = (kind: string): number => sites.filter((site) => site.kind === kind).length;
    expect([count('manufacturer'), count('distribution-centre'), count('destination')]).toEqual([88, 1, 43]);
    const codes = sites.flatMap(({ kind, country }) => (kind === 'destination' ? [country] : []));
    expect(new Set(codes.filter((code) => /^[A-Z]{2}$/.test(code ?? ''))).size).toBe(43);
    expect([scmsVendors(rows).length, scmsProducts(rows).length]).toEqual([73, 184]);
    const known = new Set(sites.map(({ uri }) => uri));
    expect(all.every(({ readPoint }) => known.has(readPoint?.id ?? ''))).toBe(true);
  });

  it('makes documents that the official EPCIS 2.0 schema and capture accept', () => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
    for (let from = 0; from < all.length; from += 2_000) {
      const document = {
        '@context': SCMS_CONTEXT,
        type: 'EPCISDocument',
        schemaVersion: '2.0',
        creationDate: '2016-01-01T00:00:00Z',
        epcisBody: { eventList: all.slice(from, from + 2_000) },
      };
      expect([validate(document), validate.errors]).toEqual([true, null]);
      const read = readDocument(document);
      expect(read.ok && validateDocument(read.document, { now: new Date('2016-01-02T00:00:00Z') })).toEqual(
        [],
      );
    }
  });

  it('gives the events of the first 2,000 lines a hash of their own', () => {
    const context = resolveContext([...SCMS_CONTEXT]);
    const hashes = all.slice(0, 8_000).map((event) => eventHashHex(event, context));
    expect(new Set(hashes).size).toBe(8_000);
  });

  it('gives the same bytes on every machine', () => {
    const hash = createHash('sha256');
    for (const event of all) hash.update(`${canonicalJson(event)}\n`);
    expect(hash.digest('hex')).toBe('85cd763389e37092f9e7f3bfe920f4e63b72c5c0fee5a1238df617a2a9311af9');
  });
});
