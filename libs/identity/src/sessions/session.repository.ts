import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { digestOf, newSecret } from '../secret.js';
import { SESSION_COLUMNS, SESSION_LIFE, type SessionRow, type SessionTokens } from './session.rows.js';

const MAX_DEVICE_LENGTH = 200;
const MAX_SHOWN = 100;

/** Sessions of people, in Postgres, so that every api process knows them and one that is ended is ended everywhere. */
@Injectable()
export class SessionRepository {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /**
   * Begins a session of somebody whose signature was checked. Those that ended long ago are forgotten.
   *
   * @param passkeyId the passkey that signed; none for a wallet
   */
  public async begin(
    address: string,
    device: string,
    now: Date,
    passkeyId: string | null = null,
  ): Promise<SessionTokens> {
    const tokens = newTokens(now, new Date(now.getTime() + SESSION_LIFE.longestMs));
    const [session] = await this.kept.query<SessionRow[]>(
      `WITH gone AS (DELETE FROM session WHERE ends_at <= $4)
       INSERT INTO session (address, device, ends_at, created_at, refreshed_at, access_sha256, access_expires_at,
         refresh_sha256, expires_at, passkey_id)
       VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9) RETURNING ${SESSION_COLUMNS}`,
      [
        address.toLowerCase(),
        deviceName(device),
        new Date(now.getTime() + SESSION_LIFE.longestMs),
        now,
        ...stored(tokens),
        passkeyId,
      ],
    );
    return { session: session!, ...shown(tokens) };
  }

  /** The session behind an access token, or undefined; the same one statement whatever the token. */
  public async find(accessToken: string, now: Date): Promise<SessionRow | undefined> {
    const [row] = await this.kept.query<SessionRow[]>(
      `SELECT ${SESSION_COLUMNS} FROM session
       WHERE access_sha256 = $1 AND access_expires_at > $2 AND ended_at IS NULL`,
      [digestOf(accessToken), now],
    );
    return row;
  }

  /**
   * Changes both tokens. A refresh token is good once: one that comes a second time was stolen, before or after, so the
   * session ends for both who hold it.
   *
   * @throws IdentityError `SESSION_ENDED`
   */
  public async refresh(refreshToken: string, now: Date): Promise<SessionTokens> {
    const digest = digestOf(refreshToken);
    const refreshed = await this.kept.transaction(async (manager) => {
      const [held] = await manager.query<{ id: string; endsAt: Date }[]>(
        `SELECT id, ends_at AS "endsAt" FROM session
         WHERE refresh_sha256 = $1 AND ended_at IS NULL AND expires_at > $2 FOR UPDATE`,
        [digest, now],
      );
      if (!held) return undefined;
      const tokens = newTokens(now, held.endsAt);
      await manager.query('INSERT INTO spent_refresh (refresh_sha256, session_id) VALUES ($1, $2)', [
        digest,
        held.id,
      ]);
      const [session] = await manager.query<SessionRow[]>(
        `WITH changed AS (
           UPDATE session SET access_sha256 = $2, access_expires_at = $3, refresh_sha256 = $4, expires_at = $5,
             refreshed_at = $6
           WHERE id = $1 RETURNING *)
         SELECT ${SESSION_COLUMNS} FROM changed`,
        [held.id, ...stored(tokens), now],
      );
      return { session: session!, ...shown(tokens) };
    });
    if (refreshed) return refreshed;
    await this.endReused(digest, now);
    throw new IdentityError('SESSION_ENDED', 'this session has ended; sign in again');
  }

  /** Sessions of an account that are not over, newest first; at most 100. */
  public async list(address: string, now: Date): Promise<SessionRow[]> {
    return this.kept.query(
      `SELECT ${SESSION_COLUMNS} FROM session WHERE address = $1 AND ended_at IS NULL AND expires_at > $2
       ORDER BY created_at DESC, id LIMIT ${MAX_SHOWN}`,
      [address.toLowerCase(), now],
    );
  }

  /** Ends a session of an account at once; false when it has none of that id that goes on. */
  public async end(address: string, id: string, now: Date): Promise<boolean> {
    const rows = await this.kept.query<unknown[]>(
      `WITH ended AS (
         UPDATE session SET ended_at = $3, ended_by = 'OWNER'
         WHERE id::text = lower($1) AND address = $2 AND ended_at IS NULL RETURNING id)
       SELECT id FROM ended`,
      [id, address.toLowerCase(), now],
    );
    return rows.length > 0;
  }

  private async endReused(digest: Buffer, now: Date): Promise<void> {
    await this.kept.query(
      `UPDATE session SET ended_at = $2, ended_by = 'REUSE' WHERE ended_at IS NULL
         AND id = (SELECT session_id FROM spent_refresh WHERE refresh_sha256 = $1)`,
      [digest, now],
    );
  }
}

interface NewTokens {
  readonly access: string;
  readonly accessExpiresAt: Date;
  readonly refresh: string;
  readonly expiresAt: Date;
}

function newTokens(now: Date, endsAt: Date): NewTokens {
  const until = (lifeMs: number): Date => new Date(Math.min(now.getTime() + lifeMs, endsAt.getTime()));
  return {
    access: newSecret('tha'),
    accessExpiresAt: until(SESSION_LIFE.accessMs),
    refresh: newSecret('thr'),
    expiresAt: until(SESSION_LIFE.idleMs),
  };
}

function stored({ access, accessExpiresAt, refresh, expiresAt }: NewTokens): unknown[] {
  return [digestOf(access), accessExpiresAt, digestOf(refresh), expiresAt];
}

function shown({ access, accessExpiresAt, refresh }: NewTokens): Omit<SessionTokens, 'session'> {
  return { accessToken: access, accessExpiresAt, refreshToken: refresh };
}

function deviceName(device: string): string {
  return device.replaceAll(/\p{Cc}/gu, ' ').slice(0, MAX_DEVICE_LENGTH);
}
