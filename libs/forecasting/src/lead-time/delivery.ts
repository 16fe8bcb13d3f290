import type { ScmsRow } from '@tallyhouse/supply-chain';

/** Categories that deliveries are grouped by, alone and as a lane. */
export const GROUPINGS = [
  'lane',
  'country',
  'mode',
  'supplier',
  'site',
  'project',
  'product',
  'order',
  'route',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A line that was promised for a day, and the day it came. Days count from 1970-01-01. */
export interface Delivery {
  readonly id: string;
  readonly scheduledDay: number;
  readonly deliveredDay: number;
  /** When the outcome was written down; nobody knew it before. */
  readonly recordedDay: number;
  readonly groups: Readonly<Record<Grouping, string>>;
  readonly quantity: number;
  readonly valueUsd: number;
  readonly direct: boolean;
  readonly firstLine: boolean;
}

/** What the groups of a delivery are made of. */
export type DeliveryNames = Readonly<Record<Exclude<Grouping, 'lane' | 'route'>, string>>;

/** The names themselves, and the two that are made of several: the lane, and the supplier's way to the country. */
export const groupsOf = (names: DeliveryNames): Delivery['groups'] => ({
  ...names,
  lane: `${names.country}|${names.mode}`,
  route: `${names.supplier}|${names.country}`,
});

const DAY_MS = 86_400_000;
const dayOf = (isoDate: string): number => Math.floor(Date.parse(isoDate) / DAY_MS);

/** Later than promised, by a day or more. */
export const isLate = ({ deliveredDay, scheduledDay }: Delivery): boolean => deliveredDay > scheduledDay;

/** A line of the USAID SCMS history as a delivery. Freight and weight are left out: they are known late. */
export function deliveryOf(row: ScmsRow): Delivery {
  return {
    id: row.id,
    scheduledDay: dayOf(row.scheduledDate),
    deliveredDay: dayOf(row.deliveredDate),
    recordedDay: Math.max(dayOf(row.recordedDate), dayOf(row.deliveredDate)),
    groups: groupsOf({
      country: row.country,
      mode: row.shipmentMode,
      supplier: row.vendor,
      site: row.manufacturingSite,
      project: row.projectCode,
      product: row.molecule,
      order: row.incoTerm,
    }),
    quantity: row.quantity,
    valueUsd: Number(row.valueUsd),
    direct: row.fulfillVia === 'Direct Drop',
    firstLine: row.firstLine,
  };
}
