import { hierarchyOf, type Hierarchy } from '../hierarchy/hierarchy.js';

/** What a series is summed over, as the database has it. */
export interface GrainRow {
  readonly id: string;
  readonly partner: string;
  readonly grain: string;
  readonly product: string | null;
  readonly site: string | null;
  readonly productGroup: string | null;
  readonly country: string | null;
}

const keyOf = (partner: string, grain: string, name: string | null): string =>
  JSON.stringify([partner, grain, name]);

/** Which sums a product at a site is part of; one that is not among the series is nobody's sum. */
function sumKeys({ partner, product, site, productGroup, country }: GrainRow): string[] {
  return [
    keyOf(partner, 'TOTAL', null),
    keyOf(partner, 'GROUP', productGroup),
    keyOf(partner, 'PRODUCT', product),
    keyOf(partner, 'COUNTRY', country),
    keyOf(partner, 'SITE', site),
  ];
}

const OWN_NAME: Readonly<Record<string, (row: GrainRow) => string | null>> = {
  TOTAL: () => null,
  GROUP: ({ productGroup }) => productGroup,
  PRODUCT: ({ product }) => product,
  COUNTRY: ({ country }) => country,
  SITE: ({ site }) => site,
};

/** The series that are sums of products at sites, partner by partner. Lanes stand apart: not all that moves has two ends. */
export function grainHierarchy(rows: readonly GrainRow[]): Hierarchy {
  const sums = new Map(
    rows.flatMap((row) => {
      const name = OWN_NAME[row.grain];
      return name ? [[keyOf(row.partner, row.grain, name(row)), row.id] as const] : [];
    }),
  );
  const leaves = rows.filter(({ grain }) => grain === 'PRODUCT_SITE');
  return hierarchyOf(
    leaves.map((leaf) => ({ id: leaf.id, sums: sumKeys(leaf).flatMap((key) => sums.get(key) ?? []) })),
  );
}
