import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const SHOWN_LENGTH = 7;

/** A new secret: 32 random bytes in base64url after a prefix that tells leak scanners and people what it is. */
export function newSecret(prefix: 'th' | 'tha' | 'thr'): string {
  return `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/**
 * SHA-256 of a secret, all that is ever stored. A secret has 256 random bits, so a slow hash would protect nothing; and
 * since only digests are compared, how long a comparison takes tells nothing about a stored secret.
 */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/**
 * The first signs of a secret, by which its owner knows it again.
 *
 * @example shownPrefix('th_Ab3dEfgh') // 'th_Ab3d…'
 */
export function shownPrefix(secret: string): string {
  return `${secret.slice(0, SHOWN_LENGTH)}…`;
}
