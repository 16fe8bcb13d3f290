import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notify } from '@tallyhouse/database';
import type { Client } from 'graphql-ws';
import { API_KEY, type ApiUnderTest } from '../kit/api-under-test.js';
import { FIRST_VERSION, PROPOSAL_ID, VOTER } from '../kit/chain-rows.js';
import { documentedOperations, filledIn, type DocumentedOperation } from '../kit/documented-operations.js';
import { commissioning, PALLET, piece } from '../kit/epcis-documents.js';
import { SERIES_ID } from '../kit/forecast-rows.js';
import { firstMessage, liveClient } from '../kit/live.js';
import type { World } from '../kit/world.js';

const operations = documentedOperations();
const requests = operations.filter(({ text }) => !text.startsWith('subscription'));
const subscriptions = operations.filter(({ text }) => text.startsWith('subscription'));

/** Every operation that docs/graphql.md shows. */
export function documentedQueries(api: () => ApiUnderTest, world: () => World): void {
  describe('docs/graphql.md', () => {
    let client: Client;

    beforeAll(() => {
      client = liveClient(api());
    });

    afterAll(() => client?.dispose());

    async function run(operation: DocumentedOperation): Promise<Record<string, unknown>> {
      const [{ id: eventId }] = await api().dataSource.query(
        'SELECT id FROM epcis_event ORDER BY seq LIMIT 1',
      );
      const variables = filledIn(operation.variables, {
        'EPCIS document': commissioning(100, 2),
        'job id': world().failedJobId,
        'event id': eventId,
        item: piece(1),
        'series id': SERIES_ID,
        'version id': FIRST_VERSION,
        'proposal id': PROPOSAL_ID,
        account: VOTER,
      });
      const { data, errors } = await api().post(operation.text, variables, { 'x-api-key': API_KEY });
      expect(errors).toEqual([]);
      return data ?? {};
    }

    it('shows operations of every kind', () => {
      expect(operations.length).toBeGreaterThanOrEqual(17);
      expect(subscriptions).toHaveLength(4);
    });

    it.each(requests)('$name answers, and no field of it is empty', async (operation) => {
      const data = await run(operation);
      for (const [field, value] of Object.entries(data)) {
        expect([field, value]).not.toEqual([field, null]);
        if (isConnection(value)) expect([field, value.edges.length]).not.toEqual([field, 0]);
      }
    });

    it('an item tells where it is and what happened to it', async () => {
      const { item } = await run(operations.find(({ name }) => name === 'Item')!);
      expect(item).toMatchObject({
        uri: piece(1),
        eventCount: 2,
        lastSeen: '2026-01-06T08:00:00.000Z',
        lastBizStep: 'packing',
        disposition: 'active',
        containedIn: PALLET,
      });
      const { history } = item as { history: { edges: { node: { type: string } }[] } };
      expect(history.edges.map(({ node }) => node.type)).toEqual(['AggregationEvent', 'ObjectEvent']);
    });

    it('a failed job names event, place and rule', async () => {
      const { captureJob } = await run(operations.find(({ name }) => name === 'Job')!);
      expect(captureJob).toMatchObject({
        state: 'FAILED',
        stored: 0,
        rejected: 2,
        errors: [{ eventIndex: 1 }],
      });
    });

    it('a forecast carries quantiles by level, its commitment and the outcome so far', async () => {
      const { forecast } = await run(operations.find(({ name }) => name === 'Forecast')!);
      expect(forecast).toMatchObject({
        run: { commitment: { txHash: expect.stringMatching(/^0x/) } },
        points: [
          {
            step: 1,
            quantiles: [{ level: 0.1, value: 18 }, { level: 0.5 }, { level: 0.9 }],
            score: { actual: 24 },
          },
          { step: 2, score: null },
        ],
      });
    });

    it('a proposal shows which version would replace which', async () => {
      const { proposal } = await run(operations.find(({ name }) => name === 'Proposal')!);
      expect(proposal).toMatchObject({
        title: 'Demand model 2',
        votes: { edges: [{ node: { voter: VOTER, support: 1, weight: '1000' } }] },
        modelChange: {
          family: 'demand',
          fromVersion: { id: FIRST_VERSION },
          toVersion: { id: `0x${'02'.repeat(32)}` },
        },
      });
    });

    it.each(subscriptions)('$name delivers what Postgres is told', async ({ name, text, variables }) => {
      const { act, expected } = await pushes[name]!();
      const filled = filledIn(variables, { 'proposal id': PROPOSAL_ID });
      expect(await firstMessage(client, text, filled, act)).toMatchObject(expected);
    });

    /** What is done while somebody listens, and what they are told. */
    const pushes: Readonly<Record<string, () => Promise<{ act: () => Promise<void>; expected: object }>>> = {
      Captured: async () => {
        const { jobId } = world();
        const [{ id }] = await api().dataSource.query('SELECT id FROM epcis_event ORDER BY seq LIMIT 1');
        return {
          act: () => notify(api().dataSource, 'tallyhouse_capture', { jobId, count: 1, eventIds: [id] }),
          expected: { eventCaptured: { jobId, count: 1, events: [{ id, bizStep: 'commissioning' }] } },
        };
      },
      Activated: () => {
        const switched = { family: 'demand', versionId: FIRST_VERSION, state: 'RUNNING' };
        return Promise.resolve({
          act: () => notify(api().dataSource, 'tallyhouse_model', switched),
          expected: { modelActivated: { ...switched, proposalId: null } },
        });
      },
      ProposalChanged: () =>
        Promise.resolve({
          act: voteIndexed,
          expected: {
            proposalChanged: { proposalId: PROPOSAL_ID, kind: 'VOTES', proposal: { state: 'ACTIVE' } },
          },
        }),
      VoteCast: () =>
        Promise.resolve({
          act: voteIndexed,
          expected: {
            voteCast: { voter: VOTER, support: 1, reason: 'measured', proposal: { id: PROPOSAL_ID } },
          },
        }),
    };

    async function voteIndexed(): Promise<void> {
      const { chain } = world();
      await chain.vote(PROPOSAL_ID, VOTER, '1');
      await chain.checkpoint();
      const notice = { chainId: 31_337, blockNumber: chain.head, tables: ['vote_cast'] };
      await notify(api().dataSource, 'tallyhouse_index', notice);
    }
  });
}

function isConnection(value: unknown): value is { edges: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'edges' in value;
}
