import type { Viewer } from '@tallyhouse/database';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { PARTNER, type ChainRows } from '../kit/chain-rows.js';
import { piece } from '../kit/epcis-documents.js';
import { addPartner, addressOf as address, addSession, grant, revoke } from '../kit/partners.js';

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
    if (role !== 'owner' && role !== 'auditor') await addPartner(api, chain, partner, role);
  }
  await chain.fact('partner_removed', { partner: CAST.removed });
  await chain.checkpoint();
  await addSession(api, CAST.auditor, 'auditor');
  await grantAll(api);
}

async function grantAll(api: ApiUnderTest): Promise<void> {
  const give = (role: keyof typeof CAST, what: object): Promise<string> =>
    grant(api, headersOf('owner'), { grantee: CAST[role], ...what });
  const item = { kind: 'ITEM', resource: piece(1) };
  await give('buyer', item);
  await give('auditor', { ...item, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  await give('removed', { kind: 'EVERYTHING' });
  await give('parent', { kind: 'EVERYTHING' });
  await give('insurer', { kind: 'EVENTS', fields: ['eventTime', 'bizStep'] });
  await revoke(api, headersOf('owner'), await give('rejected', { kind: 'EVERYTHING' }));
  const late = await give('late', { kind: 'EVERYTHING' });
  await api.dataSource.query(
    `UPDATE data_grant SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1`,
    [late],
  );
}
