import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notify } from '@tallyhouse/database';
import type { Client } from 'graphql-ws';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { PROPOSAL_ID } from '../kit/chain-rows.js';
import { firstMessage, liveClient } from '../kit/live.js';
import type { World } from '../kit/world.js';

const CHANGED =
  'subscription ($id: ID) { proposalChanged(id: $id) { proposalId kind state proposal { state } } }';

/** What subscribers are told of proposals beside votes. */
export function governanceLive(api: () => ApiUnderTest, world: () => World): void {
  describe('proposals, live', () => {
    let client: Client;
    let made = 200;

    beforeAll(() => {
      client = liveClient(api());
    });
    afterAll(() => client?.dispose());

    const indexed = async (notice: { tables: string[]; rolledBackTo?: number }): Promise<void> => {
      await world().chain.checkpoint();
      const { head: blockNumber } = world().chain;
      await notify(api().dataSource, 'tallyhouse_index', { chainId: 31_337, blockNumber, ...notice });
    };

    it('tell of a state, and of the proposal as it then stands', async () => {
      const { proposalChanged } = await firstMessage(client, CHANGED, {}, async () => {
        made += 1;
        await world().chain.proposal(String(made), `Proposal ${made}`);
        await indexed({ tables: ['proposal_created'] });
      });
      const { kind, state, proposal } = proposalChanged as {
        kind: string;
        state: string;
        proposal: { state: string };
      };
      expect(kind).toBe('STATE');
      expect(['PENDING', 'ACTIVE']).toContain(state);
      expect(proposal.state).toBe(state);
    });

    it('tell of a state that only the clock brought, of the proposal asked for alone', async () => {
      const id = String((made += 1));
      await world().chain.proposal(id, 'Opens soon');
      // Far enough that the subscription stands before the clock, a minute a block, comes there.
      await api().dataSource.query(
        `UPDATE proposal_created SET vote_start = vote_start + interval '15 minutes' WHERE proposal_id = $1`,
        [id],
      );
      await indexed({ tables: ['proposal_created'] });
      const other = String((made += 1));
      let voters = 0;
      const { proposalChanged } = await firstMessage(client, CHANGED, { id }, async () => {
        voters += 1;
        await world().chain.vote(other, `0x${voters.toString(16).padStart(40, '0')}`, '1');
        await indexed({ tables: ['vote_cast'] });
      });
      expect(proposalChanged).toEqual({
        proposalId: id,
        kind: 'STATE',
        state: 'ACTIVE',
        proposal: { state: 'ACTIVE' },
      });
    });

    it('tell whoever shows an open proposal that a reorganisation may have changed it', async () => {
      const { proposalChanged } = await firstMessage(client, CHANGED, { id: PROPOSAL_ID }, () =>
        indexed({ tables: [], rolledBackTo: world().chain.head }),
      );
      expect(proposalChanged).toMatchObject({ proposalId: PROPOSAL_ID, kind: 'TAKEN_BACK', state: null });
    });
  });
}
