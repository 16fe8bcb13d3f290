import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A partner whom the registry on chain names. */
export interface PartnerRow {
  readonly address: string;
  readonly gln: string;
  readonly name: string;
}

/** Reads partners and who a key belongs to. */
@Injectable()
export class PartnerReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Every partner now registered, by name; at most 1,000. */
  public async list(): Promise<PartnerRow[]> {
    return this.dataSource.query(
      'SELECT partner AS address, gln, name FROM partner_current ORDER BY name, partner LIMIT 1000',
    );
  }

  /** Address of the partner whose API key this is, or undefined. Only the key's SHA-256 is stored or compared. */
  public async ofKey(key: string): Promise<string | undefined> {
    const [row]: { partner: string }[] = await this.dataSource.query(
      'SELECT partner FROM partner_key WHERE key_sha256 = $1',
      [createHash('sha256').update(key, 'utf8').digest()],
    );
    return row?.partner;
  }
}
