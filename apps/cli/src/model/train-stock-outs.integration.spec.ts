import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readArtifact, rootWithStatements, STOCK_OUT, StatementRepository } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { merkleTree } from '@tallyhouse/proofs';
import { repeatEvaluation } from './repeat-evaluation.js';
import type { TrainedCandidate } from './train-candidate.js';
import { openTrainingPlace, type TrainingPlace } from './training-place.fixture.js';
import { WEEKLY_SALES_ROOT } from './weekly-sales.fixture.js';

// Networks and ensembles are trained at five origins.
jest.setTimeout(300_000);

describe('training where stock ran out', () => {
  let place: TrainingPlace;
  beforeAll(async () => {
    place = await openTrainingPlace();
  }, 60_000);
  afterAll(() => place.close());

  const propose = (logIndex: number, { artifactSha256, reportSha256, dataRoot }: TrainedCandidate) =>
    place.store.source.query(
      `INSERT INTO model_version_proposed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family,
         version_id, proposer, artifact_sha256, report_sha256, data_root, data_block, uri)
       VALUES (31337, 3, '0x', $1, '0x', now(), '0xf', '0xv' || $1::int, '0xa', $2, $3, $4, 3, '')`,
      [logIndex, artifactSha256, reportSha256, dataRoot],
    );
  const maseOf = ({ report, label }: TrainedCandidate): unknown => report.models[label]!.overall.mase;
  const trained: TrainedCandidate[] = [];

  it('has the data root that it always had while nobody stated any', async () => {
    await place.say('price', 2, ['2024-11-01', '2025-12-31'], '2024-11-01');
    const plain = await place.train('theta');
    expect(plain.dataRoot).toBe(merkleTree([WEEKLY_SALES_ROOT]).root);
    const manifest = readArtifact(
      await new FileArtifactStore(place.artifactFolder).get(plain.artifactSha256),
    );
    expect(manifest.config).toEqual({ lowerBound: 0 });
    trained.push(plain);
  });

  it('covers in its data root what was said of stock, and nothing else that was said', async () => {
    await place.say(STOCK_OUT, 1, ['2025-08-04', '2025-08-31'], '2025-09-01');
    for (const forecaster of ['theta', 'ensemble', 'global-network']) {
      const candidate = await place.train(forecaster);
      const bytes = await new FileArtifactStore(place.artifactFolder).get(candidate.artifactSha256);
      expect(readArtifact(bytes).config['statementsUpTo']).toBe(2);
      const said = await new StatementRepository(place.store.source).read({ names: [STOCK_OUT] });
      expect(candidate.dataRoot).toBe(rootWithStatements([WEEKLY_SALES_ROOT], said));
      trained.push(candidate);
    }
    expect(maseOf(trained[1]!)).not.toBe(maseOf(trained[0]!));
    expect(trained[1]!.report.panelSha256).not.toBe(trained[0]!.report.panelSha256);
  });

  it('is measured again to the same figures, with and without stock-outs, whatever was said since', async () => {
    await place.say(STOCK_OUT, 1, ['2025-06-02', '2025-06-29'], '2025-06-30');
    for (const [at, candidate] of trained.entries()) {
      await propose(at, candidate);
      const again = await repeatEvaluation(place, place.store.source, candidate.artifactSha256);
      expect(again.differences).toEqual([]);
    }
  });
});
