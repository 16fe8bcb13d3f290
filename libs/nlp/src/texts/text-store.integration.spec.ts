import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  TEXT_LEAF_SCHEMA_ID,
  TEXT_STEP_NAMES,
  textLeaf,
  verifyBundle,
  verifyMerkleProof,
  type Hex,
} from '@tallyhouse/proofs';
import { AnchorRepository, CaptureService, SealingService } from '@tallyhouse/supply-chain';
import { deployLocal, ROLE, startAnvil } from '@tallyhouse/testing';
import { anchorOldest, relayerOf, rpcOf } from '../../../supply-chain/test/anchor-kit.js';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipment,
  shipments,
  type TestStore,
} from '../../../supply-chain/test/capture-kit.js';
import { assembleTextBundle } from '../bundle/text-bundle.reader.js';
import { TextProofReader } from '../read/text-proof.reader.js';
import { EventHarvest } from './event-harvest.service.js';
import { TextIntake } from './text-intake.service.js';
import type { TextInput } from './text-record.js';
import { TextSealing } from './text-sealing.service.js';

const SUBMITTER: Hex = '0x00000000000000000000000000000000000000c3';
const LIMITS = { batchSize: 16, maxWaitMs: 60_000 };
const NOW = new Date('2026-03-01T00:00:00Z');

jest.setTimeout(60_000);

const note = (number: number): TextInput => ({
  kind: 'INCIDENT',
  title: `Incident ${number}`,
  body: `Pallet ${number} was dropped at the dock; write to jo${number}@example.org`,
  writtenAt: new Date(Date.UTC(2026, 0, 1, 0, number)),
  reference: `incident-${number}`,
  sites: ['urn:epc:id:sgln:9521141.00001.0'],
});

