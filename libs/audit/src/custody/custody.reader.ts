import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { Bindings, NOW, type AsOf } from '../trace/as-of.js';
import { unitHash } from '../trace/edge-builder.service.js';
import { custodyHolders, factKnown } from './custody.repository.js';

/** How an offer stands. */
export type TransferState = 'OFFERED' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' | 'RELEASED' | 'EXPIRED';

/** One offer of a unit and what became of it. */
export interface CustodyTransfer {
  readonly unit: string;
  /** The SSCC, where an event has named it. */
  readonly uri: string | null;
  readonly sender: string;
  readonly recipient: string;
  readonly state: TransferState;
  readonly reason: string | null;
  readonly deadline: Date;
  readonly offeredBlock: string;
  readonly offeredTime: Date;
  readonly offeredTx: string;
  readonly answeredBlock: string | null;
  readonly answeredTime: Date | null;
  readonly answeredTx: string | null;
}

/** Who holds a unit as of a block or time, and every hand-over up to then. */
export interface UnitCustody {
  readonly unit: string;
  readonly uri: string;
  /** Address of the partner; null when nobody ever offered it, or a vote released it. */
  readonly holder: string | null;
  /** Newest first, at most 200. */
  readonly transfers: readonly CustodyTransfer[];
}

const MAX_TRANSFERS = 200;

/** Reads what the Custody contract said. */
@Injectable()
export class CustodyReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Custody of a unit by its SSCC in any form, or by its 32-byte hash. */
  public async custody(identifier: string, asOf: AsOf = NOW): Promise<UnitCustody> {
    const isHash = /^0x[0-9a-fA-F]{64}$/.test(identifier);
    const uri = isHash ? identifier.toLowerCase() : normalizeIdentifier(identifier);
    const unit = isHash ? uri : unitHash(uri);
    const holders = await custodyHolders(this.dataSource, [unit], asOf);
    const transfers = await this.transfers('t.unit', unit, asOf);
    return { unit, uri, holder: holders.get(unit) ?? null, transfers };
  }

  /** Offers to or by a partner, newest first. */
  public async offersOf(
    partner: string,
    side: 'recipient' | 'sender',
    asOf: AsOf = NOW,
  ): Promise<CustodyTransfer[]> {
    return this.transfers(`t.${side}`, partner.toLowerCase(), asOf);
  }

  /** As of an earlier moment an answer that came later does not exist yet. Clock: the last block that counts. */
  private async transfers(column: string, value: string, asOf: AsOf): Promise<CustodyTransfer[]> {
    const bindings = new Bindings();
    const key = bindings.bind(value);
    const known = (block: string, time: string): string =>
      factKnown(asOf, 'k', bindings).replaceAll('k.block_number', block).replaceAll('k.block_time', time);
    const answered = known('t.answered_block', 't.answered_time');
    const clock = factKnown(asOf, 'c', bindings).replaceAll('c.block_number', 'c.number');
    return this.dataSource.query(
      `WITH clock AS (SELECT max(block_time) AS time FROM (
           SELECT block_time FROM chain_checkpoint WHERE ${asOf.kind === 'NOW' ? 'true' : 'false'}
           UNION ALL SELECT block_time FROM chain_block c WHERE ${clock}) known)
       SELECT t.unit, u.uri, t.sender, t.recipient, t.deadline, t.offered_block AS "offeredBlock",
         t.offered_time AS "offeredTime", t.offered_tx AS "offeredTx",
         CASE WHEN t.answer IS NOT NULL AND ${answered} THEN t.answer
           WHEN t.deadline < coalesce((SELECT time FROM clock), t.offered_time) THEN 'EXPIRED' ELSE 'OFFERED' END AS state,
         CASE WHEN ${answered} THEN t.reason END AS reason,
         CASE WHEN ${answered} THEN t.answered_block END AS "answeredBlock",
         CASE WHEN ${answered} THEN t.answered_time END AS "answeredTime",
         CASE WHEN ${answered} THEN t.answered_tx END AS "answeredTx"
       FROM custody_transfer t LEFT JOIN logistic_unit u ON u.unit = t.unit
       WHERE ${column} = ${key} AND ${known('t.offered_block', 't.offered_time')}
       ORDER BY t.offered_block DESC, t.log_index DESC LIMIT ${MAX_TRANSFERS}`,
      bindings.values,
    );
  }
}
