import type { Content, Lot } from './stock.js';

/** A logistic unit on its way from one site to another. */
export interface Shipment {
  /** Digital Link of the logistic unit. */
  readonly sscc: string;
  readonly from: number;
  readonly to: number;
  /** The site that the carrier takes it to after `to`, closed as it is. */
  readonly onward?: number;
  readonly contents: readonly Content[];
  /** Number of the purchase order and of the despatch advice it answers. */
  readonly order: number;
}

interface At {
  /** Unix milliseconds. */
  readonly at: number;
  /** Index of the site where it happens. */
  readonly site: number;
}

/** What happened, before it is put into the words of EPCIS. */
export type Flow =
  | (At & { readonly kind: 'make'; readonly content: Content })
  | (At & { readonly kind: 'make-bulk'; readonly lot: Lot; readonly kilograms: number })
  | (At & { readonly kind: 'transform'; readonly content: Content; readonly kilograms: number })
  | (At & { readonly kind: 'pack' | 'unpack' | 'ship' | 'inspect'; readonly shipment: Shipment })
  | (At & { readonly kind: 'receive'; readonly shipment: Shipment; readonly celsius?: Temperatures })
  | (At & {
      readonly kind: 'sell';
      readonly contents: readonly Content[];
      readonly priceCents: number;
      readonly promotion?: string;
    });

/** Degrees Celsius that the logger of a chilled load has seen on its way. */
export interface Temperatures {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** A time in which a store lost sales of a product because it had too few. `to` is the day after its last. */
export interface StockOut {
  readonly site: number;
  readonly product: number;
  readonly from: string;
  readonly to: string;
  /** Units that customers wanted and did not get. */
  readonly lostUnits: number;
}
