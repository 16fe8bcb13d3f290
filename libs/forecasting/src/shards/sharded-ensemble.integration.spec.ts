import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import type { Hex } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { ensembleArtifact, forecasterFromArtifact } from '../artifact/artifact.js';
import { learnEnsemble } from '../ensemble/learn-ensemble.js';
import { ForecastRunService, type RunningModel } from '../runs/forecast-run.service.js';
import { PanelRepository } from '../series/panel.repository.js';
import { ShardPlanService } from './shard-plan.service.js';
import { ShardWorkService } from './shard-work.service.js';
import { fillPanel } from './sharded-run.fixture.js';

// A network is trained beside other specs.
jest.setTimeout(120_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const HORIZON = 3;
const modelOf = (versionId: Hex): RunningModel => ({
  ...{ family: 'demand', versionId, artifactSha256: '0x2', proposalId: null },
  ...{ measure: 'DEMAND', frequency: 'monthly' },
});

describe('an ensemble with a network in shards', () => {
  let store: TestStore;
  let engine: Engine;
  let bytes: Uint8Array;
  beforeAll(async () => {
    store = await openStore();
    await fillPanel(store);
    engine = await openEngine({ device: 'cpu', threads: 2 });
    const panels = new PanelRepository(store.source);
    const { panel } = (await panels.panel({ measure: 'DEMAND', frequency: 'monthly', asOf: NOW }))!;
    const network = { hidden: 8, steps: 20, batchSize: 16 };
    const model = await learnEnsemble(panel, { horizon: HORIZON, network }, { rng: seededRandom(3), engine });
    expect(model.graph).toBeDefined();
    bytes = ensembleArtifact(model, {
      ...{ family: 'demand', dataRoot: null, dataBlock: null },
      featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
    });
  });
  afterAll(async () => {
    await engine.close();
    await store.close();
  });

  const opened = async () => ({
    forecaster: await forecasterFromArtifact(bytes, { engine }),
    context: { rng: seededRandom(1), engine },
  });
  const runOf = (versionId: Hex) =>
    store.rows('SELECT root, count, data_sha256, reconciliation FROM forecast_run WHERE version_id = $1', [
      versionId,
    ]);

  it('says to the last bit what it says of the whole panel at once', async () => {
    await new ForecastRunService(store.source, new PanelRepository(store.source)).run({
      ...{ model: modelOf('0xaa'), ...(await opened()) },
      ...{ horizon: HORIZON, now: NOW, block: 7 },
    });
    const plans = new ShardPlanService(store.source);
    await plans.plan({ model: modelOf('0xbb'), horizon: HORIZON, now: NOW, block: 7, shardSeries: 5 });
    const work = new ShardWorkService(store.source);
    for (let due = await work.due(); due.length > 0; due = await work.due())
      for (const share of due) await work.run(share, opened);
    const [whole] = await runOf('0xaa');
    expect(whole).toMatchObject({ count: expect.any(Number) });
    expect(await runOf('0xbb')).toEqual([whole]);
    const methods = await store.rows<{ method: string }>('SELECT DISTINCT method FROM forecast');
    expect(methods.map(({ method }) => method)).toContain('ensemble');
  });
});
