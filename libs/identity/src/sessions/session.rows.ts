/** Somebody signed in, on some device. */
export interface SessionRow {
  readonly id: string;
  /** Lower case. */
  readonly address: string;
  /** What the client called itself, at most 200 characters. */
  readonly device: string;
  readonly createdAt: Date;
  readonly refreshedAt: Date;
  /** When it ends unless it is refreshed. */
  readonly expiresAt: Date;
  /** When it ends however often it is refreshed. */
  readonly endsAt: Date;
  /** What it began with. */
  readonly way: 'WALLET' | 'PASSKEY';
}

/** Secrets of a session, given once each. */
export interface SessionTokens {
  readonly session: SessionRow;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
}

/** Columns of a {@link SessionRow}. */
export const SESSION_COLUMNS = `id, address, device, created_at AS "createdAt", refreshed_at AS "refreshedAt",
  expires_at AS "expiresAt", ends_at AS "endsAt",
  CASE WHEN passkey_id IS NULL THEN 'WALLET' ELSE 'PASSKEY' END AS way`;

/** How long tokens are good for, in milliseconds. */
export const SESSION_LIFE = {
  accessMs: 15 * 60_000,
  /** Of a refresh token that is not used. */
  idleMs: 14 * 86_400_000,
  /** Of a session, however often it is refreshed. */
  longestMs: 90 * 86_400_000,
} as const;
