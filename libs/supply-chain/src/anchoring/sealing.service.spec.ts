import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { anchorHead, leafOfSchema, merkleTree, toHex, type Hex } from '@tallyhouse/proofs';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipments,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from '../capture/capture.service.js';
import { AnchorRepository } from './anchor.repository.js';
import { GENESIS_HEAD, LEAF_SCHEMA_ID, type BatchLink } from './batch.js';
import { SealingService, type SealingLimits } from './sealing.service.js';

const SUBMITTER: Hex = '0x00000000000000000000000000000000000000c3';
const LIMITS: SealingLimits = { batchSize: 16, maxWaitMs: 60_000 };

interface BatchRow {
  id: string;
  partner: string;
  seq: string;
  root: Hex;
  count: number;
  prev_head: Hex;
  head: Hex;
}

jest.setTimeout(60_000);

describe('sealing on a real database', () => {
  let store: TestStore;
  let captures: CaptureService;
  let sealing: SealingService;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    sealing = new SealingService(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty();
    await store.rows('DELETE FROM trace_anchored');
  });

  const captured = async (from: number, count: number, partner = PARTNER): Promise<void> => {
    const outcome = await captures.capture(documentOf(shipments(from, count)), {
      partner,
      errorBehaviour: 'ROLLBACK',
    });
    expect(outcome.stored).toBe(count);
  };
  const soon = (): Date => new Date();
  const later = (): Date => new Date(Date.now() + LIMITS.maxWaitMs + 1_000);
  const batches = (): Promise<BatchRow[]> => store.rows('SELECT * FROM anchor_batch ORDER BY partner, seq');

  async function expectOneChain(rows: readonly BatchRow[]): Promise<void> {
    let prevHead = GENESIS_HEAD;
    for (const [index, row] of rows.entries()) {
      expect(row.seq).toBe(String(index + 1));
      expect(row.prev_head).toBe(prevHead);
      const link = { prevHead, root: row.root, count: row.count, schemaId: LEAF_SCHEMA_ID };
      expect(row.head).toBe(anchorHead({ ...link, seq: BigInt(row.seq) }));
      prevHead = row.head;
    }
  }

  it('seals full batches at once and what is left when it has waited long enough', async () => {
    await captured(0, 40);
    expect(await sealing.sealDue(SUBMITTER, LIMITS, soon())).toBe(2);
    expect(await store.count('anchor_queue')).toBe(8);
    expect(await sealing.sealDue(SUBMITTER, LIMITS, later())).toBe(1);
    expect(await store.count('anchor_queue')).toBe(0);
    expect((await batches()).map((batch) => batch.count)).toEqual([16, 16, 8]);
  });

  it('chains each batch of a partner to the one before', async () => {
    await captured(0, 40);
    await sealing.sealDue(SUBMITTER, LIMITS, later());
    await captured(100, 20);
    await sealing.sealDue(SUBMITTER, LIMITS, later());
    const rows = await batches();
    expect(rows).toHaveLength(5);
    await expectOneChain(rows);
  });

  it('keeps a chain of its own for each partner', async () => {
    await captured(0, 17);
    await captured(0, 17, OTHER_PARTNER);
    await sealing.sealDue(SUBMITTER, LIMITS, later());
    const rows = await batches();
    for (const partner of [PARTNER, OTHER_PARTNER]) {
      const own = rows.filter((row) => row.partner === partner.toLowerCase());
      expect(own).toHaveLength(2);
      await expectOneChain(own);
    }
  });

  it('makes the leaves that proofs expects, in order of capture, and their tree', async () => {
    await captured(0, 16);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const leaves = await store.rows<Record<string, Buffer> & { record_time: Date }>(
      `SELECT l.leaf, e.event_hash, e.jcs_sha256, e.disclosure_root, e.disclosure_secret, e.record_time
       FROM epcis_event e JOIN anchor_leaf l ON l.event_id = e.id ORDER BY e.seq`,
    );
    const stored = await store.rows<{ leaf: Buffer }>('SELECT leaf FROM anchor_leaf ORDER BY leaf_index');
    const expected = leaves.map((row) =>
      leafOfSchema(LEAF_SCHEMA_ID, {
        secret: toHex(row['disclosure_secret']!),
        eventHashId: toHex(row['event_hash']!),
        jcsSha256: toHex(row['jcs_sha256']!),
        disclosureRoot: toHex(row['disclosure_root']!),
        submitter: SUBMITTER,
        recordTime: BigInt(Math.floor(row.record_time.getTime() / 1_000)),
      })!,
    );
    expect(stored.map((row) => toHex(row.leaf))).toEqual(expected);
    expect((await batches())[0]?.root).toBe(merkleTree(expected).root);
  });

  it('seals nothing twice when it is asked twice', async () => {
    await captured(0, 16);
    expect(await sealing.sealDue(SUBMITTER, LIMITS, soon())).toBe(1);
    expect(await sealing.sealDue(SUBMITTER, LIMITS, later())).toBe(0);
    await captures.capture(documentOf(shipments(0, 16)), { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    expect(await sealing.sealDue(SUBMITTER, LIMITS, later())).toBe(0);
    expect(await store.count('anchor_leaf')).toBe(16);
  });

  it('never puts an event into two batches when several seal at once', async () => {
    await captured(0, 200);
    await captured(0, 60, OTHER_PARTNER);
    const others = await Promise.all([store.connect(), store.connect()]);
    const sealers = [sealing, ...others.map((source) => new SealingService(source))];
    const sealed = await Promise.all(sealers.map((sealer) => sealer.sealDue(SUBMITTER, LIMITS, later())));
    expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(13 + 4);
    const rows = await batches();
    for (const partner of [PARTNER, OTHER_PARTNER]) {
      await expectOneChain(rows.filter((row) => row.partner === partner.toLowerCase()));
    }
    expect(await store.count('anchor_queue')).toBe(0);
    expect(await store.count('anchor_leaf')).toBe(260);
    expect(await store.count('(SELECT DISTINCT event_id FROM anchor_leaf) d')).toBe(260);
  });

  it('gives the batches to be anchored partner by partner in order of their chain', async () => {
    await captured(0, 40);
    await captured(0, 20, OTHER_PARTNER);
    await sealing.sealDue(SUBMITTER, LIMITS, later());
    const repository = new AnchorRepository(store.source);
    const waiting = await repository.unanchored(100);
    expect(waiting.map(({ partner, seq }) => [partner, seq])).toEqual([
      [PARTNER.toLowerCase(), 1n],
      [PARTNER.toLowerCase(), 2n],
      [PARTNER.toLowerCase(), 3n],
      [OTHER_PARTNER, 1n],
      [OTHER_PARTNER, 2n],
    ]);
  });

  /** The chain has the partner's first batch, and two after it that this database does not know. */
  const chainGoesAhead = async (): Promise<BatchLink> => {
    const [first] = await batches();
    let link: BatchLink = { seq: 1n, head: first!.head };
    const anchored = async (seq: bigint, root: Hex, prevHead: Hex, head: Hex): Promise<void> => {
      await store.rows(
        `INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq,
           count, prev_head, head, schema_id, submitter, uri)
         VALUES (31337, $1::bigint, '0xb', 0, '0xt', now(), $2, $3, $1::bigint, 16, $4, $5, $6, $7, '')`,
        [seq.toString(), PARTNER.toLowerCase(), root, prevHead, head, LEAF_SCHEMA_ID, SUBMITTER],
      );
    };
    await anchored(1n, first!.root, GENESIS_HEAD, first!.head);
    for (const root of [`0x${'d1'.repeat(32)}`, `0x${'d2'.repeat(32)}`] as const) {
      const seq = link.seq + 1n;
      const head = anchorHead({ prevHead: link.head, root, count: 16, schemaId: LEAF_SCHEMA_ID, seq });
      await anchored(seq, root, link.head, head);
      link = { seq, head };
    }
    return link;
  };

  it('puts batches after those that the chain has and a restored database has not, once, leaves and roots as they were', async () => {
    await captured(0, 48);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const before = await batches();
    await store.rows(`UPDATE anchor_batch SET signature = '0x51', signature_deadline = 9 WHERE seq = 3`);
    let link = await chainGoesAhead();
    const repository = new AnchorRepository(store.source);
    expect(await repository.followChain()).toEqual([{ partner: PARTNER.toLowerCase(), batches: 2 }]);
    expect(await repository.followChain()).toEqual([]);
    const after = await batches();
    expect(after.map(({ root }) => root)).toEqual(before.map(({ root }) => root));
    expect(after.map(({ seq }) => seq)).toEqual(['1', '4', '5']);
    for (const { seq, root, prev_head: prevHead, head } of after.slice(1)) {
      expect(prevHead).toBe(link.head);
      expect(head).toBe(
        anchorHead({ prevHead, root, count: 16, schemaId: LEAF_SCHEMA_ID, seq: BigInt(seq) }),
      );
      link = { seq: BigInt(seq), head };
    }
    expect((await repository.unanchored(9)).map(({ signature }) => signature)).toEqual([null, null]);
  });

  it('seals after what the chain has, also when this database has nothing that waits', async () => {
    await captured(0, 16);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const link = await chainGoesAhead();
    await captured(100, 16);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const last = (await batches()).at(-1)!;
    expect([last.seq, last.prev_head]).toEqual(['4', link.head]);
  });

  it('lets batches be that follow what is indexed, though the chain may have more of them already', async () => {
    await captured(0, 48);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const before = await batches();
    await chainGoesAhead();
    await store.rows('DELETE FROM trace_anchored WHERE seq > 1');
    expect(await new AnchorRepository(store.source).followChain()).toEqual([]);
    expect(await batches()).toEqual(before);
  });

  it('counts what was tried and keeps the last reason of a failure', async () => {
    await captured(0, 16);
    await sealing.sealDue(SUBMITTER, LIMITS, soon());
    const repository = new AnchorRepository(store.source);
    const { id } = (await repository.unanchored(1))[0]!;
    await repository.markFailed(id, 'x'.repeat(5_000));
    const failed = await store.rows('SELECT attempts, length(last_error) AS length FROM anchor_batch');
    expect(failed).toEqual([{ attempts: 1, length: 2_000 }]);
    await repository.markSent(id, '0xabc', soon());
    const sent = await store.rows('SELECT attempts, last_error, tx_hash FROM anchor_batch');
    expect(sent).toEqual([{ attempts: 2, last_error: null, tx_hash: '0xabc' }]);
  });
});
