import { gln, gtin, lgtin, pgln, sgln, sscc } from '@tallyhouse/epcis';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { ScmsRow } from './row.js';

/** Names the rules below; every event carries it, so that nobody takes its identifiers for the real ones. */
export const SCMS_IDENTIFIER_DERIVATION =
  'scms-1: not issued by GS1 members; derived from the text of the source line';

/**
 * The source has names and no GS1 keys. All prefixes begin with 952, which GS1 keeps for demonstrations, so no derived
 * key can be that of a real company. Behind them come six digits: the first 48 bits of the SHA-256 of the name, modulo
 * 1,000,000. `scmsCollisions` tells whether two names of a file met.
 */
const PREFIX = {
  importer: '952600',
  product: '952601',
  manufacturer: '952602',
  'distribution-centre': '952603',
  destination: '952604',
  vendor: '952605',
} as const;

/** What kind of place or party a derived GLN stands for. */
export type ScmsPlaceKind = 'manufacturer' | 'distribution-centre' | 'destination' | 'vendor';

/** The one partner that reports all events of the import: the source is kept by it and not by the vendors. */
export const SCMS_PARTNER = {
  name: 'USAID SCMS delivery history (import)',
  companyPrefix: PREFIX.importer,
  gln: gln(PREFIX.importer, '000000'),
} as const;

/** Joins the parts of a trade item's name; no part of the source holds it. */
const SEPARATOR = '\u001F';

/** GLN of a place or party by its name in the source. */
export function scmsGln(kind: ScmsPlaceKind, name: string): string {
  return gln(PREFIX[kind], sixDigits(name));
}

/** GTIN of the trade item: description, brand, dosage, form and units in a pack together. */
export function scmsGtin(row: ScmsRow): string {
  return gtin(PREFIX.product, sixDigits(scmsProductName(row)));
}

/** What a trade item is told apart by. */
export function scmsProductName(row: ScmsRow): string {
  const { itemDescription, brand, dosage, dosageForm, unitsPerPack } = row;
  return [itemDescription, brand, dosage, dosageForm, unitsPerPack].join(SEPARATOR);
}

/** Where a line was shipped from: lines "From RDC" leave a distribution centre, the others the manufacturer. */
export function scmsOrigin({ fulfillVia, vendor, manufacturingSite }: ScmsRow): {
  kind: ScmsPlaceKind;
  name: string;
} {
  return fulfillVia === 'From RDC'
    ? { kind: 'distribution-centre', name: vendor }
    : { kind: 'manufacturer', name: manufacturingSite };
}

/** Digital Links of everything that a line names. */
export interface ScmsIdentifiers {
  /** The source has no lots, so each line is a lot of its own: `SCMS-` and the ID of the line. */
  readonly lot: string;
  /** One logistic unit a line, numbered by the ID of the line. */
  readonly logisticUnit: string;
  readonly manufacturer: string;
  readonly origin: string;
  readonly destination: string;
  readonly vendor: string;
  readonly recipient: string;
  readonly purchaseOrder: string;
  readonly despatchAdvice: string;
}

/** The identifiers of a line; the same line gives the same ones. */
export function scmsIdentifiers(row: ScmsRow): ScmsIdentifiers {
  const origin = scmsOrigin(row);
  const destination = scmsGln('destination', row.country);
  const transaction = `urn:epcglobal:cbv:bt:${SCMS_PARTNER.gln}`;
  return {
    lot: lgtin(scmsGtin(row), `SCMS-${row.id}`),
    logisticUnit: sscc(PREFIX.importer, row.id.padStart(10, '0')),
    manufacturer: sgln(scmsGln('manufacturer', row.manufacturingSite)),
    origin: sgln(scmsGln(origin.kind, origin.name)),
    destination: sgln(destination),
    vendor: pgln(scmsGln('vendor', row.vendor)),
    recipient: pgln(destination),
    purchaseOrder: `${transaction}:${row.purchaseOrder}`,
    despatchAdvice: `${transaction}:${row.despatchAdvice}`,
  };
}

function sixDigits(name: string): string {
  const digest = sha256(utf8ToBytes(name.normalize('NFC')));
  let bits = 0;
  for (const byte of digest.subarray(0, 6)) bits = bits * 256 + byte;
  return String(bits % 1_000_000).padStart(6, '0');
}
