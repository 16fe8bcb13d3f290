import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { passkeyName } from './passkey-name.js';
import {
  PASSKEY_COLUMNS,
  STORED_COLUMNS,
  type NewPasskey,
  type PasskeyRow,
  type StoredPasskey,
} from './passkey.rows.js';

const MAX_PASSKEYS = 20;

/** Passkeys of accounts. */
@Injectable()
export class PasskeyRepository {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /** Passkeys of an account, oldest first. */
  public async list(address: string): Promise<PasskeyRow[]> {
    return this.kept.query(
      `SELECT ${PASSKEY_COLUMNS} FROM passkey WHERE address = $1 ORDER BY created_at, id`,
      [address.toLowerCase()],
    );
  }

  /** What an authenticator is told of, so that it makes no second passkey for the account. */
  public async stored(address: string): Promise<StoredPasskey[]> {
    return this.kept.query(`SELECT ${STORED_COLUMNS} FROM passkey WHERE address = $1`, [
      address.toLowerCase(),
    ]);
  }

  /** The passkey of a credential id (base64url), whoever's it is. */
  public async find(credentialId: string): Promise<StoredPasskey | undefined> {
    const [row] = await this.kept.query<StoredPasskey[]>(
      `SELECT ${STORED_COLUMNS} FROM passkey WHERE credential_id = $1`,
      [credentialId],
    );
    return row;
  }

  /** @throws IdentityError `PASSKEY_INVALID` for a name or a credential that is taken, `PASSKEY_COUNT_EXCEEDED` beyond 20 */
  public async add(passkey: NewPasskey, now: Date): Promise<PasskeyRow> {
    const name = passkeyName(passkey.name);
    return this.kept.transaction(async (manager) => {
      const count = await lockedCount(manager, passkey.address);
      if (count >= MAX_PASSKEYS)
        throw new IdentityError(
          'PASSKEY_COUNT_EXCEEDED',
          `an account has at most ${MAX_PASSKEYS} passkeys; remove one that is not used`,
        );
      const [row] = await manager.query<PasskeyRow[]>(
        `INSERT INTO passkey (address, credential_id, public_key, rp_id, counter, transports, device_type, is_backed_up,
           name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (credential_id) DO NOTHING
         RETURNING ${PASSKEY_COLUMNS}`,
        [
          ...[passkey.address.toLowerCase(), passkey.credentialId, passkey.publicKey, passkey.rpId],
          ...[passkey.counter, passkey.transports, passkey.deviceType, passkey.isBackedUp, name, now],
        ],
      );
      if (row) return row;
      throw new IdentityError('PASSKEY_INVALID', 'credential: this passkey is known already');
    });
  }

  /**
   * Notes a use. The counter must have grown, unless the authenticator keeps none (0 each time); one that did not grow tells
   * of a copy, and the passkey opens nothing from then on.
   *
   * @returns false when the counter did not grow
   */
  public async use(id: string, counter: number, isBackedUp: boolean, now: Date): Promise<boolean> {
    const rows = await this.kept.query<unknown[]>(
      `WITH used AS (
         UPDATE passkey SET counter = $2, is_backed_up = $3, last_used_at = $4
         WHERE id = $1 AND copied_at IS NULL AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id)
       SELECT id FROM used`,
      [id, counter, isBackedUp, now],
    );
    if (rows.length > 0) return true;
    await this.kept.query('UPDATE passkey SET copied_at = COALESCE(copied_at, $2) WHERE id = $1', [id, now]);
    return false;
  }

  /** False when the account has no such passkey. @throws IdentityError `PASSKEY_INVALID` for what is no name */
  public async rename(address: string, id: string, name: string): Promise<boolean> {
    const rows = await this.kept.query<unknown[]>(
      `WITH renamed AS (
         UPDATE passkey SET name = $3 WHERE id::text = lower($1) AND address = $2 RETURNING id)
       SELECT id FROM renamed`,
      [id, address.toLowerCase(), passkeyName(name)],
    );
    return rows.length > 0;
  }

  /**
   * Removes a passkey and ends the sessions that began with it. The last one is removed only by somebody whose wallet
   * signed them in: who came by a passkey may have no wallet at hand and would shut themselves out.
   *
   * @param sessionId the session that asks
   * @returns false when the account has no such passkey
   * @throws IdentityError `PASSKEY_LAST`
   */
  public async remove(address: string, id: string, sessionId: string, now: Date): Promise<boolean> {
    return this.kept.transaction(async (manager) => {
      const owner = address.toLowerCase();
      await lockedCount(manager, owner);
      const [asked] = await manager.query<{ exists: boolean; others: boolean; byPasskey: boolean }[]>(
        `SELECT EXISTS (SELECT FROM passkey WHERE id::text = lower($1) AND address = $2) AS "exists",
           EXISTS (SELECT FROM passkey
             WHERE id::text <> lower($1) AND address = $2 AND copied_at IS NULL) AS others,
           EXISTS (SELECT FROM session WHERE id = $3 AND passkey_id IS NOT NULL) AS "byPasskey"`,
        [id, owner, sessionId],
      );
      if (!asked?.exists) return false;
      if (!asked.others && asked.byPasskey)
        throw new IdentityError(
          'PASSKEY_LAST',
          'id: this is the last passkey, and no wallet has signed you in here; sign in with the wallet to remove it, or add another first',
        );
      await manager.query(
        `UPDATE session SET ended_at = $2, ended_by = 'OWNER'
         WHERE passkey_id::text = lower($1) AND address = $3 AND ended_at IS NULL`,
        [id, now, owner],
      );
      await manager.query('DELETE FROM passkey WHERE id::text = lower($1) AND address = $2', [id, owner]);
      return true;
    });
  }
}

/** How many an account has; whoever else adds or removes one for it waits. */
async function lockedCount(manager: EntityManager, address: string): Promise<number> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('passkey:' || $1, 0))`, [
    address.toLowerCase(),
  ]);
  const [row] = await manager.query<{ count: number }[]>(
    'SELECT count(*)::integer AS count FROM passkey WHERE address = $1',
    [address.toLowerCase()],
  );
  return row?.count ?? 0;
}
