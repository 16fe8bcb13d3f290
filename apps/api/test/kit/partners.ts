import { createHash, randomUUID } from 'node:crypto';
import type { ApiUnderTest } from './api-under-test.js';
import type { ChainRows } from './chain-rows.js';

export type Headers = Record<string, string>;

/** An address of twenty equal bytes. */
export const addressOf = (pair: string): string => `0x${pair.repeat(20)}`;

/** Registers a partner on chain and gives it a key; what it sends with a request. */
export async function addPartner(
  api: ApiUnderTest,
  chain: ChainRows,
  partner: string,
  name: string,
): Promise<Headers> {
  await chain.fact('partner_registered', { partner, gln: '9521321000011', name, metadata_hash: '0x' });
  const key = `key-of-${name}`;
  await api.dataSource.query('INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)', [
    ...[digest(key), partner, name],
  ]);
  return { 'x-api-key': key };
}

/** A session of an account that may be no partner; what it sends with a request. */
export async function addSession(api: ApiUnderTest, address: string, name: string): Promise<Headers> {
  await api.dataSource.query(
    `INSERT INTO session (id, address, device, created_at, refreshed_at, access_sha256, access_expires_at, refresh_sha256,
       expires_at, ends_at)
     VALUES ($1, $2, 'laptop', now(), now(), $3, now() + interval '1 hour', $4, now() + interval '1 hour', now() + interval '1 day')`,
    [randomUUID(), address, digest(`tha_${name}`), digest(`thr_${name}`)],
  );
  return { authorization: `Bearer tha_${name}` };
}

const GRANT = 'mutation ($input: NewGrant!) { grant(input: $input) { id } }';

/** Lets the owner whose headers are given grant something; the id of the grant. */
export async function grant(api: ApiUnderTest, owner: Headers, input: object): Promise<string> {
  const { data, errors } = await api.post(GRANT, { input }, owner);
  if (!data) throw new Error(JSON.stringify(errors));
  return (data['grant'] as { id: string }).id;
}

/** Ends a grant. */
export async function revoke(api: ApiUnderTest, owner: Headers, id: string): Promise<void> {
  const { errors } = await api.post(
    'mutation ($id: ID!) { revokeGrant(id: $id) { revokedAt } }',
    { id },
    owner,
  );
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
