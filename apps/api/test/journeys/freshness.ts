import { describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../kit/api-under-test.js';

const AFTER = `query ($block: Int!, $wait: Int) @minBlock(number: $block, timeoutMs: $wait) {
  proposals(first: 1) { asOf { chainId blockNumber blockHash } } }`;

/** Reading one's own write, and the block that an answer is as of. */
export function freshness(api: () => ApiUnderTest): void {
  const head = async (): Promise<{ block: number; hash: string }> => {
    const [row] = await api().dataSource.query(
      'SELECT block_number::integer AS block, block_hash AS hash FROM chain_checkpoint WHERE chain_id = 31337',
    );
    return row as { block: number; hash: string };
  };
  const move = (by: number): Promise<unknown> =>
    api().dataSource.query('UPDATE chain_checkpoint SET block_number = block_number + $1', [by]);

  describe('an answer', () => {
    it('says the block that its list is as of', async () => {
      const { block, hash } = await head();
      const { data } = await api().post('{ events(first: 1) { asOf { chainId blockNumber blockHash } } }');
      expect(data).toEqual({
        events: { asOf: { chainId: 31_337, blockNumber: String(block), blockHash: hash } },
      });
    });

    it('says it beside the answer where a list is a plain one, and nothing where there is none', async () => {
      const { block, hash } = await head();
      const { extensions } = await api().post('{ models { id } }');
      expect(extensions).toMatchObject({
        asOf: { chainId: 31_337, blockNumber: String(block), blockHash: hash },
      });
      expect((await api().post('{ indexStatus { chainId } }')).extensions).toBeUndefined();
    });

    it('waits for the block that it is wanted to hold', async () => {
      const { block } = await head();
      const answer = api().post(AFTER, { block: block + 1, wait: 20_000 });
      await move(1);
      const { data, errors } = await answer;
      await move(-1);
      expect(errors).toEqual([]);
      expect(data).toMatchObject({ proposals: { asOf: { blockNumber: String(block + 1) } } });
    });

    it('fails in words when the block is not indexed in time', async () => {
      const { block } = await head();
      const { errors, status } = await api().post(AFTER, { block: block + 50, wait: 60 });
      expect(status).toBe(503);
      expect(errors[0]?.extensions).toEqual({ code: 'INDEX_BEHIND' });
      expect(errors[0]?.message).toMatch(
        new RegExp(`block ${block + 50} .*within 60 ms.*holds block ${block} `),
      );
    });

    it.each([
      [-1, 10],
      [1, -1],
      [1, 30_001],
    ])('refuses block %i and %i ms to wait', async (block, wait) => {
      const { errors } = await api().post(AFTER, { block, wait });
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['ARGUMENT_INVALID']);
    });

    it('tells of every chain that is indexed', async () => {
      const { data } = await api().post(
        '{ indexStatuses { chainId finalNumber rollbacks } indexStatus(chainId: 5) { chainId } }',
      );
      expect(data).toEqual({
        indexStatuses: [{ chainId: 31_337, finalNumber: null, rollbacks: 0 }],
        indexStatus: null,
      });
    });
  });
}
