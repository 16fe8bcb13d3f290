import { csvOf } from './csv.js';

/** Critical tracking events of the Food Traceability Rule (21 CFR 1.1310). */
export type CriticalTrackingEvent =
  | 'Harvesting'
  | 'Cooling'
  | 'Initial packing'
  | 'First land-based receiving'
  | 'Shipping'
  | 'Receiving'
  | 'Transformation';

/** A row of the sheet that an inspector may ask for within 24 hours (21 CFR 1.1455(c)(3)). */
export interface FsmaRow {
  readonly event: CriticalTrackingEvent;
  readonly eventId: string;
  readonly time: Date;
  readonly traceabilityLotCode: string | null;
  readonly product: string | null;
  readonly productName: string | null;
  readonly quantity: number | null;
  readonly uom: string | null;
  readonly item: string;
  readonly location: string | null;
  readonly locationName: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly referenceDocument: string | null;
  readonly role: string;
  /** Key data elements that the event lacks. */
  readonly missing: readonly string[];
}

const STEPS: Readonly<Record<string, CriticalTrackingEvent>> = {
  shipping: 'Shipping',
  receiving: 'Receiving',
  packing: 'Initial packing',
};

/** The critical tracking event that an EPCIS event is; undefined for what the rule does not ask for. */
export function criticalTrackingEvent(
  type: string,
  bizStep: string | null,
): CriticalTrackingEvent | undefined {
  if (type === 'TransformationEvent') return 'Transformation';
  if (bizStep !== null && /harvest/i.test(bizStep)) return 'Harvesting';
  if (bizStep !== null && /cooling/i.test(bizStep)) return 'Cooling';
  return STEPS[bizStep ?? ''];
}

/** Which key data elements a row should have and has not. */
export function missingElements(row: Omit<FsmaRow, 'missing'>): string[] {
  const wanted: readonly (readonly [string, unknown, boolean])[] = [
    ['traceability lot code', row.traceabilityLotCode, true],
    ['quantity and unit', row.quantity, true],
    ['product', row.product, true],
    ['location', row.location, true],
    ['receiver', row.to, row.event === 'Shipping'],
    ['previous source', row.from, row.event === 'Receiving'],
    ['reference document', row.referenceDocument, true],
  ];
  return wanted
    .filter(([, value, isWanted]) => isWanted && (value === null || value === ''))
    .map(([name]) => name);
}

const HEAD = [
  'Critical tracking event',
  'Date and time (UTC)',
  'Traceability lot code',
  'Product (GTIN)',
  'Product name',
  'Quantity',
  'Unit of measure',
  'Item',
  'Role',
  'Location',
  'Location name',
  'From',
  'To',
  'Reference document',
  'Missing key data elements',
  'Event id',
];

/** The sheet as CSV, one row an item of an event, in the order given. */
export function fsmaCsv(rows: readonly FsmaRow[]): string {
  return csvOf(
    HEAD,
    rows.map((row) => [
      ...[
        row.event,
        row.time,
        row.traceabilityLotCode,
        row.product,
        row.productName,
        row.quantity,
        row.uom,
        row.item,
      ],
      ...[row.role, row.location, row.locationName, row.from, row.to, row.referenceDocument],
      ...[row.missing.join('; '), row.eventId],
    ]),
  );
}
