/** Lists of an event that name objects (EPCIS 2.0 §7.4). */
export type ObjectList =
  | 'epcList'
  | 'childEPCs'
  | 'parentID'
  | 'inputEPCList'
  | 'outputEPCList'
  | 'quantityList'
  | 'childQuantityList'
  | 'inputQuantityList'
  | 'outputQuantityList';

/** How a stored value is compared with that of the query. */
export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

/** One condition of a query; an event must meet all. */
export type Criterion =
  | {
      readonly kind: 'column';
      readonly column: 'event_type' | 'action' | 'biz_step' | 'disposition' | 'read_point' | 'biz_location';
      readonly values: readonly string[];
    }
  | {
      /** A place or one inside it, as the extension of a GLN names it. */
      readonly kind: 'within';
      readonly column: 'read_point' | 'biz_location';
      readonly sites: readonly string[];
    }
  | {
      readonly kind: 'time';
      readonly column: 'event_time' | 'record_time';
      readonly comparison: Comparison;
      readonly time: string;
    }
  | {
      readonly kind: 'object';
      readonly lists: readonly ObjectList[];
      /** Canonical identifiers, any of which may be named. */
      readonly uris: readonly string[];
      /** Product classes, any serialised item of which may be named. */
      readonly products: readonly string[];
    }
  | {
      readonly kind: 'quantity';
      readonly comparison: Comparison;
      readonly quantity: number;
      readonly uom: string | undefined;
    }
  | { readonly kind: 'transaction'; readonly type: string; readonly uris: readonly string[] }
  | {
      readonly kind: 'place';
      readonly role: 'SOURCE' | 'DESTINATION';
      readonly type: string;
      readonly uris: readonly string[];
    }
  | { readonly kind: 'event-id'; readonly ids: readonly string[] }
  | {
      readonly kind: 'path';
      /** SQL/JSON path over the event as it was sent. */
      readonly path: string;
      readonly variables: Readonly<Record<string, unknown>>;
    };

/** What events are wanted and in which order. */
export interface EventQuery {
  readonly criteria: readonly Criterion[];
  readonly orderBy: 'event_time' | 'record_time';
  readonly direction: 'ASC' | 'DESC';
  /** Only the first so many events. */
  readonly eventCountLimit: number | undefined;
  /** More events than this are a failure. */
  readonly maxEventCount: number | undefined;
}
