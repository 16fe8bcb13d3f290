import { describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../kit/api-under-test.js';

/** Lists, page by page. */
export function pages(api: () => ApiUnderTest): void {
  describe('pages', () => {
    it('walk over every event once, in order', async () => {
      const times: string[] = [];
      const ids = new Set<string>();
      let after: string | null = null;
      do {
        const { data, errors } = await api().post(
          `query ($after: String) { events(first: 7, after: $after) {
             edges { node { id eventTime } } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        expect(errors).toEqual([]);
        const { edges, pageInfo } = data!['events'] as EventPage;
        for (const { node } of edges) {
          times.push(node.eventTime);
          ids.add(node.id);
        }
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      const [{ count }] = await api().dataSource.query('SELECT count(*)::integer FROM epcis_event');
      expect(ids.size).toBe(count);
      expect(times).toHaveLength(count);
      expect(times).toEqual(times.toSorted().toReversed());
    });

    it.each([
      ['events', [[1, 2], ['2026-02-31T00:00:00.000000Z', '5b1c7d0e-0000-4000-8000-000000000001'], ['x']]],
      ['series', [[1, 2], ['only one']]],
      ['forecastRuns', [['x'], [1, 2], [-1]]],
      ['proposals', [[1], [1, 2, 3], ['1', 'x'], ['1', '1; DROP']]],
      ['delegates', [[1], ['1', 'x'], ['x', `0x${'b2'.repeat(20)}`]]],
    ])('%s refuses a cursor of another list', async (list, positions) => {
      const cursors = positions.map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));
      for (const after of [...cursors, 'rubbish', 'x'.repeat(1_000)]) {
        const { errors } = await api().post(
          `query ($after: String) { ${list}(after: $after) { pageInfo { endCursor } } }`,
          {
            after,
          },
        );
        expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'CURSOR_INVALID' }]);
      }
    });

    it('filters combine', async () => {
      const { data } = await api().post(
        `{ anchored: events(filter: { status: ANCHORED, bizStep: "commissioning" }) { edges { node { id } } }
           sealed: events(filter: { status: SEALED }) { edges { node { id } } }
           packed: events(filter: { status: PENDING, type: "AggregationEvent" }) { edges { node { id } } }
           none: events(filter: { item: "urn:epc:id:sgtin:9521141.001234.1", to: "2020-01-01T00:00:00Z" }) { edges { node { id } } }
           item: events(filter: { item: "urn:epc:id:sgtin:9521141.001234.1" }) { edges { node { id } } } }`,
      );
      const counts = Object.entries(data as Record<string, EventPage>).map(([name, { edges }]) => [
        name,
        edges.length,
      ]);
      expect(Object.fromEntries(counts)).toEqual({ anchored: 4, sealed: 4, packed: 1, none: 0, item: 2 });
    });
  });
}

interface EventPage {
  readonly edges: readonly { node: { id: string; eventTime: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}
