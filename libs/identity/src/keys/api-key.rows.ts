import type { KeyScope } from './scopes.js';

/** An API key without its secret. */
export interface ApiKeyRow {
  readonly id: string;
  /** Address of the partner, lower case. */
  readonly partner: string;
  readonly label: string;
  /** First signs of the key; null for one that was made before they were kept. */
  readonly prefix: string | null;
  readonly scopes: KeyScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** The key that took this one's place. */
  readonly replacedBy: string | null;
}

/** A key and its secret, which is given once. */
export interface IssuedKey {
  readonly secret: string;
  readonly key: ApiKeyRow;
}

/** What a new key is to be. */
export interface NewKey {
  readonly partner: string;
  /** What it is for, 1 to 200 characters. */
  readonly label: string;
  readonly scopes: readonly string[];
  /** When it ends by itself; null for never. */
  readonly expiresAt: Date | null;
}

/** Columns of an {@link ApiKeyRow}. */
export const KEY_COLUMNS = `id, partner, label, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt", revoked_at AS "revokedAt", replaced_by AS "replacedBy"`;
