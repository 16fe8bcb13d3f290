import type { Entity } from './entity.js';

/** A stretch of days, both ends included, ISO-8601; a single day has both ends the same. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** What a recall text says is recalled, ready to be looked for among the events. */
export interface RecallCriteria {
  /** Digital Links of product classes. */
  readonly products: readonly string[];
  readonly lots: readonly string[];
  readonly serials: readonly string[];
  /** Digital Links of logistic units. */
  readonly logisticUnits: readonly string[];
  /** Digital Links of lots and items that the index knows. */
  readonly items: readonly string[];
  /** Digital Links of sites that the index knows. */
  readonly sites: readonly string[];
  readonly bestBefore: DaySpan | null;
  readonly made: DaySpan | null;
  readonly received: DaySpan | null;
  /** Names that the index does not know as product, firm or place. */
  readonly unresolved: readonly string[];
  /** The least confidence of what the criteria were made of; 0 when there is nothing to look for. */
  readonly confidence: number;
}

export interface LinkedEntity extends Entity {
  /** Digital Link or address in the index. */
  readonly uri: string | null;
  readonly uriConfidence: number | null;
}

const FULL_DAY = /^\d{4}-\d\d-\d\d$/;
const MONTH = /^\d{4}-\d\d$/;

/**
 * Criteria of a recall from the entities of its text. A date is taken for a bound only with its year. Serial numbers
 * and lots without a product are kept: the reader decides.
 */
export function recallCriteriaOf(entities: readonly LinkedEntity[]): RecallCriteria {
  const values = (type: Entity['type']): string[] =>
    unique(entities.filter((each) => each.type === type).map(({ value }) => value));
  const uris = (pattern: RegExp): string[] =>
    unique(entities.flatMap(({ uri }) => (uri !== null && pattern.test(uri) ? [uri] : [])));
  const used = entities.filter(({ type }) => !['FIRM', 'PLACE', 'QUANTITY', 'DATE'].includes(type));
  return {
    products: uris(/\/01\/\d{14}$/),
    lots: values('LOT'),
    serials: values('SERIAL'),
    logisticUnits: uris(/\/00\/\d{18}$/),
    items: uris(/\/01\/\d{14}\/(?:10|21)\//),
    sites: uris(/\/414\//),
    bestBefore: spanOf(values('BEST_BEFORE')),
    made: spanOf(values('MADE')),
    received: spanOf(values('RECEIVED')),
    unresolved: unique(
      entities.flatMap(({ type, uri, surface }) =>
        uri === null && (type === 'PRODUCT' || type === 'FIRM' || type === 'GTIN') ? [surface] : [],
      ),
    ),
    confidence: used.length === 0 ? 0 : Math.min(...used.map(({ confidence }) => confidence)),
  };
}

function spanOf(values: readonly string[]): DaySpan | null {
  const from = values.flatMap((value) =>
    FULL_DAY.test(value) ? [value] : MONTH.test(value) ? [`${value}-01`] : [],
  );
  const to = values.flatMap((value) =>
    FULL_DAY.test(value) ? [value] : MONTH.test(value) ? [lastDay(value)] : [],
  );
  const [first] = from.toSorted();
  const last = to.toSorted().at(-1);
  return first && last ? { from: first, to: last } : null;
}

function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
