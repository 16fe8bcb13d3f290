import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventHashHex, gtin, resolveContext, sgtin, type EpcisEvent } from '@tallyhouse/epcis';
import { verifyBundle, type EventHashStrategy, type Hex } from '@tallyhouse/proofs';
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
import { anchorOldest, relayerOf, rpcOf } from '../../test/anchor-kit.js';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { SealingService } from '../anchoring/sealing.service.js';
import { CaptureService } from '../capture/capture.service.js';
import type { RpcCall } from './anchor-proof.reader.js';
import { assembleBundle } from './bundle.reader.js';

const eventHash: EventHashStrategy = (event, namespaces) =>
  eventHashHex(event as unknown as EpcisEvent, resolveContext([namespaces]));

const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const PRODUCT = gtin('9521141', '00001');

const documentOf = (context: readonly unknown[], events: number) => ({
  '@context': context,
  ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-01T08:00:00Z' },
  epcisBody: {
    eventList: Array.from({ length: events }, (_, index) => ({
      ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
      ...{ eventTime: `2026-03-01T08:${String(index).padStart(2, '0')}:00Z`, eventTimeZoneOffset: '+01:00' },
      epcList: [sgtin(PRODUCT, `${events}-${index}`)],
      ...(context.length > 1 ? { 'tally:lot': `L${index}` } : {}),
    })),
  },
});

describe('assembleBundle', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let dataSource: DataSource;
  let partner: Hex;
  const rpc: RpcCall = (method, params) => rpcOf(local)(method, params);

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    partner = local.people[ROLE.partner]!.account.address.toLowerCase() as Hex;
    dataSource = await migrationDataSource(await postgres.createTestDatabase('bundle')).initialize();
    await dataSource.runMigrations();
    await dataSource.query(
      `INSERT INTO partner_registered VALUES (31337, 1, 'h', 0, 't', 'epoch', $1, '4012345000009', 'Harbour Pharma', '')`,
      [partner],
    );
  }, 90_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await Promise.all([postgres?.stop(), chain?.stop()]);
  });

  async function capture(context: readonly unknown[], events: number): Promise<string[]> {
    const outcome = await new CaptureService(dataSource).capture(documentOf(context, events), {
      partner,
      errorBehaviour: 'ROLLBACK',
    });
    expect(outcome.state).toBe('SUCCEEDED');
    const rows: { id: string }[] = await dataSource.query(
      'SELECT id FROM epcis_event WHERE capture_job = $1 ORDER BY seq',
      [outcome.id],
    );
    return rows.map(({ id }) => id);
  }

  /** Seals, anchors in one block with other transactions, and writes what an index would. */
  async function anchor(): Promise<Hex> {
    const limits = { batchSize: 1_000, maxWaitMs: 0 };
    const later = new Date(Date.now() + 1_000);
    await new SealingService(dataSource).sealDue(relayerOf(local), limits, later);
    return anchorOldest(local, dataSource);
  }

  it('leads from a captured event to a block of a real chain, whole and redacted', async () => {
    const ids = await capture([EPCIS_CONTEXT], 7);
    const header = await anchor();
    const anchorContract = local.deployment.contracts.TraceAnchor.address;
    const registry = local.deployment.contracts.PartnerRegistry.address.toLowerCase() as Hex;
    const pinned = { header, anchorContract, registry, eventHash };
    for (const eventId of ids) {
      const bundle = await assembleBundle({ dataSource, rpc, registry, eventId });
      const result = verifyBundle(JSON.parse(JSON.stringify(bundle)), pinned);
      expect(result.says).toContain('valid as of block');
      expect(result.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
      expect(result.facts?.gln).toBe('4012345000009');
    }
    const stateless: RpcCall = (method, params) =>
      method === 'eth_getProof' ? Promise.reject(new Error('pruned')) : rpc(method, params);
    const without = await assembleBundle({ dataSource, rpc: stateless, registry, eventId: ids[0]! });
    expect(without.rights).toBeNull();
    expect(verifyBundle(without, pinned).verdict).toBe('valid');
    const redacted = await assembleBundle({ dataSource, rpc, eventId: ids[3]!, disclose: ['bizStep'] });
    const result = verifyBundle(redacted, { header, anchorContract, eventHash });
    expect(result).toMatchObject({ verdict: 'valid', facts: { hidden: 6, shown: [{ value: 'shipping' }] } });
    expect(JSON.stringify(redacted)).not.toContain(PRODUCT);
    expect(verifyBundle(redacted, { header: redacted.batch.root }).failed).toBe('header');
  }, 60_000);

  it('carries the namespaces that the event hash needs, and states corrections', async () => {
    const own = { tally: 'https://partner.example/its/own/' };
    const [eventId] = await capture([EPCIS_CONTEXT, own], 1);
    const header = await anchor();
    const first = await assembleBundle({ dataSource, rpc, eventId: eventId! });
    expect(first.event).toMatchObject({ namespaces: own });
    expect(first.batch.seq).toBe('2');
    const result = verifyBundle(first, { header, eventHash });
    expect(result.steps.find(({ name }) => name === 'event hash id')?.status).toBe('ok');
    await dataSource.query(
      `INSERT INTO trace_error_declared SELECT chain_id, block_number + 1, block_hash, 0, tx_hash, block_time, $1,
         root, leaf, 0, 'wrong lot', $1 FROM trace_anchored t,
         (SELECT '0x' || encode(leaf, 'hex') AS leaf FROM anchor_leaf WHERE event_id = $2) l WHERE t.seq = 2`,
      [partner, eventId],
    );
    const { stated } = await assembleBundle({ dataSource, rpc, eventId: eventId! });
    expect(stated.corrections).toMatchObject([{ reason: 'wrong lot', submitter: partner }]);
  }, 60_000);

  it('says what is missing: an unknown event, one not on chain, a node that lies', async () => {
    const unknown = assembleBundle({ dataSource, rpc, eventId: 'nonsense' });
    await expect(unknown).rejects.toMatchObject({ code: 'EVENT_UNKNOWN' });
    const [eventId] = await capture([EPCIS_CONTEXT, { own: 'https://example.org/' }], 3);
    await expect(assembleBundle({ dataSource, rpc, eventId: eventId! })).rejects.toMatchObject({
      code: 'NOT_ANCHORED',
    });
    await anchor();
    const lying: RpcCall = async (method, params) =>
      method === 'eth_getBlockReceipts' ? [] : await rpc(method, params);
    const refused = assembleBundle({ dataSource, rpc: lying, eventId: eventId! });
    await expect(refused).rejects.toMatchObject({ code: 'NODE_INCONSISTENT' });
    await dataSource.query(
      `UPDATE epcis_event SET disclosure_secret = decode(repeat('00', 32), 'hex') WHERE id = $1`,
      [eventId],
    );
    const altered = assembleBundle({ dataSource, rpc, eventId: eventId! });
    await expect(altered).rejects.toMatchObject({ code: 'DATABASE_INCONSISTENT' });
  }, 60_000);
});
