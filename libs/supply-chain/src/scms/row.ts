import { z } from 'zod';

/** A number in the source, or the words that stand in its place. */
export type ScmsAmount =
  | { readonly kind: 'measured'; readonly value: string }
  /** "See DN-304 (ID#:10589)": counted with another line of the same shipment. */
  | { readonly kind: 'reference'; readonly document: string; readonly lineId: string; readonly words: string }
  | { readonly kind: 'missing'; readonly words: string };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MAX_QUANTITY = 100_000_000;

const text = z.string().min(1, 'is empty').max(200, 'is longer than 200 characters');
const reference = z.string().regex(/^[A-Za-z0-9-]{1,20}$/, 'is not 1 to 20 letters, digits and hyphens');
const decimal = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'is not a number of dollars from 0');
const date = z.string().transform((value, context) => {
  const iso = isoDateOf(value);
  if (iso === undefined) context.addIssue('is not a date like 02-Jun-06');
  return iso ?? z.NEVER;
});
const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'is not a whole number from 1')
  .transform(Number)
  .refine((value) => value <= MAX_QUANTITY, `is more than ${MAX_QUANTITY}`);
const amount = z.string().min(1, 'is empty').max(100, 'is longer than 100 characters').transform(amountOf);

/** How each field of a row is read; the key of a field in the file is in `SCMS_COLUMNS`. */
export const scmsRowSchema = z.object({
  id: z.string().regex(/^[1-9]\d{0,9}$/, 'is not a whole number from 1'),
  projectCode: text,
  priceQuote: text,
  purchaseOrder: reference,
  despatchAdvice: reference,
  country: text,
  managedBy: text,
  fulfillVia: z.enum(['Direct Drop', 'From RDC'], 'is neither Direct Drop nor From RDC'),
  incoTerm: text,
  shipmentMode: z.enum(['Air', 'Air Charter', 'Ocean', 'Truck', 'N/A'], 'is no known shipment mode'),
  priceQuoteSent: text,
  purchaseOrderSent: text,
  scheduledDate: date,
  deliveredDate: date,
  recordedDate: date,
  productGroup: text,
  subClassification: text,
  vendor: text,
  itemDescription: text,
  molecule: text,
  brand: text,
  dosage: text,
  dosageForm: text,
  unitsPerPack: count,
  quantity: count,
  valueUsd: decimal,
  packPriceUsd: decimal,
  unitPriceUsd: decimal,
  manufacturingSite: text,
  firstLine: z.enum(['Yes', 'No'], 'is neither Yes nor No').transform((word) => word === 'Yes'),
  weightKg: amount,
  freightUsd: amount,
  insuranceUsd: z.union(
    [z.literal('').transform(() => undefined), decimal],
    'is neither empty nor a number of dollars',
  ),
});

/** One line of the delivery history; dates are `YYYY-MM-DD`, amounts decimal text, quantities packs. */
export type ScmsRow = z.infer<typeof scmsRowSchema>;

/** The header of the file that each field stands under. */
export const SCMS_COLUMNS: Readonly<Record<keyof ScmsRow, string>> = {
  id: 'ID',
  projectCode: 'Project Code',
  priceQuote: 'PQ #',
  purchaseOrder: 'PO / SO #',
  despatchAdvice: 'ASN/DN #',
  country: 'Country',
  managedBy: 'Managed By',
  fulfillVia: 'Fulfill Via',
  incoTerm: 'Vendor INCO Term',
  shipmentMode: 'Shipment Mode',
  priceQuoteSent: 'PQ First Sent to Client Date',
  purchaseOrderSent: 'PO Sent to Vendor Date',
  scheduledDate: 'Scheduled Delivery Date',
  deliveredDate: 'Delivered to Client Date',
  recordedDate: 'Delivery Recorded Date',
  productGroup: 'Product Group',
  subClassification: 'Sub Classification',
  vendor: 'Vendor',
  itemDescription: 'Item Description',
  molecule: 'Molecule/Test Type',
  brand: 'Brand',
  dosage: 'Dosage',
  dosageForm: 'Dosage Form',
  unitsPerPack: 'Unit of Measure (Per Pack)',
  quantity: 'Line Item Quantity',
  valueUsd: 'Line Item Value',
  packPriceUsd: 'Pack Price',
  unitPriceUsd: 'Unit Price',
  manufacturingSite: 'Manufacturing Site',
  firstLine: 'First Line Designation',
  weightKg: 'Weight (Kilograms)',
  freightUsd: 'Freight Cost (USD)',
  insuranceUsd: 'Line Item Insurance (USD)',
};

/** `02-Jun-06` as `2006-06-02`; undefined for anything else. Years are those of this century. */
function isoDateOf(value: string): string | undefined {
  const [, day = '', name = '', year = ''] = /^(\d{2})-([A-Z][a-z]{2})-(\d{2})$/.exec(value) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  if (month === 0) return undefined;
  const iso = `20${year}-${String(month).padStart(2, '0')}-${day}`;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) ? iso : undefined;
}

function amountOf(words: string): ScmsAmount {
  if (/^\d{1,12}(\.\d{1,4})?$/.test(words)) return { kind: 'measured', value: words };
  const [, document, lineId] = /^See ((?:DN|ASN)-\d+) \(ID#:(\d+)\)$/.exec(words) ?? [];
  return document && lineId ? { kind: 'reference', document, lineId, words } : { kind: 'missing', words };
}
