import type { AffectedItem } from '../recall/recall-preview.reader.js';
import type { RecallItemRow } from '../recall/recall.reader.js';
import { csvOf } from './csv.js';

const HEAD = [
  'Item',
  'State',
  'Certainty',
  'Location',
  'Holder',
  'Quantity',
  'Unit',
  'Last seen (UTC)',
  'Last event',
];

/** The items of a recall as CSV, in the order of the leaves under its root. */
export function recallCsv(items: readonly RecallItemRow[]): string {
  return csvOf(
    HEAD,
    items.map((item) => [
      ...[item.uri, item.state, item.certainty, item.location, item.holder, item.quantity, item.uom],
      ...[item.lastSeen, item.lastEvent],
    ]),
  );
}

/** An item of a preview as the report of a recall shows it. */
export function reportItem(item: AffectedItem): RecallItemRow {
  return { ...item, quantity: item.amount?.made ?? null, uom: item.amount?.uom ?? null };
}
