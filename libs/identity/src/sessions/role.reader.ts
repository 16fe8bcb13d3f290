import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A block of the index. */
interface IndexedBlock {
  readonly chainId: number;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly blockTime: Date;
}

interface RegisteredPartner {
  readonly address: string;
  readonly gln: string;
  readonly name: string;
}

/** What an account is on chain, as far as it is indexed. */
export interface ChainRoles {
  /** What it is registered as, or null. */
  readonly partner: RegisteredPartner | null;
  /** Partners for whom its key may anchor now. */
  readonly submitterFor: readonly RegisteredPartner[];
  /** Null before anything is indexed. */
  readonly asOf: IndexedBlock | null;
}

/** Reads roles from the chain's facts at each request; nothing of them is kept in a session. */
@Injectable()
export class RoleReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Roles of an account on a chain as of the last block indexed. */
  public async of(address: string, chainId: number): Promise<ChainRoles> {
    const [row] = await this.dataSource.query<[ChainRoles & { asOf: IndexedBlock }]>(
      `SELECT
         json_build_object('chainId', c.chain_id, 'blockNumber', c.block_number::text, 'blockHash', c.block_hash,
           'blockTime', c.block_time) AS "asOf",
         (SELECT json_build_object('address', partner, 'gln', gln, 'name', name) FROM partner_current p
          WHERE p.chain_id = c.chain_id AND p.partner = $1) AS partner,
         (SELECT coalesce(json_agg(json_build_object('address', p.partner, 'gln', p.gln, 'name', p.name)
            ORDER BY p.name, p.partner), '[]'::json)
          FROM partner_current p JOIN LATERAL (
            SELECT s.valid_from, s.valid_until FROM submitter_set s
            WHERE s.chain_id = p.chain_id AND s.partner = p.partner AND s.submitter = $1
              AND (s.block_number, s.log_index) > (p.registered_block, p.log_index)
            ORDER BY s.block_number DESC, s.log_index DESC LIMIT 1) last ON true
          WHERE p.chain_id = c.chain_id AND last.valid_from <= c.block_time AND last.valid_until > c.block_time
         ) AS "submitterFor"
       FROM chain_checkpoint c WHERE c.chain_id = $2`,
      [address.toLowerCase(), chainId],
    );
    if (!row) return { partner: null, submitterFor: [], asOf: null };
    return { ...row, asOf: { ...row.asOf, blockTime: new Date(row.asOf.blockTime) } };
  }
}
