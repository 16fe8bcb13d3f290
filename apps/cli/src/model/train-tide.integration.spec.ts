import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  readArtifact,
  rootWithStatements,
  StatementRepository,
  takenCovariates,
  type NewStatement,
} from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { merkleTree, type Hex } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { repeatEvaluation } from './repeat-evaluation.js';
import { trainCandidate, type TrainedCandidate } from './train-candidate.js';

// Networks are trained at five origins.
jest.setTimeout(300_000);

const ROOT: Hex = `0x${'ab'.repeat(32)}`;
const WEEKS = 60;

/** Two products at two sites, sold each week for 60 weeks, all anchored in one batch of block 3. */
const FILL = `
  WITH numbered AS (
    SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id,
           timestamptz '2024-11-04T12:00:00Z' + (n / 4) * interval '1 week' AS event_time
    FROM generate_series(0, ${WEEKS * 4 - 1}) n
  ), event AS (
    INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, biz_step, biz_location, event_hash, jcs_sha256,
      disclosure_root, disclosure_secret, capture_job, body)
    SELECT id, event_time, '+00:00', now(), '0xa', 'ObjectEvent', 'retail_selling', 'urn:site:' || n % 2,
           sha256(n::text::bytea), sha256('b'), sha256('c'), sha256('d'), id, '{}'
    FROM numbered
  ), item AS (
    INSERT INTO event_item (event_time, event_id, ordinal, role, uri, product, quantity)
    SELECT event_time, id, 0, 'EPC', 'urn:item:' || n, 'urn:product:' || n % 4 / 2, 40 + n * n * 7 % 11
    FROM numbered
  ), batch AS (
    INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
    VALUES ('0xa', '0xa', 0, '${ROOT}', ${WEEKS * 4}, '0x', '0x', '0x', 'm', now()) RETURNING id
  ), leaf AS (
    INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, leaf, event_time)
    SELECT b.id, n.n, n.id, sha256('l'), n.event_time FROM numbered n, batch b
  ), anchored AS (
    INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq, count,
      prev_head, head, schema_id, submitter, uri)
    VALUES (31337, 3, '0x', 0, '0x', '2026-01-01Z', '0xa', '${ROOT}', 0, ${WEEKS * 4}, '0x', '0x', '0x', '0xa', 'm')
  )
  INSERT INTO chain_checkpoint VALUES (31337, 3, '0x', '2026-01-01Z', '0x', '0x', 3, now())`;

describe('training with covariates', () => {
  let store: TestStore;
  let artifactFolder: string;
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(FILL);
    artifactFolder = await mkdtemp(join(tmpdir(), 'tide-'));
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await rm(artifactFolder, { recursive: true });
  });

  const train = (forecaster: string): Promise<TrainedCandidate> =>
    trainCandidate({ artifactFolder }, { dataSource: store.source, forecaster, device: 'cpu', steps: 3 });
  const say = (name: string, value: number | string, [firstDay, lastDay]: [string, string], said: string) =>
    new StatementRepository(store.source).add('0xa', 'import', [
      { name, value, firstDay, lastDay, product: 'urn:product:0', site: null, saidAt: new Date(said) },
    ] satisfies NewStatement[]);
  let candidate: TrainedCandidate;

  it('says what to do where nothing was said', async () => {
    await expect(train('tide')).rejects.toThrow('./tallyhouse import covariates <csv>');
  });

  it('reads what was said, and its data root covers it beside what is anchored', async () => {
    await say('price', 2, ['2024-11-01', '2025-12-31'], '2024-11-01');
    await say('price', 3, ['2025-06-02', '2025-06-29'], '2025-05-20');
    await say('price', 4, ['2026-01-05', '2026-01-11'], '2025-12-20');
    await say('supplier', 'north', ['2024-11-01', '2025-12-31'], '2024-11-01');
    candidate = await train('tide');
    const manifest = readArtifact(await new FileArtifactStore(artifactFolder).get(candidate.artifactSha256));
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
    expect((await train('naive')).dataRoot).toBe(merkleTree([ROOT]).root);
  });

  it('is measured again to the same figures, whatever was said since', async () => {
    await store.source.query(
      `INSERT INTO model_version_proposed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family,
         version_id, proposer, artifact_sha256, report_sha256, data_root, data_block, uri)
       VALUES (31337, 3, '0x', 1, '0x', now(), '0xf', '0xv', '0xa', $1, $2, $3, 3, '')`,
      [candidate.artifactSha256, candidate.reportSha256, candidate.dataRoot],
    );
    await say('price', 9, ['2024-11-01', '2026-12-31'], '2024-11-02');
    const { differences } = await repeatEvaluation(
      { artifactFolder },
      store.source,
      candidate.artifactSha256,
    );
    expect(differences).toEqual([]);
    const said = await new StatementRepository(store.source).read();
    expect(rootWithStatements([ROOT], said)).not.toBe(candidate.dataRoot);
    expect(rootWithStatements([ROOT], said.slice(0, -1))).toBe(candidate.dataRoot);
  });

  it('is not measured again where what was said is not what its data root says', async () => {
    await store.source.query(`
      ALTER TABLE covariate_statement DISABLE TRIGGER covariate_statement_kept;
      UPDATE covariate_statement SET number = 2.5 WHERE seq = 1`);
    await expect(
      repeatEvaluation({ artifactFolder }, store.source, candidate.artifactSha256),
    ).rejects.toThrow(`the version states ${candidate.dataRoot}`);
  });
});