describe('texts on a real database', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.source.query('TRUNCATE text, text_anchor_queue CASCADE');
    await store.empty();
  });

  const take = (inputs: readonly TextInput[], partner = PARTNER) =>
    new TextIntake(store.source).take(inputs, partner, 'IMPORT', NOW);
  const seal = (now = new Date(NOW.getTime() + 61_000)) =>
    new TextSealing(store.source).sealDue(SUBMITTER, LIMITS, now);

  it('are stored once, masked, with identifiers in one form', async () => {
    const texts = [note(1), note(2), note(1)];
    expect(await take(texts)).toMatchObject({ stored: 2, duplicate: 1, refused: [] });
    expect(await take(texts)).toMatchObject({ stored: 0, duplicate: 3 });
    const rows = await store.rows(
      'SELECT body, masked, language, search_config::text FROM text ORDER BY seq',
    );
    expect(rows[0]).toEqual({
      body: 'Pallet 1 was dropped at the dock; write to [EMAIL]',
      masked: { EMAIL: 1 },
      language: 'en',
      search_config: 'english',
    });
    expect(await store.rows('SELECT DISTINCT role, uri FROM text_link')).toEqual([
      { role: 'SITE', uri: 'https://id.gs1.org/414/9521141000014' },
    ]);
    expect(await store.count('text_anchor_queue')).toBe(2);
  });

  it('of which some are bad are taken but for those, and the faults name field and way out', async () => {
    const outcome = await take([
      note(1),
      { ...note(2), body: ' \u200b … ' },
      { ...note(3), body: 'x'.repeat(20_001), title: 't'.repeat(501) },
      { ...note(4), writtenAt: new Date(Number.NaN) },
    ]);
    expect(outcome).toMatchObject({ stored: 1, duplicate: 0 });
    expect(outcome.refused.map(({ index, faults }) => [index, faults.map(({ field }) => field)])).toEqual([
      [1, ['body']],
      [2, ['title', 'body']],
      [3, ['writtenAt']],
    ]);
    expect(outcome.refused[1]?.faults[0]?.reason).toBe('501 characters, at most 500 are taken; split it');
  });

  it('are sealed into the one chain of batches that events are sealed into', async () => {
    await new CaptureService(store.source).capture(documentOf(shipments(0, 16)), {
      partner: PARTNER,
      errorBehaviour: 'ROLLBACK',
    });
    await new SealingService(store.source).sealDue(SUBMITTER, LIMITS, new Date());
    await take(Array.from({ length: 20 }, (_, number) => note(number)));
    await take([note(1)], OTHER_PARTNER);
    expect(await seal(NOW)).toBe(1);
    expect(await seal()).toBe(2);
    expect(await seal()).toBe(0);
    const batches = await new AnchorRepository(store.source).unanchored(10);
    const own = batches.filter(({ partner }) => partner === PARTNER.toLowerCase());
    expect(own.map(({ seq, count }) => [seq, count])).toEqual([
      [1n, 16],
      [2n, 16],
      [3n, 4],
    ]);
    expect(own.slice(1).map(({ schemaId }) => schemaId)).toEqual([TEXT_LEAF_SCHEMA_ID, TEXT_LEAF_SCHEMA_ID]);
    const heads = await store.rows<{ prev_head: Hex; head: Hex }>(
      'SELECT prev_head, head FROM anchor_batch WHERE partner = $1 ORDER BY seq',
      [PARTNER.toLowerCase()],
    );
    expect(heads[1]?.prev_head).toBe(heads[0]?.head);
    expect(heads[2]?.prev_head).toBe(heads[1]?.head);
  });

  it('on chain are proved from their hash to the block, and one altered in the database is not', async () => {
    const { ids } = await take(Array.from({ length: 5 }, (_, number) => note(number)));
    await seal();
    const proofs = new TextProofReader(store.source);
    expect(await proofs.find(ids[3]!)).toBeUndefined();
    await store.source.query(
      `INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root,
         seq, count, prev_head, head, schema_id, submitter, uri)
       SELECT 31337, 9, $1, 0, $1, now(), partner, root, seq, count, prev_head, head, schema_id, submitter, uri
       FROM anchor_batch`,
      [`0x${'09'.repeat(32)}`],
    );
    const proof = (await proofs.find(ids[3]!))!;
    const { textSha256, recordSha256 } = proof;
    const recordTime = BigInt(NOW.getTime() / 1_000);
    const leaf = textLeaf({ textSha256, recordSha256, submitter: SUBMITTER, recordTime });
    expect(leaf).toBe(proof.leaf);
    expect(verifyMerkleProof(proof.root, leaf, proof.path)).toBe(true);
    expect(proof).toMatchObject({ blockNumber: '9', intact: true, schemaId: TEXT_LEAF_SCHEMA_ID });
    await store.source.query(`UPDATE text SET body = 'nothing happened' WHERE id = $1`, [ids[3]!]);
    expect((await proofs.find(ids[3]!))?.intact).toBe(false);
  });

  it('lead from their words to a block of a real chain, and an altered one is not handed out', async () => {
    const chain = await startAnvil();
    try {
      const local = await deployLocal(chain.rpcUrl);
      const partner = local.people[ROLE.partner]!.account.address.toLowerCase();
      await store.source.query(
        `INSERT INTO partner_registered VALUES (31337, 1, 'h', 0, 't', 'epoch', $1, '4012345000009', 'Harbour', '')`,
        [partner],
      );
      const { ids } = await take(
        Array.from({ length: 5 }, (_, number) => note(number)),
        partner,
      );
      const [rpc, textId] = [rpcOf(local), ids[3]!];
      const registry = local.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
      const request = { dataSource: store.source, rpc, registry, textId };
      const unsealed = assembleTextBundle({ ...request, textId: ids[0]! });
      await expect(unsealed).rejects.toMatchObject({ code: 'NOT_ANCHORED' });
      const later = new Date(NOW.getTime() + 61_000);
      await new TextSealing(store.source).sealDue(relayerOf(local), LIMITS, later);
      const header = await anchorOldest(local, store.source);
      const bundle = await assembleTextBundle(request);
      const anchorContract = local.deployment.contracts.TraceAnchor.address;
      const result = verifyBundle(JSON.parse(JSON.stringify(bundle)), { header, anchorContract, registry });
      expect(result.says).toContain('valid as of block');
      expect(result.steps.map(({ status }) => status)).toEqual(TEXT_STEP_NAMES.map(() => 'ok'));
      expect(result.facts?.shown[0]?.value).toContain('Pallet 3 was dropped at the dock');
      await store.source.query(`UPDATE text SET body = 'nothing happened' WHERE id = $1`, [textId]);
      await expect(assembleTextBundle(request)).rejects.toMatchObject({ code: 'DATABASE_INCONSISTENT' });
      const nobody = assembleTextBundle({ ...request, textId: 'nonsense' });
      await expect(nobody).rejects.toMatchObject({ code: 'TEXT_UNKNOWN' });
    } finally {
      await chain.stop();
    }
  });

  it('come out of the extensions of captured events, each batch once', async () => {
    const noted = { ...shipment(1), 'ex:inspectionNote': 'Seal broken, two cartons wet and crushed' };
    const document = {
      ...documentOf([noted, shipment(2)]),
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { ex: 'https://example.org/terms/' },
      ],
    };
    const capture = await new CaptureService(store.source).capture(document, {
      partner: PARTNER,
      errorBehaviour: 'ROLLBACK',
    });
    expect(capture.stored).toBe(2);
    await new SealingService(store.source).sealDue(SUBMITTER, LIMITS, new Date(Date.now() + 61_000));
    const harvest = new EventHarvest(store.source);
    expect(await harvest.run(NOW)).toEqual({ batches: 1, stored: 1 });
    expect(await harvest.run(NOW)).toEqual({ batches: 0, stored: 0 });
    const [row] = await store.rows('SELECT kind, source, body FROM text');
    expect(row).toEqual({
      kind: 'INSPECTION',
      source: 'EVENT',
      body: 'Seal broken, two cartons wet and crushed',
    });
    const links = await store.rows<{ role: string }>('SELECT role FROM text_link ORDER BY role');
    expect(links.map(({ role }) => role)).toEqual(['DESTINATION', 'ITEM', 'PRODUCT', 'SITE']);
    await seal();
    expect(await harvest.run(NOW)).toEqual({ batches: 0, stored: 0 });
  });
});
