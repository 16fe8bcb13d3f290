import { seededRandom } from '@tallyhouse/compute';
import type { TestStore } from '../../../supply-chain/test/capture-kit.js';

const MONTHS = 40;
const PRODUCTS = 7;
const SITES = 4;
/** Months of which the last product is known: too few to stand by itself. */
const NEW_MONTHS = 5;
/** Months of which it is known at its last site: no past origin has seen any of it. */
const NEWEST_MONTHS = 2;

export const idOf = (at: number): string =>
  `0x${((at * 2_654_435_761) >>> 0).toString(16).padStart(64, '0')}`;

interface Sum {
  readonly grain: string;
  readonly column?: 'product' | 'site' | 'product_group';
  readonly names: readonly string[];
  readonly has: (leaf: number, name: string) => boolean;
}

const productOf = (leaf: number): number => Math.floor(leaf / SITES);
const groupOf = (product: number): string => (product % 2 === 0 ? 'Dairy' : 'Fish');
const named = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${letter}${at}`);

const SUMS: readonly Sum[] = [
  { grain: 'TOTAL', names: [''], has: () => true },
  {
    grain: 'PRODUCT',
    column: 'product',
    names: named('p', PRODUCTS),
    has: (leaf, name) => `p${productOf(leaf)}` === name,
  },
  {
    grain: 'SITE',
    column: 'site',
    names: named('s', SITES),
    has: (leaf, name) => `s${leaf % SITES}` === name,
  },
  {
    grain: 'GROUP',
    column: 'product_group',
    names: ['Dairy', 'Fish'],
    has: (leaf, name) => groupOf(productOf(leaf)) === name,
  },
];

/** Products at sites and their sums, a new product among them: 42 monthly series to 2025-12. */
export async function fillPanel({ source }: TestStore): Promise<void> {
  const random = seededRandom(17);
  const leaves = Array.from({ length: PRODUCTS * SITES }, (_, leaf) => {
    const isNew = productOf(leaf) === PRODUCTS - 1;
    const known = leaf === PRODUCTS * SITES - 1 ? NEWEST_MONTHS : NEW_MONTHS;
    return Array.from({ length: MONTHS }, (__, month) =>
      isNew && month < MONTHS - known
        ? 0
        : Math.round(20 + 3 * leaf + 5 * Math.sin(month / 2) + 4 * random.normal()),
    );
  });
  const write = async (at: number, row: Record<string, string>, values: readonly number[]): Promise<void> => {
    await source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, site, product_group, label)
       VALUES ($1, '0xa', 'DEMAND', 'MONTHLY', $2, $3, $4, $5, $1)`,
      [idOf(at), row['grain'], row['product'], row['site'], row['product_group']],
    );
    await source.query(
      `INSERT INTO observation SELECT $1, timestamptz '2022-09-01Z' + (n - 1) * interval '1 month', value, 1
       FROM unnest($2::float8[]) WITH ORDINALITY v (value, n) WHERE value > 0`,
      [idOf(at), values],
    );
  };
  for (let product = 0; product < PRODUCTS; product++)
    await source.query(`INSERT INTO product_class VALUES ($1, $1, $2, '0xa')`, [
      `p${product}`,
      groupOf(product),
    ]);
  for (const [leaf, values] of leaves.entries())
    await write(
      leaf,
      { grain: 'PRODUCT_SITE', product: `p${productOf(leaf)}`, site: `s${leaf % SITES}` },
      values,
    );
  let at = leaves.length;
  for (const { grain, column, names, has } of SUMS)
    for (const name of names) {
      const parts = leaves.filter((_, leaf) => has(leaf, name));
      const values = Array.from({ length: MONTHS }, (_, month) =>
        parts.reduce((sum, part) => sum + part[month]!, 0),
      );
      await write(at++, { grain, ...(column && { [column]: name }) }, values);
    }
  await source.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, label) VALUES ($1, '0xa', 'DEMAND', 'DAILY', 'TOTAL', 'd')`,
    [idOf(999)],
  );
  await source.query(`INSERT INTO observation VALUES ($1, '2025-12-31T00:00:00Z', 1, 1)`, [idOf(999)]);
}
