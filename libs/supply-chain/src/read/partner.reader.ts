import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A partner whom the registry on chain names. */
export interface PartnerRow {
  readonly address: string;
  readonly gln: string;
  readonly name: string;
}

/** Reads who is registered. */
@Injectable()
export class PartnerReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Every partner now registered, by name; at most 1,000. */
  public async list(): Promise<PartnerRow[]> {
    return this.dataSource.query(
      'SELECT partner AS address, gln, name FROM partner_current ORDER BY name, partner LIMIT 1000',
    );
  }

  /**
   * Partners for whom an account may act on chain at the time of the last indexed block: itself where it is one, and
   * those that named it in the registry since they were last registered anew.
   */
  public async spokenForBy(account: string): Promise<PartnerRow[]> {
    return this.dataSource.query(
      `SELECT p.partner AS address, p.gln, p.name FROM partner_current p
       WHERE p.partner = $1 OR EXISTS (
         SELECT FROM submitter_current s JOIN chain_checkpoint c ON c.chain_id = s.chain_id
         WHERE s.chain_id = p.chain_id AND s.partner = p.partner AND s.submitter = $1
           AND s.valid_from <= c.block_time AND c.block_time < s.valid_until
           AND NOT EXISTS (SELECT FROM partner_removed r WHERE r.chain_id = p.chain_id AND r.partner = p.partner
             AND r.block_number >= s.set_block))
       ORDER BY p.name, p.partner LIMIT 1000`,
      [account.toLowerCase()],
    );
  }
}
