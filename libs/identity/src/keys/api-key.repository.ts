import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { digestOf, newSecret, shownPrefix } from '../secret.js';
import { KEY_COLUMNS, type ApiKeyRow, type IssuedKey, type NewKey } from './api-key.rows.js';
import { readScopes } from './scopes.js';

const MAX_LABEL_LENGTH = 200;
const MAX_LIVE_KEYS = 100;
const MAX_GRACE_MS = 30 * 86_400_000;
const LIVE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)';

/** Keys of partners' machines. Methods that take a partner see that partner's keys alone; null is the operator. */
@Injectable()
export class ApiKeyRepository {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /**
   * Makes a key.
   *
   * @throws IdentityError `PARTNER_UNKNOWN`, `KEY_INVALID`, or `KEY_COUNT_EXCEEDED` beyond 100 keys in force
   */
  public async add(asked: NewKey, now: Date): Promise<IssuedKey> {
    const wanted = checked(asked, now);
    return this.kept.transaction(async (manager) => {
      await lockPartner(manager, wanted.partner);
      const [known] = await manager.query<unknown[]>('SELECT 1 FROM partner_current WHERE partner = $1', [
        wanted.partner,
      ]);
      if (known === undefined) throw unknownPartner(wanted.partner);
      return insert(manager, wanted, now);
    });
  }

  /** Keys of a partner, newest first, ended ones too; at most 1,000. */
  public async list(partner: string): Promise<ApiKeyRow[]> {
    return this.kept.query(
      `SELECT ${KEY_COLUMNS} FROM partner_key WHERE partner = $1 ORDER BY created_at DESC, id LIMIT 1000`,
      [partner.toLowerCase()],
    );
  }

  /**
   * Makes a key that may do the same for as long a time, and lets the old one end after the grace, so that machines can
   * be given the new one meanwhile.
   *
   * @param graceMs how long the old key goes on, 0 to 30 days; never longer than it would have
   * @throws IdentityError `KEY_ID_UNKNOWN`, or `KEY_INVALID` when the key has ended or was rotated before
   */
  public async rotate(partner: string | null, id: string, graceMs: number, now: Date): Promise<IssuedKey> {
    if (!(graceMs >= 0 && graceMs <= MAX_GRACE_MS)) {
      throw new IdentityError('KEY_INVALID', 'grace: from 0 to 30 days');
    }
    return this.kept.transaction(async (manager) => {
      const old = await rotatable(manager, partner, id, now);
      const lifeMs = old.expiresAt === null ? null : old.expiresAt.getTime() - old.createdAt.getTime();
      const expiresAt = lifeMs === null ? null : new Date(now.getTime() + lifeMs);
      const issued = await insert(manager, { ...old, expiresAt }, now);
      await manager.query(
        'UPDATE partner_key SET replaced_by = $2, expires_at = LEAST(expires_at, $3::timestamptz) WHERE id = $1',
        [old.id, issued.key.id, new Date(now.getTime() + graceMs)],
      );
      return issued;
    });
  }

  /**
   * Ends a key at once and for good; true also when it had ended before.
   *
   * @returns false when there is no such key
   */
  public async revoke(partner: string | null, id: string, now: Date): Promise<boolean> {
    const rows = await this.kept.query<unknown[]>(
      `WITH ended AS (
         UPDATE partner_key SET revoked_at = COALESCE(revoked_at, $3)
         WHERE id::text = lower($1) AND ($2::text IS NULL OR partner = $2) RETURNING id)
       SELECT id FROM ended`,
      [id, partner?.toLowerCase() ?? null, now],
    );
    return rows.length > 0;
  }
}

/** Keys of one partner are made one after the other, so that the limit holds. */
async function lockPartner(manager: EntityManager, partner: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('partner_key:' || $1, 0))`, [partner]);
}

async function rotatable(
  manager: EntityManager,
  partner: string | null,
  id: string,
  now: Date,
): Promise<ApiKeyRow> {
  const [old] = await manager.query<ApiKeyRow[]>(
    `SELECT ${KEY_COLUMNS} FROM partner_key
     WHERE id::text = lower($1) AND ($2::text IS NULL OR partner = $2) FOR UPDATE`,
    [id, partner?.toLowerCase() ?? null],
  );
  if (!old) throw new IdentityError('KEY_ID_UNKNOWN', 'id: no such key; list the keys to see their ids');
  if (old.replacedBy !== null) {
    throw new IdentityError('KEY_INVALID', `id: this key was rotated before; rotate ${old.replacedBy}`);
  }
  if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now)) {
    throw new IdentityError('KEY_INVALID', 'id: this key has ended; make a new one');
  }
  await lockPartner(manager, old.partner);
  return old;
}

async function insert(manager: EntityManager, wanted: NewKey, now: Date): Promise<IssuedKey> {
  const [{ count } = { count: 0 }] = await manager.query<{ count: number }[]>(
    `SELECT count(*)::integer AS count FROM partner_key WHERE partner = $1 AND ${LIVE}`,
    [wanted.partner, now],
  );
  if (count >= MAX_LIVE_KEYS) {
    throw new IdentityError(
      'KEY_COUNT_EXCEEDED',
      `a partner has at most ${MAX_LIVE_KEYS} keys; revoke one that is not used`,
    );
  }
  const secret = newSecret('th');
  const [key] = await manager.query<ApiKeyRow[]>(
    `INSERT INTO partner_key (key_sha256, partner, label, prefix, scopes, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${KEY_COLUMNS}`,
    [
      digestOf(secret),
      wanted.partner,
      wanted.label,
      shownPrefix(secret),
      wanted.scopes,
      now,
      wanted.expiresAt,
    ],
  );
  return { secret, key: key! };
}

function checked({ partner, label, scopes, expiresAt }: NewKey, now: Date): NewKey {
  if (!/^0x[0-9a-f]{40}$/i.test(partner)) throw unknownPartner(partner);
  const words = label.trim();
  if (words === '' || words.length > MAX_LABEL_LENGTH || /\p{Cc}/u.test(words)) {
    throw new IdentityError('KEY_INVALID', `label: 1 to ${MAX_LABEL_LENGTH} characters in one line`);
  }
  if (expiresAt !== null && !(expiresAt > now)) {
    throw new IdentityError('KEY_INVALID', 'expiresAt: a moment to come, or none for a key without an end');
  }
  return { partner: partner.toLowerCase(), label: words, scopes: readScopes(scopes), expiresAt };
}

function unknownPartner(partner: string): IdentityError {
  const shown = partner.slice(0, 60).replaceAll(/\p{Cc}/gu, '?');
  return new IdentityError(
    'PARTNER_UNKNOWN',
    `no registered partner has the address ${shown}; { partners { address name } } lists them, a vote registers new ones`,
  );
}
