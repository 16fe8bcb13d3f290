import type { ApiKey } from '../../network/viewer-types.js';

/** What each scope opens, for who chooses. */
export const SCOPES = [
  ['CAPTURE', 'Send events and texts'],
  ['QUERY', 'Keep named queries'],
  ['SUBSCRIBE', 'Subscribe webhooks'],
  ['PROFILE', 'Set profiles and measures'],
  ['JUDGE', 'Judge findings and labels'],
  ['RECALL', 'Open recalls and drills'],
  ['KEYS', 'Make keys and grants'],
] as const;

/** Days that a new key lasts; the last has no end. */
export const LIVES = [
  ['90', '90 days'],
  ['365', 'A year'],
  ['', 'Without an end'],
] as const;

/** Hours that a key goes on after it was rotated. */
export const GRACES = [
  ['24', 'a day'],
  ['168', 'a week'],
  ['0', 'not at all'],
] as const;

interface KeyStanding {
  value: string;
  tone: string;
  /** Whether it still opens anything, and so may be rotated and revoked. */
  isLive: boolean;
}

/** Where a key stands, with a word and a tone for its mark. */
export function keyStanding(key: ApiKey, nowMs: number): KeyStanding {
  if (key.revokedAt !== null) return { value: 'Revoked', tone: 'bad', isLive: false };
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= nowMs)
    return { value: 'Ended', tone: 'plain', isLive: false };
  if (key.replacedBy !== null) return { value: 'Being replaced', tone: 'warn', isLive: true };
  return { value: 'In force', tone: 'good', isLive: true };
}

/** Scopes in their words, or that it has all of them. */
export function scopeWords(scopes: readonly string[]): string {
  if (SCOPES.every(([scope]) => scopes.includes(scope))) return 'may do everything';
  return SCOPES.filter(([scope]) => scopes.includes(scope))
    .map(([, words]) => words.toLowerCase())
    .join(', ');
}
