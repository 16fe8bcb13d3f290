import { Injectable } from '@nestjs/common';
import { pgln } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import type { Reference, SiteFacts } from '../engine/reference.js';

interface SiteRow {
  readonly uri: string;
  readonly name: string;
  readonly kind: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

interface MeasureRow {
  readonly product: string;
  readonly quantity: number | null;
  readonly uom: string | null;
  readonly yieldMin: number;
  readonly yieldMax: number;
}

interface PartyRow {
  readonly partner: string;
  readonly gln: string;
  readonly removedAt: Date | null;
}

/** Reads the master data that rules judge by: places, who was admitted, who numbers which class. */
@Injectable()
export class AuditReferenceReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Everything at once: master data are small beside events. */
  public async read(): Promise<Reference> {
    const sites: SiteRow[] = await this.dataSource.query(
      'SELECT uri, name, kind, latitude, longitude FROM site',
    );
    const classes: { uri: string; partner: string }[] = await this.dataSource.query(
      'SELECT uri, partner FROM product_class',
    );
    const parties: PartyRow[] = await this.dataSource.query(
      `SELECT r.partner, r.gln, CASE WHEN NOT EXISTS (SELECT FROM partner_current c WHERE c.partner = r.partner)
         THEN max(x.block_time) END AS "removedAt"
       FROM partner_registered r LEFT JOIN partner_removed x ON x.partner = r.partner GROUP BY r.partner, r.gln`,
    );
    const measures: MeasureRow[] = await this.dataSource.query(
      `SELECT product, net_content::double precision AS quantity, uom, yield_min::double precision AS "yieldMin",
         yield_max::double precision AS "yieldMax" FROM product_measure`,
    );
    const measured = new Map(measures.map((row) => [row.product, row]));
    const places = new Map<string, SiteFacts>(sites.map((row) => [row.uri, siteFacts(row)]));
    const holders = new Map(classes.map(({ uri, partner }) => [uri, partner]));
    const admitted = new Map<string, number>();
    for (const { partner, gln, removedAt } of parties) {
      const until = removedAt?.getTime() ?? Infinity;
      admitted.set(partner.toLowerCase(), until);
      for (const link of partyLink(gln)) admitted.set(link, until);
    }
    return {
      site: (uri) => places.get(uri),
      knowsSites: places.size > 0,
      // History may be older than the register: what counts is that the party is in it and had not been removed.
      authorised: (party, time) =>
        admitted.size === 0 ? undefined : time <= (admitted.get(party) ?? -Infinity),
      holderOfClass: (uri) => holders.get(/^https:\/\/id\.gs1\.org\/01\/\d{14}/.exec(uri)?.[0] ?? ''),
      netContent: (classUri) => {
        const { quantity, uom } = measured.get(classUri) ?? {};
        return typeof quantity === 'number' && uom ? { quantity, uom } : undefined;
      },
      yieldBounds: (classUri) => {
        const row = measured.get(classUri);
        return row && !isAnyYield(row) ? { min: row.yieldMin, max: row.yieldMax } : undefined;
      },
    };
  }
}

/** What the table holds where nobody said more than the net content: such a row leaves the bounds to the rule set. */
function isAnyYield({ yieldMin, yieldMax }: MeasureRow): boolean {
  return yieldMin === 0 && yieldMax === 1;
}

function siteFacts({ name, kind, latitude, longitude }: SiteRow): SiteFacts {
  return {
    name,
    kind,
    position: latitude === null || longitude === null ? undefined : { latitude, longitude },
  };
}

/** The register takes any text as a GLN; one with a wrong check digit names nobody. */
function partyLink(gln: string): string[] {
  try {
    return [pgln(gln)];
  } catch {
    return [];
  }
}
