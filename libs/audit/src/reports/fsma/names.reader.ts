import type { Queryable } from '../../trace/as-of.js';
import type { FsmaPlace } from './fsma-row.js';

/** What master data says of places; a place that nobody registered is known by its identifier alone. */
export async function placesOf(manager: Queryable, uris: readonly string[]): Promise<Map<string, FsmaPlace>> {
  if (uris.length === 0) return new Map();
  const rows: FsmaPlace[] = await manager.query(
    `SELECT w.uri, site.name, coalesce(owner.name, named.name) AS business, site.country, site.latitude, site.longitude
     FROM unnest($1::text[]) AS w (uri)
     LEFT JOIN site ON site.uri = w.uri
     LEFT JOIN LATERAL (SELECT name FROM partner_current WHERE partner = site.partner ORDER BY chain_id LIMIT 1)
       owner ON true
     LEFT JOIN LATERAL (SELECT name FROM partner_current
       WHERE gln = substring(w.uri FROM '/41[47]/([0-9]{13})') ORDER BY chain_id LIMIT 1) named ON true`,
    [uris],
  );
  return new Map(rows.map((row) => [row.uri, row]));
}

/** A product as its owner calls it. */
export interface ProductNames {
  readonly name: string;
  readonly group: string;
}

export async function productsOf(
  manager: Queryable,
  uris: readonly string[],
): Promise<Map<string, ProductNames>> {
  if (uris.length === 0) return new Map();
  const rows: (ProductNames & { uri: string })[] = await manager.query(
    `SELECT uri, name, product_group AS "group" FROM product_class WHERE uri = ANY($1::text[])`,
    [uris],
  );
  return new Map(rows.map(({ uri, ...names }) => [uri, names]));
}
