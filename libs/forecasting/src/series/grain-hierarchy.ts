import type { Hierarchy } from '../hierarchy/hierarchy.js';

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

/** A sum by the places of its series and of its leaves among the leaves. */
interface GrainSum {
  readonly row: number;
  readonly parts: Int32Array;
}

/** Which series are sums of which, by their places alone: forty bytes a leaf while rows pass by, and twenty after. */
export class GrainSums {
  /** Places of the leaves' rows. */
  private readonly leaves: number[] = [];
  private readonly keys = new Map<string, number>();
  /** Place of the row of each key that is a sum; -1 of any other. */
  private readonly rows: number[] = [];
  /** Keys of each leaf, one leaf after the other. */
  private readonly memberships: number[] = [];
  private count = 0;

  /**
   * The next row.
   *
   * @returns its place among the leaves; undefined where it is none
   */
  public add(row: GrainRow): number | undefined {
    const place = this.count++;
    const name = OWN_NAME[row.grain];
    if (name) this.rows[this.numberOf(keyOf(row.partner, row.grain, name(row)))] = place;
    if (row.grain !== 'PRODUCT_SITE') return undefined;
    for (const key of sumKeys(row)) this.memberships.push(this.numberOf(key));
    return this.leaves.push(place) - 1;
  }

  /** Sums in the order in which leaves are part of them. */
  public made(): { readonly leaves: readonly number[]; readonly sums: readonly GrainSum[] } {
    const sizes = new Int32Array(this.rows.length);
    for (const key of this.memberships) sizes[key]! += 1;
    const sums = new Map<number, GrainSum>();
    const filled = new Int32Array(this.rows.length);
    const each = this.memberships.length / this.leaves.length;
    this.memberships.forEach((key, at) => {
      const row = this.rows[key]!;
      if (row < 0) return;
      const sum = sums.get(key) ?? { row, parts: new Int32Array(sizes[key]!) };
      sums.set(key, sum);
      sum.parts[filled[key]!++] = Math.floor(at / each);
    });
    return { leaves: this.leaves, sums: [...sums.values()] };
  }

  private numberOf(key: string): number {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    this.keys.set(key, this.rows.length);
    return this.rows.push(-1) - 1;
  }
}

/** The series that are sums of products at sites, partner by partner. Lanes stand apart: not all that moves has two ends. */
export function grainHierarchy(rows: readonly GrainRow[]): Hierarchy {
  const grains = new GrainSums();
  for (const row of rows) grains.add(row);
  const { leaves, sums } = grains.made();
  const idOf = (place: number): string => rows[place]!.id;
  return {
    leaves: leaves.map(idOf),
    sums: sums.map(({ row, parts }) => ({ id: idOf(row), parts: [...parts] })),
  };
}
