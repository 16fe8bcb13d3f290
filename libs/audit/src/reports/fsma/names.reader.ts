import type { Queryable } from '../../trace/as-of.js';
import type { FsmaPlace } from './fsma-row.js';
import { saidOfPlace, saidOfProduct, type Attributes } from './said.js';

/**
 * What the register and the master data of documents say of places. Where several partners say something, the owner's
 * word goes first, then the latest. A place that nobody described is known by its identifier alone.
 */
export async function placesOf(manager: Queryable, uris: readonly string[]): Promise<Map<string, FsmaPlace>> {
  if (uris.length === 0) return new Map();
  const rows: (Registered & { said: Attributes | null })[] = await manager.query(
    `SELECT w.uri, site.name, coalesce(owner.name, named.name) AS business, site.country, site.latitude, site.longitude,
       said.attributes AS said
     FROM unnest($1::text[]) AS w (uri)
     LEFT JOIN site ON site.uri = w.uri
     LEFT JOIN LATERAL (SELECT name FROM partner_current WHERE partner = site.partner ORDER BY chain_id LIMIT 1)
       owner ON true
     LEFT JOIN LATERAL (SELECT name FROM partner_current
       WHERE gln = substring(w.uri FROM '/41[47]/([0-9]{13})') ORDER BY chain_id LIMIT 1) named ON true
     LEFT JOIN LATERAL (SELECT attributes FROM master_data m WHERE m.uri = w.uri AND m.superseded_at IS NULL
       ORDER BY m.partner IS NOT DISTINCT FROM site.partner DESC, m.recorded_at DESC, m.partner LIMIT 1) said ON true`,
    [uris],
  );
  return new Map(rows.map(({ said, ...row }) => [row.uri, placeOf(row, said ?? [])]));
}

type Registered = Omit<FsmaPlace, 'address' | 'telephone'>;

function placeOf(row: Registered, attributes: Attributes): FsmaPlace {
  const { name, country, ...said } = saidOfPlace(attributes);
  return { ...row, ...said, name: row.name ?? name, country: row.country ?? country };
}

/** A product as its owner calls it. */
export interface ProductNames {
  readonly name: string | null;
  readonly group: string | null;
  /** Brand, net content, packaging. */
  readonly packaging: string | null;
}

export async function productsOf(
  manager: Queryable,
  uris: readonly string[],
): Promise<Map<string, ProductNames>> {
  if (uris.length === 0) return new Map();
  const rows: { uri: string; name: string | null; group: string | null; said: Attributes | null }[] =
    await manager.query(
      `SELECT w.uri, p.name, p.product_group AS "group", said.attributes AS said
       FROM unnest($1::text[]) AS w (uri) LEFT JOIN product_class p ON p.uri = w.uri
       LEFT JOIN LATERAL (SELECT attributes FROM master_data m WHERE m.uri = w.uri AND m.superseded_at IS NULL
         ORDER BY m.partner IS NOT DISTINCT FROM p.partner DESC, m.recorded_at DESC, m.partner LIMIT 1) said ON true`,
      [uris],
    );
  return new Map(
    rows.map(({ uri, name, group, said }) => {
      const { name: saidName, packaging } = saidOfProduct(said ?? []);
      return [uri, { name: name ?? saidName, group, packaging }];
    }),
  );
}
