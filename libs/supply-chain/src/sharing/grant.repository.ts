import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isUuid } from '../read/keyset.js';
import { checkGrant } from './check-grant.js';
import type { GrantRow, NewGrant } from './grant.rows.js';
import { SharingError } from './sharing.errors.js';

const MAX_IN_FORCE = 1_000;
/** Each statement of a grantee looks at what each of its grants covers. */
const MAX_TO_ONE = 50;
const MAX_LISTED = 2_000;
const COLUMNS = `id, owner, grantee, kind, resource, event_from AS "eventFrom", event_to AS "eventTo", fields,
  follows_custody AS "followsCustody", created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

/** Keeps what partners let others read. A grant is never changed, only ended, so that reads can always be told by it. */
@Injectable()
export class GrantRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Grants something.
   *
   * @throws SharingError `GRANT_INVALID`, or `GRANT_COUNT_EXCEEDED` beyond 1,000 grants in force, or 50 to one grantee
   */
  public async add(owner: string, asked: NewGrant, now: Date): Promise<GrantRow> {
    const grant = checkGrant(owner, asked, now);
    return this.dataSource.transaction(async (manager) => {
      await refuseTooMany(manager, grant, now);
      const [row] = await manager.query<GrantRow[]>(
        `INSERT INTO data_grant (id, owner, grantee, kind, resource, event_from, event_to, fields, follows_custody,
           created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${COLUMNS}`,
        [
          ...[randomUUID(), grant.owner, grant.grantee, grant.kind, grant.resource, grant.eventFrom],
          ...[grant.eventTo, grant.fields, grant.followsCustody, now, grant.expiresAt],
        ],
      );
      return row!;
    });
  }

  /** Ends a grant at once and for good. */
  public async revoke(owner: string, id: string, now: Date): Promise<GrantRow> {
    const rows = isUuid(id)
      ? await this.dataSource.query<GrantRow[]>(
          `WITH ended AS (
             UPDATE data_grant SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND owner = $2 RETURNING *)
           SELECT ${COLUMNS} FROM ended`,
          [id, owner.toLowerCase(), now],
        )
      : [];
    const [row] = rows;
    if (row) return row;
    throw new SharingError(
      'GRANT_UNKNOWN',
      'id: you gave no such grant; { grants { id } } lists those you gave',
    );
  }

  /** Grants that the viewer gave or got, newest first, ended ones too; at most 2,000. */
  public async list(): Promise<GrantRow[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM data_grant ORDER BY seq DESC LIMIT ${MAX_LISTED}`);
  }
}

async function refuseTooMany(
  manager: EntityManager,
  { owner, grantee }: Pick<GrantRow, 'owner' | 'grantee'>,
  now: Date,
): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`data-grant ${owner}`]);
  const [row] = await manager.query<{ all: number; toOne: number }[]>(
    `SELECT count(*)::integer AS all, (count(*) FILTER (WHERE grantee = $2))::integer AS "toOne" FROM data_grant
     WHERE owner = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)`,
    [owner, grantee, now],
  );
  if (row!.all >= MAX_IN_FORCE)
    throw tooMany(`at most ${MAX_IN_FORCE} grants are in force at once; revoke one first`);
  if (row!.toOne >= MAX_TO_ONE)
    throw tooMany(
      `grantee: ${grantee} has ${MAX_TO_ONE} grants of yours in force, the most that one may have; revoke one first, or grant a PRODUCT, a SITE or EVENTS instead of items`,
    );
}

function tooMany(message: string): SharingError {
  return new SharingError('GRANT_COUNT_EXCEEDED', message);
}
