import type { DeliveryLine } from '@tallyhouse/audit';
import type { ScmsRow } from '@tallyhouse/supply-chain';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of the SCMS delivery history as the audit of deliveries takes it. */
export function deliveryLine(line: number, row: ScmsRow): DeliveryLine {
  const { purchaseOrder, despatchAdvice, itemDescription, quantity } = row;
  const { deliveredDate, scheduledDate, recordedDate } = row;
  return {
    ...{ line, scheduled: scheduledDate, delivered: deliveredDate, recorded: recordedDate },
    ordered: orderDate(row.purchaseOrderSent),
    sameness: [
      ...[purchaseOrder, despatchAdvice, row.country, itemDescription, row.manufacturingSite],
      ...[quantity, deliveredDate],
    ].join('|'),
  };
}

/**
 * The order date of a line; undefined for words in its place. The source writes American dates, and where day and month
 * could be taken for each other it has them as `20MM-DD-YY`: somebody's program took month, day, year for year, month, day.
 * Read so, 1,711 of 1,712 such dates lie before their delivery.
 *
 * @example orderDate('5/23/07') // '2007-05-23'
 * @example orderDate('2001-10-07') // '2007-01-10'
 */
export function orderDate(text: string): string | undefined {
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text);
  if (slashed) return isoDate(slashed[3]!.slice(-2), slashed[1]!, slashed[2]!);
  const misread = /^20(\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (misread) return isoDate(misread[3]!, misread[1]!, misread[2]!);
  const worded = /^(\d{1,2})-(\w{3})-(\d{2})$/.exec(text);
  const month = MONTHS.indexOf(worded?.[2] ?? '') + 1;
  return worded && month > 0 ? isoDate(worded[3]!, String(month), worded[1]!) : undefined;
}

function isoDate(year: string, month: string, day: string): string | undefined {
  const date = `20${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date) ? date : undefined;
}
