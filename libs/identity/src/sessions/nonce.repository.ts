import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { MESSAGE_LIFE_MS } from './check-message.js';

const NONCE_BYTES = 16;

/** Numbers that are used once: each signs in one message, in any api process over the same database. */
@Injectable()
export class NonceRepository {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /** Makes a nonce, good for ten minutes. */
  public async issue(now: Date): Promise<{ nonce: string; expiresAt: Date }> {
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    const expiresAt = new Date(now.getTime() + MESSAGE_LIFE_MS);
    await this.kept.query(
      `WITH gone AS (DELETE FROM sign_in_nonce WHERE expires_at <= $3)
       INSERT INTO sign_in_nonce (nonce, expires_at) VALUES ($1, $2)`,
      [nonce, expiresAt, now],
    );
    return { nonce, expiresAt };
  }

  /** @throws IdentityError `MESSAGE_REFUSED` when it was used, is too old, or was never given */
  public async spend(nonce: string, now: Date): Promise<void> {
    const spent = await this.kept.query<unknown[]>(
      `WITH spent AS (DELETE FROM sign_in_nonce WHERE nonce = $1 AND expires_at > $2 RETURNING nonce)
       SELECT nonce FROM spent`,
      [nonce, now],
    );
    if (spent.length > 0) return;
    throw new IdentityError(
      'MESSAGE_REFUSED',
      'message: Nonce: was used, is older than ten minutes, or is not ours; POST /auth/nonce gives a new one',
    );
  }
}
