import { describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../kit/api-under-test.js';

const SHOWN = `{
  proposals(first: 10) { edges { node { id forVotes state votes(first: 10) { edges { node { weight } } } } } asOf { chainId blockNumber } }
  votingPower(address: "0x${'b2'.repeat(20)}")
  models { id active { id } versions { id state } }
  partners { name }
  anchorBatches(first: 10) { edges { node { root status } } }
  events(first: 50) { edges { node { id status } } }
  indexStatus { chainId blockNumber counts { captured anchored pending proposals } }
}`;

/** A copy of the contracts on another chain, indexed into the same tables. */
export function otherChain(api: () => ApiUnderTest): void {
  const query = (sql: string, values?: unknown[]): Promise<Record<string, string>[]> =>
    api().dataSource.query(sql, values);

  /** Everything that the chain said, said once more by chain 10. */
  const repeatOnOtherChain = async (): Promise<string[]> => {
    const tables = await query(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t
         USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND c.column_name = 'block_hash' AND t.table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables)
      await query(
        `INSERT INTO public.${name} SELECT (jsonb_populate_record(own, '{"chain_id": 10}')).* FROM public.${name} own`,
      );
    return tables.map(({ name }) => name!);
  };

  describe('what another chain says', () => {
    it('changes no answer', async () => {
      const before = await api().post(SHOWN);
      expect(before.errors).toEqual([]);
      const tables = await repeatOnOtherChain();
      try {
        // A batch that waits at home and that a copy of the contract says it has.
        const [waiting] = await query(
          `INSERT INTO public.trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner,
             root, seq, count, prev_head, head, schema_id, submitter, uri)
           SELECT 10, 9000, '0x00', 0, '0x00', now(), partner, root, seq, count, prev_head, head, schema_id, submitter, uri
           FROM anchor_batch b WHERE NOT EXISTS (SELECT FROM trace_anchored t WHERE t.root = b.root) RETURNING root`,
        );
        expect(waiting).toBeDefined();
        expect((await api().post(SHOWN)).data).toEqual(before.data);
        const { data } = await api().post('{ indexStatuses { chainId } }');
        expect(data).toEqual({ indexStatuses: [{ chainId: 10 }, { chainId: 31_337 }] });
      } finally {
        for (const table of tables) await query(`DELETE FROM public.${table} WHERE chain_id = 10`);
      }
    });
  });
}
