import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { IdentityError } from '../identity.errors.js';

const CHALLENGE_BYTES = 32;
/** As long as somebody may take to find the right finger. */
export const CHALLENGE_LIFE_MS = 3 * 60_000;

/** What a challenge was given for. */
export interface SpentChallenge {
  /** The page that asked for it, such as `https://tally.example`. */
  readonly origin: string;
  /** Who adds a passkey with it, lower case; null for signing in. */
  readonly address: string | null;
}

/** What passkeys sign: each challenge is good once, for three minutes, for one page and one purpose. */
@Injectable()
export class ChallengeRepository {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /** Makes a challenge, base64url. */
  public async issue(origin: string, address: string | null, now: Date): Promise<string> {
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    await this.kept.query(
      `WITH gone AS (DELETE FROM passkey_challenge WHERE expires_at <= $5)
       INSERT INTO passkey_challenge (challenge, origin, address, expires_at) VALUES ($1, $2, $3, $4)`,
      [challenge, origin, address?.toLowerCase() ?? null, new Date(now.getTime() + CHALLENGE_LIFE_MS), now],
    );
    return challenge;
  }

  /** @throws IdentityError `PASSKEY_REFUSED` when it was used, is too old, or was never given */
  public async spend(challenge: string, now: Date): Promise<SpentChallenge> {
    const [spent] = await this.kept.query<SpentChallenge[]>(
      `WITH spent AS (
         DELETE FROM passkey_challenge WHERE challenge = $1 AND expires_at > $2 RETURNING origin, address)
       SELECT origin, address FROM spent`,
      [challenge, now],
    );
    if (spent) return spent;
    throw new IdentityError(
      'PASSKEY_REFUSED',
      'challenge: was used, is older than three minutes, or is not ours; begin again',
    );
  }
}
