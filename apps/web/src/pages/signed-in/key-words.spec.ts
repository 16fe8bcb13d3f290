import { describe, expect, it } from '@jest/globals';
import { keyStanding, SCOPES, scopeWords } from './key-words.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const key = (rest: object) =>
  ({ revokedAt: null, expiresAt: null, replacedBy: null, ...rest }) as Parameters<typeof keyStanding>[0];

describe('where a key stands', () => {
  it.each([
    [{}, 'In force'],
    [{ expiresAt: '2026-03-01T12:00:01Z' }, 'In force'],
    [{ expiresAt: '2026-03-01T12:00:00Z' }, 'Ended'],
    [{ replacedBy: 'x', expiresAt: '2026-03-02T12:00:00Z' }, 'Being replaced'],
    [{ revokedAt: '2026-02-01T12:00:00Z', expiresAt: '2026-02-02T12:00:00Z' }, 'Revoked'],
  ])('with %j is said as %s', (rest, word) => {
    expect(keyStanding(key(rest), NOW).value).toBe(word);
  });
});

describe('what a key may do', () => {
  it('is said in words, and shortly where it is everything', () => {
    expect(scopeWords(['QUERY', 'CAPTURE'])).toBe('send events and texts, keep named queries');
    expect(scopeWords(SCOPES.map(([scope]) => scope))).toBe('may do everything');
  });
});
