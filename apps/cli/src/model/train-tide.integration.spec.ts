import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  readArtifact,
  rootWithStatements,
  StatementRepository,
  takenCovariates,
} from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { merkleTree } from '@tallyhouse/proofs';
import { repeatEvaluation } from './repeat-evaluation.js';
import type { TrainedCandidate } from './train-candidate.js';
import { openTrainingPlace, type TrainingPlace } from './training-place.fixture.js';
import { WEEKLY_SALES_ROOT as ROOT } from './weekly-sales.fixture.js';

// Networks are trained at five origins.
jest.setTimeout(300_000);

describe('training with covariates', () => {
  let place: TrainingPlace;
  beforeAll(async () => {
    place = await openTrainingPlace();
  }, 60_000);
  afterAll(() => place.close());

  let candidate: TrainedCandidate;

  it('says what to do where nothing was said', async () => {
    await expect(place.train('tide')).rejects.toThrow('./tallyhouse import covariates <csv>');
  });

  it('reads what was said, and its data root covers it beside what is anchored', async () => {
    await place.say('price', 2, ['2024-11-01', '2025-12-31'], '2024-11-01');
    await place.say('price', 3, ['2025-06-02', '2025-06-29'], '2025-05-20');
    await place.say('price', 4, ['2026-01-05', '2026-01-11'], '2025-12-20');
    await place.say('supplier', 'north', ['2024-11-01', '2025-12-31'], '2024-11-01');
    candidate = await place.train('tide');
    const manifest = readArtifact(
      await new FileArtifactStore(place.artifactFolder).get(candidate.artifactSha256),
    );
    expect(takenCovariates(manifest)!.covariates).toEqual([
      { name: 'price', kind: 'relative' },
      { name: 'supplier', kind: 'category', words: ['north'] },
    ]);
    expect(manifest).toMatchObject({
      dataRoot: candidate.dataRoot,
      config: { statementsUpTo: 4, horizon: 8 },
    });
    expect(candidate.dataRoot).not.toBe(merkleTree([ROOT]).root);
    expect(candidate.report.models['candidate tide']!.overall.mase).toBeGreaterThan(0);
    expect((await place.train('naive')).dataRoot).toBe(merkleTree([ROOT]).root);
  });

  it('is measured again to the same figures, whatever was said since', async () => {
    await place.store.source.query(
      `INSERT INTO model_version_proposed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family,
         version_id, proposer, artifact_sha256, report_sha256, data_root, data_block, uri)
       VALUES (31337, 3, '0x', 1, '0x', now(), '0xf', '0xv', '0xa', $1, $2, $3, 3, '')`,
      [candidate.artifactSha256, candidate.reportSha256, candidate.dataRoot],
    );
    await place.say('price', 9, ['2024-11-01', '2026-12-31'], '2024-11-02');
    const { differences } = await repeatEvaluation(place, place.store.source, candidate.artifactSha256);
    expect(differences).toEqual([]);
    const said = await new StatementRepository(place.store.source).read();
    expect(rootWithStatements([ROOT], said)).not.toBe(candidate.dataRoot);
    expect(rootWithStatements([ROOT], said.slice(0, -1))).toBe(candidate.dataRoot);
  });

  it('is not measured again where what was said is not what its data root says', async () => {
    await place.store.source.query(`
      ALTER TABLE covariate_statement DISABLE TRIGGER covariate_statement_kept;
      UPDATE covariate_statement SET number = 2.5 WHERE seq = 1`);
    await expect(repeatEvaluation(place, place.store.source, candidate.artifactSha256)).rejects.toThrow(
      `the version states ${candidate.dataRoot}`,
    );
  });
});
