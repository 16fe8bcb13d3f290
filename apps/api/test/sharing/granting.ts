import { beforeAll, describe, expect, it } from '@jest/globals';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { FACTORY, piece } from '../kit/epcis-documents.js';
import { addPartner, addressOf, grant, revoke, type Headers } from '../kit/partners.js';
import type { World } from '../kit/world.js';

const OWNER = { 'x-api-key': API_KEY };
const BUYER = addressOf('e1');
const NAMING = '{ events(first: 20, filter: { item: "%s" }) { edges { node { id } } } }';
const AUDIT = '{ readAudit(first: 50) { edges { node { reader operation rowCount grantId } } } }';

interface Note {
  readonly reader: string;
  readonly operation: string;
  readonly rowCount: number;
  readonly grantId: string;
}

/** What a grant opens, and what its owner is told of its use. */
export function granting(api: () => ApiUnderTest, world: () => World): void {
  describe('a grant', () => {
    let buyer: Headers;
    let first: string;
    let third: string;

    beforeAll(async () => {
      buyer = await addPartner(api(), world().chain, BUYER, 'buyer');
      await world().chain.checkpoint();
      first = await grant(api(), OWNER, { grantee: BUYER, kind: 'ITEM', resource: piece(1) });
      third = await grant(api(), OWNER, { grantee: BUYER, kind: 'ITEM', resource: piece(3) });
    });

    const ask = async (query: string, headers = buyer): Promise<Record<string, unknown>> => {
      const { data, errors } = await api().post(query, {}, headers);
      expect(errors).toEqual([]);
      return data!;
    };
    const eventsOf = async (serial: number, headers = buyer): Promise<{ id: string }[]> => {
      const { events } = await ask(NAMING.replace('%s', piece(serial)), headers);
      return (events as { edges: { node: { id: string } }[] }).edges.map(({ node }) => node);
    };
    const notes = async (): Promise<Note[]> => {
      const { readAudit } = await ask(AUDIT, OWNER);
      return (readAudit as { edges: { node: Note }[] }).edges.map(({ node }) => node);
    };
    /** What the owner is told anew of a reading. */
    const notesOf = async (reading: () => Promise<unknown>): Promise<Note[]> => {
      const before = (await notes()).length;
      await reading();
      const after = await notes();
      return after.slice(0, after.length - before);
    };

    it('of an item opens the events that name it, and each reading is noted by that grant alone', async () => {
      let seen: unknown[] = [];
      const noted = await notesOf(async () => (seen = await eventsOf(1)));
      // It was commissioned, and packed.
      expect(seen).toHaveLength(2);
      expect(noted).toContainEqual({
        reader: BUYER,
        operation: 'graphql events',
        rowCount: 2,
        grantId: first,
      });
      expect(noted.map(({ grantId }) => grantId)).not.toContain(third);
      expect(await eventsOf(4)).toEqual([]);
    });

    it('brings the capture along, and that is noted', async () => {
      const noted = await notesOf(() => ask(`{ captureJob(id: "${world().jobId}") { id state } }`));
      expect(new Set(noted.map(({ grantId }) => grantId))).toEqual(new Set([first, third]));
      expect(
        noted.every(({ operation, rowCount }) => operation === 'graphql captureJob' && rowCount > 0),
      ).toBe(true);
    });

    it('brings the batch along, and that is noted', async () => {
      const noted = await notesOf(() => ask('{ anchorBatches(first: 5) { edges { node { partner } } } }'));
      expect(noted).toContainEqual(
        expect.objectContaining({ operation: 'graphql anchorBatches', grantId: first }),
      );
    });

    it('of fields opens these and the type, and no event', async () => {
      const insurer = await addPartner(api(), world().chain, addressOf('e3'), 'insurer');
      await world().chain.checkpoint();
      await grant(api(), OWNER, {
        grantee: addressOf('e3'),
        kind: 'ITEM',
        resource: piece(2),
        fields: ['bizStep'],
      });
      const { sharedEvents } = await ask('{ sharedEvents(first: 9) { edges { node { body } } } }', insurer);
      const bodies = (sharedEvents as { edges: { node: { body: object } }[] }).edges.map(
        ({ node }) => node.body,
      );
      expect(bodies).toHaveLength(2);
      expect(bodies).toContainEqual({ type: 'ObjectEvent', bizStep: 'commissioning' });
      expect(bodies).toContainEqual({ type: 'AggregationEvent', bizStep: 'packing' });
      expect(await eventsOf(2, insurer)).toEqual([]);
    });

    it('of a place, or of all events of a time, opens these with what they name', async () => {
      const HERE = `{ events(first: 50, filter: { location: "${FACTORY}" }) { edges { node { id items { uri } } } } }`;
      const ALL = '{ events(first: 50) { edges { node { id items { uri } } } } }';
      const [watcher, farmer] = ['e5', 'e6'].map(addressOf);
      const [atPlace, ofTime] = [
        await addPartner(api(), world().chain, watcher!, 'watcher'),
        await addPartner(api(), world().chain, farmer!, 'farmer'),
      ];
      await world().chain.checkpoint();
      await grant(api(), OWNER, { grantee: watcher, kind: 'SITE', resource: FACTORY });
      await grant(api(), OWNER, { grantee: farmer, kind: 'EVENTS', eventTo: '2000-01-01T00:00:00Z' });
      const own = await ask(HERE, OWNER);
      expect(JSON.stringify(own)).toContain(piece(1));
      expect(await ask(HERE, atPlace)).toEqual(own);
      expect(await ask(ALL, ofTime)).toEqual({ events: { edges: [] } });
      await grant(api(), OWNER, { grantee: farmer, kind: 'EVENTS', eventFrom: '2000-01-01T00:00:00Z' });
      const noted = await notesOf(async () => expect(await ask(ALL, ofTime)).toEqual(await ask(ALL, OWNER)));
      expect(noted.filter(({ reader }) => reader === farmer)).toContainEqual(
        expect.objectContaining({ operation: 'graphql events', rowCount: expect.any(Number) }),
      );
    });

    it('opens nothing once it is revoked', async () => {
      await revoke(api(), OWNER, third);
      expect(await eventsOf(3)).toEqual([]);
      expect(await eventsOf(1)).toHaveLength(2);
    });

    it('is one of at most fifty that one partner gives another, until one is revoked', async () => {
      const input = { grantee: addressOf('e9'), kind: 'ITEM', resource: piece(5) };
      const given: string[] = [];
      for (let index = 0; index < 50; index += 1) given.push(await grant(api(), OWNER, input));
      await expect(grant(api(), OWNER, input)).rejects.toThrow(
        /grantee: 0x(e9)+ has 50 grants of yours in force.*revoke one first/,
      );
      await grant(api(), OWNER, { ...input, grantee: addressOf('e8') });
      await revoke(api(), OWNER, given[0]!);
      await grant(api(), OWNER, input);
    });

    it('is needed only while the partner shows nothing to everybody', async () => {
      const choose = (sharing: string): Promise<unknown> =>
        ask(`mutation { setSharing(sharing: ${sharing}) { sharing chosenAt } }`, OWNER);
      expect(await choose('OPEN')).toEqual({
        setSharing: { sharing: 'OPEN', chosenAt: expect.any(String) },
      });
      const shown = await eventsOf(4, {});
      await choose('PRIVATE');
      expect(shown).toHaveLength(1);
      expect(await eventsOf(4, {})).toEqual([]);
      expect(await eventsOf(1)).toHaveLength(2);
    });
  });
}
