import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  readArtifact,
  rootWithStatements,
  STOCK_OUT,
  StatementRepository,
  type NewStatement,
} from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { merkleTree } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { repeatEvaluation } from './repeat-evaluation.js';
import { trainCandidate, type TrainedCandidate } from './train-candidate.js';
import { WEEKLY_SALES, WEEKLY_SALES_ROOT } from './weekly-sales.fixture.js';

// Networks and ensembles are trained at five origins.
jest.setTimeout(300_000);

describe('training where stock ran out', () => {
  let store: TestStore;
  let artifactFolder: string;
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(WEEKLY_SALES);
    artifactFolder = await mkdtemp(join(tmpdir(), 'stock-outs-'));
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await rm(artifactFolder, { recursive: true });
  });

  const train = (forecaster: string): Promise<TrainedCandidate> =>
    trainCandidate({ artifactFolder }, { dataSource: store.source, forecaster, device: 'cpu', steps: 3 });
  const say = (name: string, value: number, [firstDay, lastDay]: [string, string], said: string) =>
    new StatementRepository(store.source).add('0xa', 'import', [
      { name, value, firstDay, lastDay, product: 'urn:product:0', site: null, saidAt: new Date(said) },
    ] satisfies NewStatement[]);
  const propose = (logIndex: number, { artifactSha256, reportSha256, dataRoot }: TrainedCandidate) =>
    store.source.query(
      `INSERT INTO model_version_proposed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family,
         version_id, proposer, artifact_sha256, report_sha256, data_root, data_block, uri)
       VALUES (31337, 3, '0x', $1, '0x', now(), '0xf', '0xv' || $1::int, '0xa', $2, $3, $4, 3, '')`,
      [logIndex, artifactSha256, reportSha256, dataRoot],
    );
  const maseOf = ({ report, label }: TrainedCandidate): unknown => report.models[label]!.overall.mase;
  const trained: TrainedCandidate[] = [];

  it('has the data root that it always had while nobody stated any', async () => {
    await say('price', 2, ['2024-11-01', '2025-12-31'], '2024-11-01');
    const plain = await train('theta');
    expect(plain.dataRoot).toBe(merkleTree([WEEKLY_SALES_ROOT]).root);
    const manifest = readArtifact(await new FileArtifactStore(artifactFolder).get(plain.artifactSha256));
    expect(manifest.config).toEqual({ lowerBound: 0 });
    trained.push(plain);
  });

  it('covers in its data root what was said of stock, and nothing else that was said', async () => {
    await say(STOCK_OUT, 1, ['2025-08-04', '2025-08-31'], '2025-09-01');
    for (const forecaster of ['theta', 'ensemble', 'global-network']) {
      const candidate = await train(forecaster);
      const bytes = await new FileArtifactStore(artifactFolder).get(candidate.artifactSha256);
      expect(readArtifact(bytes).config['statementsUpTo']).toBe(2);
      const said = await new StatementRepository(store.source).read({ names: [STOCK_OUT] });
      expect(candidate.dataRoot).toBe(rootWithStatements([WEEKLY_SALES_ROOT], said));
      trained.push(candidate);
    }
    expect(maseOf(trained[1]!)).not.toBe(maseOf(trained[0]!));
    expect(trained[1]!.report.panelSha256).not.toBe(trained[0]!.report.panelSha256);
  });

  it('is measured again to the same figures, with and without stock-outs, whatever was said since', async () => {
    await say(STOCK_OUT, 1, ['2025-06-02', '2025-06-29'], '2025-06-30');
    for (const [at, candidate] of trained.entries()) {
      await propose(at, candidate);
      const again = await repeatEvaluation({ artifactFolder }, store.source, candidate.artifactSha256);
      expect(again.differences).toEqual([]);
    }
  });
});
