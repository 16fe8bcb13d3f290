import { IdentityError } from '../identity.errors.js';

/** What a key may do, one name for each group of operations that nobody may do without one. */
export const KEY_SCOPES = ['capture', 'query', 'subscribe', 'profile', 'judge', 'recall', 'keys'] as const;

/** One of {@link KEY_SCOPES}; what each opens is in docs/access.md. */
export type KeyScope = (typeof KEY_SCOPES)[number];

/**
 * Reads names of scopes.
 *
 * @throws IdentityError `KEY_INVALID` when there is none, or one is no scope
 * @example readScopes(['query', 'capture', 'query']) // ['capture', 'query']
 */
export function readScopes(names: readonly string[]): KeyScope[] {
  const asked = new Set(names);
  const unknown = names.find((name) => !KEY_SCOPES.some((scope) => scope === name));
  if (unknown !== undefined || asked.size === 0) {
    const found = unknown === undefined ? 'none is named' : `${JSON.stringify(unknown.slice(0, 40))} is none`;
    throw new IdentityError('KEY_INVALID', `scopes: ${found}; there are ${KEY_SCOPES.join(', ')}`);
  }
  return KEY_SCOPES.filter((scope) => asked.has(scope));
}
