import type { GrantRow, NewGrant } from './grant.rows.js';
import { grantedResource } from './granted-resource.js';
import { SharingError } from './sharing.errors.js';

const ADDRESS = /^0x[0-9a-f]{40}$/;
const FIELD = /^[A-Za-z][\w-]*(:[\w-]+)?$/;
const MAX_FIELDS = 50;

/** A grant that can be. */
export type CheckedGrant = Omit<GrantRow, 'id' | 'createdAt' | 'revokedAt'>;

/**
 * Checks what a partner wants to grant.
 *
 * @throws SharingError `GRANT_INVALID` naming the field, the reason and the way out
 * @example checkGrant('0x…', { grantee: '0x…', kind: 'EVENTS' }, new Date()).fields // null
 */
export function checkGrant(owner: string, asked: NewGrant, now: Date): CheckedGrant {
  const { kind, eventFrom = null, eventTo = null, fields = null, expiresAt = null } = asked;
  const followsCustody = asked.followsCustody ?? false;
  if (expiresAt && !(expiresAt > now))
    throw invalid('expiresAt: a moment to come, or none for a grant without an end');
  if (eventFrom && eventTo && !(eventTo > eventFrom)) throw invalid('eventTo: must be after eventFrom');
  if (kind === 'EVERYTHING' && (fields ?? eventFrom ?? eventTo) !== null)
    throw invalid('kind: EVERYTHING has no fields and no times; grant EVENTS instead');
  if (followsCustody && kind !== 'ITEM')
    throw invalid('followsCustody: custody is of items; leave it out, or grant an ITEM');
  return {
    owner: owner.toLowerCase(),
    grantee: granteeOf(owner, asked.grantee),
    kind,
    resource: resourceOf(asked),
    eventFrom,
    eventTo,
    fields: fields && fieldsOf(fields),
    followsCustody,
    expiresAt,
  };
}

function granteeOf(owner: string, grantee: string): string {
  const address = grantee.trim().toLowerCase();
  if (!ADDRESS.test(address))
    throw invalid('grantee: expected the address of a partner or an account, 0x and 40 hexadecimal digits');
  if (address === owner.toLowerCase()) throw invalid('grantee: you see your own rows; name somebody else');
  return address;
}

function resourceOf({ kind, resource }: NewGrant): string | null {
  const given = resource?.trim() ?? '';
  if (kind === 'EVERYTHING' || kind === 'EVENTS') {
    if (given !== '') throw invalid(`resource: ${kind} names none; leave it out`);
    return null;
  }
  if (given === '') throw invalid(`resource: say which ${kind}, by its identifier`);
  return grantedResource(kind, given);
}

function fieldsOf(fields: readonly string[]): string[] {
  const distinct = [...new Set(fields)];
  if (distinct.length === 0) throw invalid('fields: names none; leave it out for all of them');
  if (distinct.length > MAX_FIELDS) throw invalid(`fields: at most ${MAX_FIELDS}`);
  const odd = distinct.find((field) => !FIELD.test(field) || field.length > 100);
  if (odd !== undefined)
    throw invalid(`fields: ${JSON.stringify(odd.slice(0, 40))} is no field of an event, such as bizStep`);
  return distinct.sort();
}

function invalid(message: string): SharingError {
  return new SharingError('GRANT_INVALID', message);
}
