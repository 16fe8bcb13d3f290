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
}
