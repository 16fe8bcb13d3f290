import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { traceAnchorAbi } from '@tallyhouse/chain';
import { toHex, type Hex } from '@tallyhouse/proofs';
import { AnchorRepository, CaptureService, SealingService } from '@tallyhouse/supply-chain';
import {
  deployLocal,
  ROLE,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { ROOT } from '../paths.js';
import type { IndexSource } from './index-source.js';
import { outcomeLines, rebuildEvents } from './rebuild-events.js';
import { runIndexer } from './run-indexer.js';

const built = existsSync(join(ROOT, 'dist/apps/indexer/src/main.js'));
if (!built) console.warn('rebuild from the chain: skipped, the programs are not built (npm run build)');

/** Rows of one table, save what only the first database can know: order of arrival, times of sealing and sending. */
const TABLES = {
  epcis_event: `SELECT to_jsonb(e) - 'seq' - 'body' || jsonb_build_object('body', e.body::text) AS row FROM epcis_event e`,
  event_item: 'SELECT to_jsonb(i) AS row FROM event_item i',
  event_biz_tx: 'SELECT to_jsonb(t) AS row FROM event_biz_tx t',
  event_source_dest: 'SELECT to_jsonb(p) AS row FROM event_source_dest p',
  event_correction: 'SELECT to_jsonb(c) AS row FROM event_correction c',
  anchor_queue: 'SELECT to_jsonb(q) AS row FROM anchor_queue q',
  anchor_batch: `SELECT to_jsonb(b) - '{id,sealed_at,sent_at,attempts,tx_hash}'::text[] AS row FROM anchor_batch b`,
  anchor_leaf: `SELECT to_jsonb(l) - 'batch_id' || jsonb_build_object('seq', b.seq) AS row
    FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id`,
} as const;

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { own: 'https://own.example/' },
];
const event = (index: number, more: object = {}) => ({
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
  ...{
    eventTime: `2026-03-01T08:00:${String(index % 60).padStart(2, '0')}.25Z`,
    eventTimeZoneOffset: '+01:00',
  },
  epcList: [`https://id.gs1.org/01/09521141000014/21/${index}`],
  bizTransactionList: [{ type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:9521141000005:${index}` }],
  'own:remark': `Zürich ${index}`,
  ...more,
});
const documentOf = (eventList: object[]) => ({
  '@context': CONTEXT,
  ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-01T08:00:00Z' },
  epcisBody: { eventList },
});

(built ? describe : describe.skip)('a database rebuilt from the chain alone', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let folder: string;
  let first: DataSource;
  let second: DataSource;
  let source: IndexSource;
  let partner: Hex;

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    partner = local.people[ROLE.partner]!.account.address.toLowerCase() as Hex;
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-rebuild-'));
    const deploymentPath = join(folder, 'deployment.json');
    await writeFile(deploymentPath, JSON.stringify(local.deployment));
    const databaseUrl = await postgres.createTestDatabase('second');
    [first, second] = (await Promise.all(
      [await postgres.createTestDatabase('first'), databaseUrl].map((url) =>
        migrationDataSource(url).initialize(),
      ),
    )) as [DataSource, DataSource];
    await first.runMigrations();
    await second.runMigrations();
    source = { databaseUrl, rpcUrls: [chain.rpcUrl], deploymentPath, deployment: local.deployment };
  }, 90_000);
  afterAll(async () => {
    await Promise.all([first?.destroy(), second?.destroy()]);
    await Promise.all([postgres?.stop(), chain?.stop(), rm(folder, { recursive: true })]);
  });

  const rowsOf = async (of: DataSource, sql: string): Promise<string[]> => {
    const rows: { row: object }[] = await of.query(sql);
    return rows.map(({ row }) => JSON.stringify(row)).sort();
  };
  const capture = async (events: object[]): Promise<void> => {
    const outcome = await new CaptureService(first).capture(documentOf(events), {
      ...{ partner, errorBehaviour: 'ROLLBACK' },
    });
    expect(outcome.state).toBe('SUCCEEDED');
  };
  /** Seals what waits and anchors it with what `payloadOf` gives for its payload. */
  const anchor = async (payloadOf: (payload: Buffer) => Hex): Promise<void> => {
    const wallet = local.people[ROLE.relayer]!;
    const submitter = wallet.account.address.toLowerCase() as Hex;
    const limits = { batchSize: 100, maxWaitMs: 0, carryPayload: true };
    await new SealingService(first).sealDue(submitter, limits, new Date(Date.now() + 1_000));
    const known: { head: Hex }[] = await first.query(
      'SELECT head FROM anchor_batch WHERE tx_hash IS NOT NULL',
    );
    const { address } = local.deployment.contracts.TraceAnchor;
    for (const batch of await new AnchorRepository(first).unanchored(10)) {
      if (known.some(({ head }) => head === batch.head)) continue;
      const { root, count, prevHead, schemaId, uri, payload, id } = batch;
      const hash = await wallet.writeContract({
        ...{ address, abi: traceAnchorAbi, functionName: 'anchorWithPayload', chain: null, gas: 5_000_000n },
        args: [{ partner, root, count, prevHead, schemaId, uri }, payloadOf(payload!)],
      });
      const receipt = await local.publicClient.waitForTransactionReceipt({ hash });
      expect(receipt.status).toBe('success');
      await new AnchorRepository(first).markSent(id, hash, new Date());
    }
  };
  const indexed = async (): Promise<void> => {
    const upTo = Number(await local.publicClient.getBlockNumber());
    await runIndexer(source, {
      ...{ databaseUrl: source.databaseUrl, upTo, verify: 'all' },
      onProgress: () => undefined,
    });
  };

  it('has the same events, leaves and batches, and takes nothing twice', async () => {
    await capture([event(1), event(2), event(3)]);
    await capture([
      event(1, { errorDeclaration: { declarationTime: '2026-03-02T08:00:00Z', reason: 'incorrect_data' } }),
      ...Array.from({ length: 150 }, (_, index) => event(10 + index)),
    ]);
    await anchor((payload) => toHex(payload));
    await indexed();
    const outcome = await rebuildEvents(source);
    expect(outcome).toEqual({ batches: 2, events: 154, present: 0, withoutPayload: 0, refused: [] });
    for (const [table, sql] of Object.entries(TABLES)) {
      const rows = await rowsOf(first, sql);
      if (table !== 'anchor_queue' && table !== 'event_source_dest')
        expect([table, rows.length]).not.toEqual([table, 0]);
      expect([table, await rowsOf(second, sql)]).toEqual([table, rows]);
    }
    expect(await rebuildEvents(source)).toMatchObject({ batches: 0, events: 0, present: 2 });
  }, 120_000);

  it('refuses a payload that does not give its root, and says which batch it was of', async () => {
    await capture([event(500)]);
    await anchor(() => '0x0011');
    await indexed();
    const outcome = await rebuildEvents(source);
    expect(outcome).toMatchObject({ batches: 0, present: 2, refused: [{ partner, seq: '3' }] });
    expect(outcomeLines(outcome)[0]).toContain(`batch 3 of ${partner} is refused: it is not compressed`);
    expect(await rowsOf(second, 'SELECT to_jsonb(b) AS row FROM anchor_batch b')).toHaveLength(2);
  }, 60_000);
});
