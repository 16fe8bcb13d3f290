import type { EpcPattern } from '@tallyhouse/epcis';
import type { QualifiedName } from './qualified-name.js';

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

/** A field whose value is an element of a vocabulary, and where that value stands. */
export type MasterDataField =
  | { readonly at: 'column'; readonly column: VocabularyColumn; readonly vocabularies: readonly string[] }
  | {
      readonly at: 'objects';
      readonly lists: readonly ObjectList[];
      readonly vocabularies: readonly string[];
    }
  | { readonly at: 'transactions'; readonly vocabularies: readonly string[] }
  | {
      readonly at: 'parties';
      readonly role: 'SOURCE' | 'DESTINATION';
      readonly vocabularies: readonly string[];
    }
  /** An extension field, by its path; elements of every vocabulary count. */
  | { readonly at: 'path'; readonly path: string };

type VocabularyColumn = 'read_point' | 'biz_location' | 'biz_step' | 'disposition';

/** One condition of a query; an event must meet all. */
export type Criterion =
  | {
      readonly kind: 'column';
      readonly column: 'event_type' | 'action' | 'biz_step' | 'disposition' | 'read_point' | 'biz_location';
      readonly values: readonly string[];
    }
  | {
      /** A place or one inside it, as the extension of a GLN names it or the sender's master data do. */
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
      /** Patterns, anything of which may be named. */
      readonly patterns: readonly EpcPattern[];
      /** Ids of all events that can be meant, where these were looked up. */
      readonly events?: readonly string[];
    }
  | {
      readonly kind: 'quantity';
      readonly comparison: Comparison;
      /** Several where any may be equalled. */
      readonly quantities: readonly number[];
      readonly uom: string | undefined;
    }
  | { readonly kind: 'transaction'; readonly type: string; readonly uris: readonly string[] }
  | {
      readonly kind: 'place';
      readonly role: 'SOURCE' | 'DESTINATION';
      readonly type: string;
      readonly uris: readonly string[];
    }
  | {
      /** Master data of the sender says something of what a field names. */
      readonly kind: 'attribute';
      readonly field: MasterDataField;
      /** Names, any of which the attribute has: in the one spelling, or as it was sent. */
      readonly names: readonly string[];
      /** Values, any of which it has; undefined: whichever. */
      readonly values: readonly string[] | undefined;
    }
  | { readonly kind: 'event-id'; readonly ids: readonly string[] }
  | PathCriterion;

/** What stands at a path. */
export interface PathCriterion {
  readonly kind: 'path';
  /** SQL/JSON path over the event as it was sent. */
  readonly path: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The field whose keys are the variable `keys` of the path, where it is told by its namespace. */
  readonly name?: QualifiedName;
}

/** What events are wanted and in which order. */
export interface EventQuery {
  readonly criteria: readonly Criterion[];
  /** A column, or the path of an extension field. */
  readonly orderBy: 'event_time' | 'record_time' | { readonly path: string };
  readonly direction: 'ASC' | 'DESC';
  /** Only the first so many events. */
  readonly eventCountLimit: number | undefined;
  /** More events than this are a failure. */
  readonly maxEventCount: number | undefined;
}
