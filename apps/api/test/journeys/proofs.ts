import { describe, expect, it } from '@jest/globals';
import { blindedLeaf, verifyMerkleProof, type Hex } from '@tallyhouse/proofs';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { seal, type World } from '../kit/world.js';

const PROOF = `query ($id: ID!) { proof(eventId: $id) {
  eventHashId jcsSha256 content disclosureRoot submitter recordTimeSeconds leaf path root } }`;

type Proof = Record<
  'eventHashId' | 'jcsSha256' | 'content' | 'disclosureRoot' | 'submitter' | 'leaf' | 'root',
  Hex
> & {
  readonly path: Hex[];
  readonly recordTimeSeconds: string;
};

/** Whether a proof proves, and what is said when the stored leaves were touched. */
export function proofs(api: () => ApiUnderTest, world: () => World): void {
  describe('proofs', () => {
    const eventsOfBatch = async (seq: number): Promise<string[]> => {
      const rows: { event_id: string }[] = await api().dataSource.query(
        `SELECT l.event_id FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id WHERE b.seq = $1
         ORDER BY l.leaf_index`,
        [seq],
      );
      return rows.map((row) => row.event_id);
    };

    it('lead from the four parts of the leaf to the anchored root, for every event of a batch', async () => {
      const ids = await eventsOfBatch(1);
      expect(ids).toHaveLength(4);
      for (const id of ids) {
        const { data } = await api().post(PROOF, { id });
        const proof = data?.['proof'] as Proof;
        expect(blindedLeaf({ ...proof, recordTime: BigInt(proof.recordTimeSeconds) })).toBe(proof.leaf);
        expect(verifyMerkleProof(proof.root, proof.leaf, proof.path)).toBe(true);
        expect(verifyMerkleProof(proof.root, proof.jcsSha256, proof.path)).toBe(false);
      }
    });

    it.each(['not-an-id', '00000000-0000-4000-8000-000000000000'])('of %s is null', async (id) => {
      expect(await api().post(PROOF, { id })).toMatchObject({ data: { proof: null }, errors: [] });
    });

    it('of an event whose batch is not on chain is null', async () => {
      const [id] = await eventsOfBatch(2);
      expect(await api().post(PROOF, { id })).toMatchObject({ data: { proof: null }, errors: [] });
    });

    it('are refused when a stored leaf was altered', async () => {
      await seal(api());
      await world().chain.anchorNext();
      const [id] = await eventsOfBatch(2);
      await api().dataSource.query(
        `UPDATE anchor_leaf SET leaf = decode(repeat('ab', 32), 'hex') WHERE event_id = $1`,
        [id],
      );
      const { errors } = await api().post(PROOF, { id });
      expect(errors[0]?.extensions).toEqual({ code: 'PROOF_INCONSISTENT' });
    });
  });
}
