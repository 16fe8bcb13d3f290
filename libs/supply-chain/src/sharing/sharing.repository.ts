import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What a partner shows: everything to everybody, or to nobody what it did not grant. */
export type Sharing = 'OPEN' | 'PRIVATE';

/** What a partner shows, and whether it chose so itself. */
export interface SharingRow {
  readonly partner: string;
  readonly sharing: Sharing;
  /** Null: what the installation sets holds. */
  readonly chosenAt: Date | null;
}

/** Keeps what partners chose to show. */
@Injectable()
export class SharingRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /** What a partner shows; asked for it, or as the owner of the database. */
  public async of(partner: string): Promise<SharingRow> {
    const [row] = await this.dataSource.query<SharingRow[]>(
      `SELECT $1 AS partner, coalesce(s.sharing, CASE WHEN is_open_by_default() THEN 'OPEN' ELSE 'PRIVATE' END) AS sharing,
         s.set_at AS "chosenAt"
       FROM (VALUES (1)) one LEFT JOIN partner_sharing s ON s.partner = $1`,
      [partner.toLowerCase()],
    );
    return row!;
  }

  /** Chooses for a partner; it holds for the next statement of anybody. */
  public async set(partner: string, sharing: Sharing, now: Date): Promise<SharingRow> {
    await this.dataSource.query(
      `INSERT INTO partner_sharing (partner, sharing, set_at) VALUES ($1, $2, $3)
       ON CONFLICT (partner) DO UPDATE SET sharing = excluded.sharing, set_at = excluded.set_at`,
      [partner.toLowerCase(), sharing, now],
    );
    return this.of(partner);
  }
}
