import { Injectable } from '@nestjs/common';
import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { IdentityError } from '../identity.errors.js';
import { digestOf } from '../secret.js';
import type { KeyScope } from './scopes.js';

const MAX_KEY_LENGTH = 256;
const USE_NOTED_EVERY_MS = 60_000;

/** A key that is in force. */
export interface KnownKey {
  readonly id: string;
  /** Address of the partner, lower case. */
  readonly partner: string;
  readonly scopes: readonly KeyScope[];
}

interface KeyState extends KnownKey {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly isRemoved: boolean;
}

/** Says whose an API key is, and why it opens nothing when it does not. */
@Injectable()
export class ApiKeyReader {
  private readonly kept: KeptQueries;

  public constructor(dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /**
   * The key behind a secret; its use is noted, at most once a minute. Only who holds a key learns that it ended: any
   * other text is answered alike, by the same one statement on its digest.
   *
   * @throws IdentityError `KEY_UNKNOWN`, `KEY_REVOKED`, `KEY_EXPIRED`, or `KEY_PARTNER_REMOVED` when governance has
   * removed the partner
   */
  public async known(secret: string | undefined, now: Date): Promise<KnownKey> {
    const found = await this.find((secret ?? '').slice(0, MAX_KEY_LENGTH + 1));
    if (!found) throw new IdentityError('KEY_UNKNOWN', "send a partner's API key in the header x-api-key");
    refuseEnded(found, now);
    const { id, partner, scopes, lastUsedAt } = found;
    if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= USE_NOTED_EVERY_MS) {
      await this.kept.query(
        `UPDATE partner_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)`,
        [id, now],
      );
    }
    return { id, partner, scopes };
  }

  private async find(secret: string): Promise<KeyState | undefined> {
    const [row]: KeyState[] = await this.kept.query(
      `SELECT id, partner, scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt",
         last_used_at AS "lastUsedAt",
         EXISTS (SELECT FROM partner_removed r WHERE r.partner = k.partner)
           AND NOT EXISTS (SELECT FROM partner_current c WHERE c.partner = k.partner) AS "isRemoved"
       FROM partner_key k WHERE key_sha256 = $1`,
      [digestOf(secret)],
    );
    return row;
  }
}

/** @throws IdentityError `KEY_SCOPE_MISSING` when one of `needed` is not among the key's scopes */
export function requireScopes(held: readonly KeyScope[], needed: readonly KeyScope[]): void {
  const missing = needed.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return;
  throw new IdentityError(
    'KEY_SCOPE_MISSING',
    `this key lacks the scope ${missing.join(', ')}; it has ${held.join(', ')}. Use a key that has it, or make one`,
  );
}

function refuseEnded({ revokedAt, expiresAt, isRemoved }: KeyState, now: Date): void {
  if (revokedAt !== null) {
    throw new IdentityError(
      'KEY_REVOKED',
      `this key was revoked at ${revokedAt.toISOString()}; use another, or make a new one`,
    );
  }
  if (expiresAt !== null && expiresAt <= now) {
    throw new IdentityError(
      'KEY_EXPIRED',
      `this key ended at ${expiresAt.toISOString()}; use the one that replaced it, or make a new one`,
    );
  }
  if (isRemoved) {
    throw new IdentityError(
      'KEY_PARTNER_REMOVED',
      'governance has removed this partner; its keys open nothing until it is registered again',
    );
  }
}
