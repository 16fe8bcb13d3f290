import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anchorTypedData, traceAnchorAbi, ChainWriter } from '@tallyhouse/chain';
import { createLogger, type Config } from '@tallyhouse/config';
import { toHex, type Hex } from '@tallyhouse/proofs';
import {
  AnchorRepository,
  CaptureService,
  SealingService,
  SubmissionRepository,
} from '@tallyhouse/supply-chain';
import {
  deployLocal,
  PUBLIC_TEST_MNEMONIC,
  ROLE,
  startAnvil,
  startOtlpReceiver,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { inSpan, startTracing } from '@tallyhouse/telemetry';
import type { DataSource } from 'typeorm';
import { mnemonicToAccount } from 'viem/accounts';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { AnchorStage } from './anchor.stage.js';

const documentOf = (from: number, count: number) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-01T08:00:00Z' },
  epcisBody: {
    eventList: Array.from({ length: count }, (_, index) => ({
      ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
      ...{ eventTime: `2026-03-01T08:00:0${index}Z`, eventTimeZoneOffset: '+01:00' },
      epcList: [`https://id.gs1.org/01/09521141000014/21/${from + index}`],
    })),
  },
});

describe('the anchor stage on a real chain', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let dataSource: DataSource;
  let partner: Hex;
  let config: Config;
  const relayerKey = toHex(
    mnemonicToAccount(PUBLIC_TEST_MNEMONIC, { addressIndex: ROLE.relayer }).getHdKey().privateKey!,
  );
  const owner = mnemonicToAccount(PUBLIC_TEST_MNEMONIC, { addressIndex: ROLE.partner });

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    partner = owner.address.toLowerCase() as Hex;
    dataSource = await migrationDataSource(await postgres.createTestDatabase('stage')).initialize();
    await dataSource.runMigrations();
    config = {
      ...{ rpcUrls: [chain.rpcUrl], pollIntervalMs: 20, txStuckAfterMs: 30_000, txMaxFeeGwei: 500 },
      ...{ anchorBatchSize: 100, anchorIntervalMs: 0, anchorPayload: true },
    } as unknown as Config;
  }, 90_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await Promise.all([postgres?.stop(), chain?.stop()]);
  });

  const round = async (): Promise<void> => {
    const writer = new ChainWriter(config, relayerKey, local.deployment, dataSource);
    const batches = new AnchorRepository(dataSource);
    const logger = createLogger({ logLevel: 'silent' }, 'test');
    await new AnchorStage(config, writer, new SealingService(dataSource), batches, logger).run(
      new Date(Date.now() + 1_000),
    );
  };
  const capture = async (from: number, count: number): Promise<void> => {
    const outcome = await new CaptureService(dataSource).capture(documentOf(from, count), {
      ...{ partner, errorBehaviour: 'ROLLBACK' },
    });
    expect(outcome.state).toBe('SUCCEEDED');
  };
  const seq = (): Promise<bigint> =>
    local.publicClient.readContract({
      ...{ address: local.deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi },
      ...{ functionName: 'seq', args: [partner] },
    });

  it('anchors in its own name with the events, once, however often it is asked', async () => {
    await capture(0, 5);
    await round();
    await round();
    expect(await seq()).toBe(1n);
    const logs = await local.publicClient.getContractEvents({
      ...{ address: local.deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi },
      ...{ eventName: 'PayloadCarried', fromBlock: 0n, strict: true },
    });
    const [{ payload }]: [{ payload: Buffer }] = await dataSource.query('SELECT payload FROM anchor_batch');
    expect(logs.map(({ args }) => args.payload)).toEqual([toHex(payload)]);
  }, 60_000);

  it('waits for the signature of a partner that signs for itself, then sends and pays', async () => {
    const submissions = new SubmissionRepository(dataSource);
    await submissions.choose(partner, 'SIGNED', partner);
    await capture(100, 3);
    await round();
    expect(await seq()).toBe(1n);
    const waiting = await submissions.waitingFor(partner, 10);
    expect(waiting.map(({ seq: number, submitter }) => [number, submitter])).toEqual([[2n, partner]]);
    const { id, root, count, prevHead, schemaId, uri, payload } = waiting[0]!;
    const late = { partner, root, count, prevHead, schemaId, uri, submitter: partner, deadline: 1n };
    const sign = (deadline: bigint): Promise<Hex> =>
      owner.signTypedData(
        anchorTypedData(31_337, local.deployment.contracts.TraceAnchor.address, {
          ...{ ...late, deadline, payload: toHex(payload!) },
        }),
      );
    await submissions.sign(id, await sign(1n), 1n);
    await round();
    expect(await seq()).toBe(1n);
    const deadline = BigInt(Math.floor(Date.now() / 1_000)) + 3_600n * 24n * 365n * 10n;
    await submissions.sign(id, await sign(deadline), deadline);
    const before = await local.publicClient.getTransactionCount({ address: owner.address });
    await round();
    expect(await seq()).toBe(2n);
    expect(await local.publicClient.getTransactionCount({ address: owner.address })).toBe(before);
  }, 60_000);

  it('ends its spans when it fails between sending and writing that down, and goes on from there', async () => {
    await new SubmissionRepository(dataSource).choose(partner, 'RELAYER', partner);
    const receiver = await startOtlpReceiver();
    const tracesUrl = `${receiver.endpoint}/v1/traces`;
    const tracing = await startTracing({ tracesUrl, serviceName: undefined, resourceAttributes: '' }, 'spec');
    try {
      await inSpan('request', {}, () => capture(300, 2));
      await dataSource.query(`CREATE FUNCTION stop_sent() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'stopped on the way'; END $$`);
      await dataSource.query(`CREATE TRIGGER stop_sent BEFORE UPDATE OF tx_hash ON anchor_batch
        FOR EACH ROW EXECUTE FUNCTION stop_sent()`);
      await expect(round()).rejects.toThrow(/stopped on the way/);
      await dataSource.query('DROP FUNCTION stop_sent CASCADE');
    } finally {
      await tracing.stop();
      await receiver.stop();
    }
    const [request, anchored] = ['request', 'anchor batch'].map((name) =>
      receiver.spans.filter((span) => span.name === name),
    );
    expect(anchored).toMatchObject([{ traceId: request![0]!.traceId, statusCode: 2 }]);
    await round();
    expect(await seq()).toBe(3n);
  }, 60_000);

  it('leaves the batches alone of a partner that sends them itself', async () => {
    await new SubmissionRepository(dataSource).choose(partner, 'OWN', partner);
    await capture(200, 2);
    await round();
    expect(await seq()).toBe(3n);
  }, 60_000);
});
