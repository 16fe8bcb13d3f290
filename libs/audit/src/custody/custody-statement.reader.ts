import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustodyStatement } from '../engine/custody.js';
import { unitHash } from '../trace/edge-builder.service.js';

interface StatementRow {
  readonly unit: string;
  readonly kind: CustodyStatement['kind'];
  readonly time: Date;
  readonly sender: string;
  readonly recipient: string;
  readonly deadline: Date | null;
  readonly reason: string | null;
}

const SSCC = 'https://id.gs1.org/00/';

/** Reads what the Custody contract said of units, as the audit's rules take it. */
@Injectable()
export class CustodyStatementReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Statements by unit, in the order of the chain; units that the contract does not know are left out. */
  public async of(uris: Iterable<string>): Promise<Map<string, CustodyStatement[]>> {
    const byHash = new Map<string, string>();
    for (const uri of uris) if (uri.startsWith(SSCC)) byHash.set(unitHash(uri), uri);
    const statements = new Map<string, CustodyStatement[]>();
    if (byHash.size === 0) return statements;
    const rows: StatementRow[] = await this.dataSource.query(STATEMENTS, [[...byHash.keys()]]);
    for (const { unit, kind, time, sender, recipient, deadline, reason } of rows) {
      const uri = byHash.get(unit) ?? unit;
      const list = statements.get(uri) ?? [];
      statements.set(uri, list);
      list.push({
        ...{ kind, at: time.getTime(), deadline: deadline?.getTime() ?? 0 },
        ...{ sender: sender.toLowerCase(), recipient: recipient.toLowerCase() },
        ...(reason ? { reason } : {}),
      });
    }
    return statements;
  }
}

const STATEMENTS = `
  SELECT unit, kind, block_time AS time, sender, recipient, deadline, reason FROM (
    SELECT unit, 'OFFERED' AS kind, block_time, block_number, log_index, sender, recipient, deadline, NULL::text AS reason
      FROM custody_offered WHERE unit = ANY($1::text[])
    UNION ALL SELECT unit, 'ACCEPTED', block_time, block_number, log_index, sender, recipient, NULL, NULL
      FROM custody_accepted WHERE unit = ANY($1::text[])
    UNION ALL SELECT unit, 'REJECTED', block_time, block_number, log_index, sender, recipient, NULL, reason
      FROM custody_rejected WHERE unit = ANY($1::text[])
    UNION ALL SELECT unit, 'WITHDRAWN', block_time, block_number, log_index, sender, recipient, NULL, NULL
      FROM custody_withdrawn WHERE unit = ANY($1::text[])
    UNION ALL SELECT unit, 'RELEASED', block_time, block_number, log_index, holder, '', NULL, reason
      FROM custody_released WHERE unit = ANY($1::text[])
  ) said ORDER BY block_number, log_index`;
