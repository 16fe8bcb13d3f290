import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SenderError } from './sender.errors.js';

/** Keeps which GS1 Company Prefixes a partner may create identifiers under. */
@Injectable()
export class CompanyPrefixRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Registers a prefix; registering it again changes nothing.
   *
   * @param partner - address, any case
   * @throws SenderError COMPANY_PREFIX_INVALID unless it is 4 to 12 digits, PARTNER_ADDRESS_INVALID
   */
  public async add(partner: string, prefix: string, now: Date): Promise<void> {
    if (!/^\d{4,12}$/.test(prefix)) {
      throw new SenderError('COMPANY_PREFIX_INVALID', `${prefix.slice(0, 40)} is not 4 to 12 digits`);
    }
    if (!/^0x[0-9a-f]{40}$/i.test(partner)) {
      throw new SenderError('PARTNER_ADDRESS_INVALID', `${partner.slice(0, 60)} is not 0x and 40 digits`);
    }
    await this.dataSource.query(
      'INSERT INTO partner_prefix (partner, prefix, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [partner.toLowerCase(), prefix, now],
    );
  }

  /** Forgets a prefix; false if the partner has none such. */
  public async remove(partner: string, prefix: string): Promise<boolean> {
    const [rows] = (await this.dataSource.query(
      'DELETE FROM partner_prefix WHERE partner = $1 AND prefix = $2 RETURNING prefix',
      [partner.toLowerCase(), prefix],
    )) as [unknown[], number];
    return rows.length > 0;
  }

  /** Prefixes of a partner, in the order of digits. */
  public async of(partner: string): Promise<string[]> {
    const rows: { prefix: string }[] = await this.dataSource.query(
      'SELECT prefix FROM partner_prefix WHERE partner = $1 ORDER BY prefix',
      [partner.toLowerCase()],
    );
    return rows.map(({ prefix }) => prefix);
  }
}
