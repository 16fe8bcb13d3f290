import { beforeAll, describe, expect, it } from '@jest/globals';
import { unitHash } from '@tallyhouse/audit';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { PARTNER } from '../kit/chain-rows.js';
import { PALLET, piece } from '../kit/epcis-documents.js';
import { addPartner, addressOf, grant, type Headers } from '../kit/partners.js';
import type { World } from '../kit/world.js';

const OWNER = { 'x-api-key': API_KEY };
const ITEM = { kind: 'ITEM', resource: piece(2), followsCustody: true };
const NAMES = ['accomplice', 'thief', 'carrier', 'shop', 'latecomer'] as const;
type Name = (typeof NAMES)[number];
const ADDRESSES = Object.fromEntries(NAMES.map((name, index) => [name, addressOf(`c${index}`)])) as Record<
  Name,
  string
>;

/** Who inherits a grant that follows custody. */
export function followingCustody(api: () => ApiUnderTest, world: () => World): void {
  describe('a grant that follows custody', () => {
    const headers = new Map<Name, Headers>();
    const unit = unitHash(PALLET);

    beforeAll(async () => {
      for (const name of NAMES)
        headers.set(name, await addPartner(api(), world().chain, ADDRESSES[name], name));
      await grant(api(), OWNER, { grantee: addressOf('cf'), ...ITEM });
    });

    const accepted = async (sender: string, recipient: string): Promise<void> => {
      await world().chain.fact('custody_accepted', { unit, sender, recipient, block_time: new Date() });
      await world().chain.checkpoint();
    };
    const released = (holder: string): Promise<void> =>
      world().chain.fact('custody_released', { unit, holder, reason: 'found', block_time: new Date() });
    const seenBy = async (name: Name): Promise<number> => {
      const query = `{ events(first: 20, filter: { item: "${piece(2)}" }) { edges { node { id } } } }`;
      const { data } = await api().post(query, {}, headers.get(name));
      return (data!['events'] as { edges: unknown[] }).edges.length;
    };

    it('is not got by two others who pass the unit between them before its owner does', async () => {
      await accepted(ADDRESSES.accomplice, ADDRESSES.thief);
      expect([await seenBy('accomplice'), await seenBy('thief')]).toEqual([0, 0]);
    });

    it('goes with the unit from its owner to a carrier and on to a shop', async () => {
      await released(ADDRESSES.thief);
      await accepted(PARTNER, ADDRESSES.carrier);
      expect([await seenBy('carrier'), await seenBy('shop')]).toEqual([2, 0]);
      await accepted(ADDRESSES.carrier, ADDRESSES.shop);
      expect([await seenBy('carrier'), await seenBy('shop')]).toEqual([2, 2]);
      expect(await seenBy('thief')).toBe(0);
    });

    it('does not go on after a vote took the unit out of all hands', async () => {
      await released(ADDRESSES.shop);
      await accepted(ADDRESSES.accomplice, ADDRESSES.latecomer);
      expect([await seenBy('accomplice'), await seenBy('latecomer')]).toEqual([0, 0]);
      expect(await seenBy('shop')).toBe(2);
    });
  });
}
