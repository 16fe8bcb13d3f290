import { createHash, randomUUID } from 'node:crypto';
import type { Viewer } from '@tallyhouse/database';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { PARTNER, type ChainRows } from '../kit/chain-rows.js';
import { piece } from '../kit/epcis-documents.js';

const address = (pair: string): string => `0x${pair.repeat(20)}`;

/** Everybody who tries to read what one partner sent. */
export const CAST = {
  owner: PARTNER as string,
  /** A competitor. */
  other: address('b0'),
  /** Governance removed it; it has a grant from before. */
  removed: address('d0'),
  /** Was granted the events of one piece. */
  buyer: address('e1'),
  /** Was granted everything. */
  parent: address('e2'),
  /** Was granted the times and steps of all events. */
  insurer: address('e3'),
  /** Its grant has ended. */
  late: address('e4'),
  /** Its grant was revoked. */
  rejected: address('e5'),
  /** No partner: an account that signed in, with a grant of one piece. */
  auditor: address('e6'),
} as const;
export type Role = keyof typeof CAST | 'stranger';
export const ROLES = [...Object.keys(CAST), 'stranger'] as Role[];

const GRANT = 'mutation ($input: NewGrant!) { grant(input: $input) { id } }';
const REVOKE = 'mutation ($id: ID!) { revokeGrant(id: $id) { revokedAt } }';

/** Headers with which somebody asks. */
export function headersOf(role: Role): Record<string, string> {
  if (role === 'stranger') return {};
  if (role === 'auditor') return { authorization: 'Bearer tha_auditor' };
  return { 'x-api-key': role === 'owner' ? API_KEY : `key-of-${role}` };
}

/** Whom the api takes somebody for. */
export function viewerOf(role: Role): Viewer {
  if (role === 'stranger' || role === 'removed') return { partners: [], addresses: [], hasGrants: false };
  const partners = role === 'auditor' ? [] : [CAST[role]];
  return { partners, addresses: [CAST[role]], hasGrants: true };
}

/** Registers partners, removes one, gives them keys and the auditor a session, and lets the owner grant. */
export async function gather(api: ApiUnderTest, chain: ChainRows): Promise<void> {
  for (const [role, partner] of Object.entries(CAST)) {
    if (role === 'owner' || role === 'auditor') continue;
    await chain.fact('partner_registered', {
      partner,
      gln: '9521321000011',
      name: role,
      metadata_hash: '0x',
    });
    await api.dataSource.query('INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)', [
      ...[digest(`key-of-${role}`), partner, role],
    ]);
  }
  await chain.fact('partner_removed', { partner: CAST.removed });
  await chain.checkpoint();
  await api.dataSource.query(
    `INSERT INTO session (id, address, device, created_at, refreshed_at, access_sha256, access_expires_at, refresh_sha256,
       expires_at, ends_at)
     VALUES ($1, $2, 'laptop', now(), now(), $3, now() + interval '1 hour', $4, now() + interval '1 hour', now() + interval '1 day')`,
    [randomUUID(), CAST.auditor, digest('tha_auditor'), digest('thr_auditor')],
  );
  await grantAll(api);
}

async function grantAll(api: ApiUnderTest): Promise<void> {
  const item = { kind: 'ITEM', resource: piece(1) };
  await grant(api, 'buyer', item);
  await grant(api, 'auditor', { ...item, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  await grant(api, 'removed', { kind: 'EVERYTHING' });
  await grant(api, 'parent', { kind: 'EVERYTHING' });
  await grant(api, 'insurer', { kind: 'EVENTS', fields: ['eventTime', 'bizStep'] });
  const rejected = await grant(api, 'rejected', { kind: 'EVERYTHING' });
  await api.post(REVOKE, { id: rejected }, headersOf('owner'));
  const late = await grant(api, 'late', { kind: 'EVERYTHING' });
  await api.dataSource.query(
    `UPDATE data_grant SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
    [late],
  );
}

async function grant(api: ApiUnderTest, role: keyof typeof CAST, what: object): Promise<string> {
  const input = { grantee: CAST[role], ...what };
  const { data, errors } = await api.post(GRANT, { input }, headersOf('owner'));
  if (!data) throw new Error(`${role}: ${JSON.stringify(errors)}`);
  return (data['grant'] as { id: string }).id;
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
