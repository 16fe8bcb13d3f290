import type { ApiKeyRow } from '@tallyhouse/identity';

/** A key in a line: what it is, what it may do, and how it stands at a moment. */
export function keyLine(key: ApiKeyRow, now: Date): string {
  const { id, prefix, label, scopes, lastUsedAt } = key;
  const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'not used yet';
  return `${id}  ${prefix ?? 'th_…'}  ${label}: ${scopes.join(',')}; ${standing(key, now)}, ${used}`;
}

function standing({ revokedAt, expiresAt, replacedBy }: ApiKeyRow, now: Date): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  const replaced = replacedBy ? `replaced by ${replacedBy}, ` : '';
  if (!expiresAt) return 'in force';
  const verb = expiresAt <= now ? 'ended' : 'in force until';
  return `${replaced}${verb} ${expiresAt.toISOString()}`;
}
