import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LeadTimeReader, LeadTimeService, readLateness, type LeadTimeRow } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { familyId, versionId } from '@tallyhouse/proofs';
import { anchorDeliveries, sealDeliveries } from '../../../../libs/forecasting/test/anchored-deliveries.js';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { versionOf } from '../model/repeat-evaluation.js';
import { latenessReportBytes } from './lateness-report.js';
import { repeatedWords, repeatLateness } from './repeat-lateness.js';
import { trainLateness, type TrainedLateness } from './train-lateness.js';

jest.setTimeout(180_000);

const CHAIN = 31_337;
const NOW = new Date('2022-08-01T10:00:00Z');
const FAMILY = familyId('lead-time');
const FACT = `chain_id, block_number, block_hash, log_index, tx_hash, block_time`;

describe('lateness that is voted on', () => {
  let store: TestStore;
  let place: { artifactFolder: string };
  let candidate: TrainedLateness;
  let id: string;

  beforeAll(async () => {
    store = await openStore();
    place = { artifactFolder: await mkdtemp(join(tmpdir(), 'lateness-')) };
    await sealDeliveries(store.source);
    await anchorDeliveries(store.source);
    await store.source.query(
      `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
         head_number, updated_at, writer_epoch) VALUES ($1, 20, '0x20', $2, '0x0', '', 20, now(), 1)`,
      [CHAIN, NOW],
    );
  });
  afterAll(async () => {
    await store.close();
    await rm(place.artifactFolder, { recursive: true });
  });

  /** Facts of the chain, as the indexer writes them. */
  const fact = (table: string, block: number, columns: Readonly<Record<string, unknown>>): Promise<unknown> =>
    store.source.query(
      `INSERT INTO ${table} (${FACT}, ${Object.keys(columns).join(', ')})
       VALUES ($1, $2, $3, 0, $3, now(), ${Object.keys(columns).map((_, at) => `$${at + 4}`)})`,
      [CHAIN, block, `0x${block}`, ...Object.values(columns)],
    );
  const told = async (): Promise<LeadTimeRow> => (await new LeadTimeReader(store.source).find({}, 5))!;

  it('is learned from what is anchored, and measured on its last year beside the lane and the base rate', async () => {
    candidate = await trainLateness(place, { dataSource: store.source, licence: 'MIT' });
    expect(candidate).toMatchObject({ family: 'lead-time', forecaster: 'lateness', dataBlock: 20 });
    const { figures, arrival, tested } = candidate.report;
    expect(tested).toBeGreaterThan(300);
    expect(figures.candidate!.auc!).toBeGreaterThan(0.75);
    expect(figures.candidate!.brier).toBeLessThan(figures.laneRate!.brier);
    expect(arrival.coverage80).toBeGreaterThan(0.8);
    expect(candidate.summary).toContain("| the lane's own rate |");
  });

  it('is learned and measured again from its hash, and a report that claims more is caught', async () => {
    const artifacts = new FileArtifactStore(place.artifactFolder);
    const claimed = await artifacts.put(latenessReportBytes({ ...candidate.report, tested: 999 }));
    const { artifactSha256: artifact_sha256, reportSha256, dataRoot, uri } = candidate;
    id = versionId(FAMILY, candidate.artifactSha256);
    await fact('model_family_registered', 4, { family: FAMILY, name: 'lead-time' });
    await fact('model_version_proposed', 5, {
      ...{ family: FAMILY, version_id: id, proposer: '0xb', artifact_sha256 },
      ...{ report_sha256: reportSha256, data_root: dataRoot, data_block: candidate.dataBlock, uri },
    });
    const version = await versionOf(store.source, candidate.artifactSha256);
    const same = await repeatLateness(place, store.source, version);
    expect(same.differences).toEqual([]);
    expect(repeatedWords(same)).toContain('learned again: the same file');
    const caught = await repeatLateness(place, store.source, { ...version, report: claimed });
    expect(caught.differences).toMatchObject([{ path: 'tested', stated: 999 }]);
  });

  it('tells the outlook anew when it comes in force, names itself, and the same events give the same outlook', async () => {
    const service = new LeadTimeService(store.source);
    expect(await service.refresh(NOW, 20)).toBe(2);
    expect(await told()).toMatchObject({ artifactSha256: null, versionId: null });
    const { artifactSha256 } = candidate;
    await fact('model_version_activated', 6, {
      ...{ family: FAMILY, version_id: id, previous_version_id: '0x', artifact_sha256: artifactSha256 },
    });
    const bytes = await new FileArtifactStore(place.artifactFolder).get(artifactSha256);
    const voted = { artifactSha256, learned: readLateness(bytes) };
    expect(await service.refresh(NOW, 21, voted)).toBe(2);
    expect(await service.refresh(NOW, 22, voted)).toBeNull();
    const first = await told();
    expect(first).toMatchObject({ artifactSha256, versionId: id, proposalId: null, isVersionTested: false });
    await store.source.query('DELETE FROM lead_time_run');
    expect(await service.refresh(NOW, 21, voted)).toBe(2);
    expect(await told()).toEqual(first);
    expect(await service.refresh(NOW, 23)).toBe(2);
    expect(await told()).toMatchObject({ artifactSha256: null, versionId: null });
  });
});
