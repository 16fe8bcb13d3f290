import { csvOf, type Cell } from '../csv.js';
import type { FsmaPlace, FsmaRow } from './fsma-row.js';

/** A column: its head, and its cell of a row. */
type Column = readonly [head: string, cell: (row: FsmaRow) => Cell];

/** A location description (21 CFR 1.1310) in four columns. */
function place(head: string, of: (row: FsmaRow) => FsmaPlace | null): readonly Column[] {
  return [
    [head, (row) => described(of(row))],
    [`${head}: identifier`, (row) => of(row)?.uri],
    [`${head}: street address, city, state, postal code`, (row) => of(row)?.address],
    [`${head}: telephone`, (row) => of(row)?.telephone],
  ];
}

const COLUMNS: readonly Column[] = [
  ['Critical tracking event', (row) => row.event],
  ['Date', (row) => row.date],
  ['Date and time (UTC)', (row) => row.time],
  ['Role', (row) => ROLES[row.role]],
  ['Traceability lot code', (row) => row.traceabilityLotCode],
  ['Product (GTIN)', (row) => row.product?.replace('https://id.gs1.org/01/', '')],
  ['Product name', (row) => row.productName],
  ['Commodity', (row) => row.commodity],
  ['Variety, species or market name', (row) => row.variety],
  ['Brand, packaging size and style', (row) => row.packaging],
  ['Quantity', (row) => row.quantity],
  ['Unit of measure', (row) => row.uom],
  ...place('Location', (row) => row.location),
  ...place('Immediate previous source', (row) => row.previousSource),
  ...place('Immediate subsequent recipient', (row) => row.nextRecipient),
  ...place('Traceability lot code source', (row) => row.lotCodeSource),
  ['Reference document type', (row) => row.documents.map(({ type }) => type ?? '').join('; ')],
  ['Reference document number', (row) => row.documents.map(({ number }) => number).join('; ')],
  ...place('Farm', (row) => row.farm),
  ['Field, growing area or container', (row) => row.growingArea],
  ['Harvester', (row) => row.harvester],
  ['Harvester: telephone', (row) => row.harvesterTelephone],
  ['Date of harvesting', (row) => row.harvestDate],
  ['Places of the catch', (row) => row.catchAreas],
  ...place('Cooled at', (row) => row.cooler),
  ['Date of cooling', (row) => row.coolingDate],
  ['Date received by the packer', (row) => row.receivedDate],
  ['Item', (row) => row.item],
  ['In logistic unit', (row) => row.container],
  ['Missing key data elements', (row) => row.missing.join('; ')],
  ['Event id', (row) => row.eventId],
];

const ROLES = { SUBJECT: '', INPUT: 'Used', OUTPUT: 'Made' } as const;

/**
 * The sheet as CSV, one row a lot of an event, in the order given. What nobody said stands there blank, so that
 * the sheet has every element that the rule asks for.
 */
export function fsmaCsv(rows: readonly FsmaRow[]): string {
  return csvOf(
    COLUMNS.map(([head]) => head),
    rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  );
}

/** Business, place, country, position: as much of a location description as is known. */
function described(of: FsmaPlace | null): string | null {
  if (!of) return null;
  const { business, name, country, latitude, longitude } = of;
  const position = latitude === null || longitude === null ? null : `${metre(latitude)} ${metre(longitude)}`;
  return [...new Set([business, name, country, position].filter((part) => part !== null))].join(', ');
}

/** Five decimals of a degree: a metre. */
function metre(degrees: number): number {
  return Number(degrees.toFixed(5));
}
