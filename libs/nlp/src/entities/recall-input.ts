import type { RecallCriteria } from './recall-criteria.js';

/** Criteria in the fields that a recall takes (`recallPreview`, `openRecall`): identifiers, and event times in ISO-8601. */
export interface RecallInput {
  readonly items: readonly string[];
  readonly products: readonly string[];
  readonly sites: readonly string[];
  /** Inclusive. */
  readonly from: string | null;
  /** Exclusive. */
  readonly to: string | null;
}

const DAY_MS = 86_400_000;

/**
 * What a recall would be opened with. A text that names lots recalls these and not the whole product; one that names
 * products alone recalls what of them was handled at its sites in the days that they were made or received.
 *
 * @returns null when the text names nothing that can be looked for
 * @example recallInputOf(criteria)?.items // ['https://id.gs1.org/01/09521234000013/10/L7']
 */
export function recallInputOf(criteria: RecallCriteria): RecallInput | null {
  const { products, lots, serials, logisticUnits, sites } = criteria;
  const named = [
    ...criteria.items,
    ...logisticUnits,
    ...under(products, '10', lots, criteria.items),
    ...under(products, '21', serials, criteria.items),
  ];
  const items = [...new Set(named)];
  if (items.length > 0) return { items, products: [], sites: [], from: null, to: null };
  if (lots.length + serials.length > 0 || products.length + sites.length === 0) return null;
  const days = criteria.made ?? criteria.received;
  return {
    items: [],
    products,
    sites,
    from: days && new Date(Date.parse(days.from)).toISOString(),
    to: days && new Date(Date.parse(days.to) + DAY_MS).toISOString(),
  };
}

/** Lots or serials under each product of the text, save those that the index knows under one of them. */
function under(
  products: readonly string[],
  key: '10' | '21',
  values: readonly string[],
  known: readonly string[],
): string[] {
  return values
    .map((value) => `/${key}/${encodeURIComponent(value)}`)
    .filter((tail) => !known.some((uri) => uri.endsWith(tail)))
    .flatMap((tail) => products.map((product) => `${product}${tail}`));
}
