import type { Covariate } from '../covariates/covariate-panel.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import type { CovariateBook, Periods } from './covariate-book.js';

/** When something is looked at, and how far. */
export interface Sight {
  readonly periods: Periods;
  /** What was said at this moment or later is not known, milliseconds since 1970. */
  readonly before: number;
}

/** One that nothing was said of is what changes nothing. */
export const neutral = ({ kind }: Covariate, length: number): Float64Array =>
  new Float64Array(length).fill(kind === 'relative' ? 1 : kind === 'category' ? -1 : 0);

/** Whether covariates can be said of a series: it is of one product at one site. */
export const isPlace = <Row extends GrainRow>(
  row: Row | undefined,
): row is Row & { readonly product: string; readonly site: string } =>
  row?.grain === 'PRODUCT_SITE' && row.product !== null && row.site !== null;

/**
 * Covariates of products at sites over some periods, as far as they were known at one moment. What was said of all sites of a
 * product is worked out once: memory grows with the products and with the sites of which something else was said.
 */
export class LeafPaths {
  private readonly known = new Map<string, Float64Array>();

  public constructor(
    private readonly book: CovariateBook,
    private readonly covariates: readonly Covariate[],
    private readonly sight: Sight,
  ) {}

  /** One array a covariate, shared among places: read only. */
  public of(place: {
    readonly partner: string;
    readonly product: string;
    readonly site: string;
  }): Float64Array[] {
    return this.covariates.map((covariate) => {
      const site = this.book.isOfSite(place, covariate.name) ? place.site : null;
      const key = JSON.stringify([place.partner, place.product, site, covariate.name]);
      const found = this.known.get(key) ?? this.make(place, covariate);
      this.known.set(key, found);
      return found;
    });
  }

  private make(place: Parameters<LeafPaths['of']>[0], covariate: Covariate): Float64Array {
    const { periods, before } = this.sight;
    return this.book.path(place, covariate, periods, before) ?? neutral(covariate, periods.count);
  }
}
