import { describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { DataSource } from 'typeorm';
import { hash } from '../kit/chain-rows.js';
import { commissioning } from '../kit/epcis-documents.js';
import { addForecast, addSeries } from '../kit/forecast-rows.js';
import { capture, type World } from '../kit/world.js';

/** What a request costs the database. */
export function sqlStatements(api: () => ApiUnderTest, world: () => World): void {
  /** SQL statements that one request takes. */
  async function statements(query: string): Promise<number> {
    const dataSource = api().app.get(DataSource);
    const original = dataSource.query.bind(dataSource);
    let count = 0;
    dataSource.query = ((...parameters: Parameters<typeof original>) => {
      count += 1;
      return original(...parameters);
    }) as typeof dataSource.query;
    try {
      const { errors } = await api().post(query);
      expect(errors).toEqual([]);
    } finally {
      dataSource.query = original;
    }
    return count;
  }

  describe('number of SQL statements', () => {
    it('does not grow with the number of events', async () => {
      const query = (first: number): string => `{ events(first: ${first}) {
        edges { node { id status items { uri } anchor { root } captureJob { id errors { rule } } } } } }`;
      expect(await statements(query(1))).toBe(5);
      await capture(api(), commissioning(200, 40));
      expect(await statements(query(50))).toBe(5);
    });

    it('does not grow with the number of series', async () => {
      const query = `{ series(first: 50) { edges { node {
        observations(last: 4) { value } latestForecast { run { id commitment { txHash } score { count } } points { mean } }
      } } } }`;
      const before = await statements(query);
      for (const [index, product] of ['pears', 'plums', 'grapes'].entries()) {
        await addSeries(api().dataSource, hash(80 + index), product);
        await addForecast(api().dataSource, hash(80 + index));
      }
      expect(await statements(query)).toBe(before);
    });

    it('does not grow with the number of proposals', async () => {
      const query = `{ proposals { edges { node { id modelChange { fromVersion { id } toVersion { id proposal { id } } } } } } }`;
      const before = await statements(query);
      for (const id of ['81', '82', '83']) await world().chain.proposal(id, `Proposal ${id}`);
      expect(await statements(query)).toBe(before);
    });
  });
}
