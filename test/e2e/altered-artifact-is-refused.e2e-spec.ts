import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { artifactOf } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import type { TrainedCandidate } from '../../apps/cli/src/model/train-candidate.js';
import { artifactUri } from '../../apps/cli/src/up/genesis.js';
import { ask } from './kit/api.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';
import { delegateAll, voteThrough } from './kit/vote.js';

interface Runtime {
  readonly state: string;
  readonly reason: string | null;
  readonly runningVersionId: string;
  readonly wantedVersionId: string;
}

const ZERO = `0x${'00'.repeat(32)}` as const;

describe('an altered artifact', () => {
  let journey: JourneyStack;
  let path: string;
  let original: Buffer;
  let voted: { proposalId: string; versionId: string };
  let before: Runtime;

  const runtime = async (): Promise<Runtime> => {
    const query = '{ models { runtime { state reason runningVersionId wantedVersionId } } }';
    const { models } = await ask<{ models: { runtime: Runtime }[] }>(journey.stack, query);
    return models[0]!.runtime;
  };

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 5, start: '2025-01-01', months: 1, scale: 0.01 } });
    await delegateAll(journey);
    const running = "SELECT 1 FROM model_runtime WHERE state = 'RUNNING'";
    await firstRow(journey, 'the first version running', running);
    before = await runtime();
    const { stack } = journey;
    const candidate = await unmeasuredCandidate(stack.artifactFolder);
    path = join(stack.artifactFolder, candidate.artifactSha256.slice(2));
    original = await readFile(path);
    const altered = Buffer.from(original);
    altered[altered.length >> 1]! ^= 1;
    await writeFile(path, altered);
    voted = await proposeVersion(stack, candidate);
    await voteThrough(journey, voted.proposalId);
  }, 240_000);
  afterAll(() => journey.stop(), 60_000);

  it('is refused though it was voted, visibly, and the old version keeps running', async () => {
    await firstRow(
      journey,
      'the refusal',
      "SELECT 1 FROM model_runtime WHERE state = 'REFUSED' AND wanted_version_id = $1",
      [voted.versionId],
    );
    const now = await runtime();
    expect(now).toMatchObject({
      state: 'REFUSED',
      runningVersionId: before.runningVersionId,
      wantedVersionId: voted.versionId,
    });
    expect(now.reason).toMatch(/ARTIFACT_ALTERED/);
  }, 60_000);

  it('runs once the original bytes are back', async () => {
    await writeFile(path, original);
    await firstRow(
      journey,
      'the switch',
      "SELECT 1 FROM model_runtime WHERE state = 'RUNNING' AND running_version_id = $1",
      [voted.versionId],
    );
    expect((await runtime()).reason).toBeNull();
  }, 60_000);
});

/** A method without weights needs no data; its report says that nothing was measured. */
async function unmeasuredCandidate(folder: string): Promise<TrainedCandidate> {
  const store = new FileArtifactStore(folder);
  const description = { family: 'demand', forecaster: 'theta', config: { lowerBound: 0 } } as const;
  const bytes = artifactOf({
    ...description,
    featureSpec: { measure: 'DEMAND', frequency: 'weekly' },
    dataRoot: null,
    dataBlock: null,
  });
  const artifactSha256 = await store.put(bytes);
  const reportSha256 = await store.put(new TextEncoder().encode('{"note":"nothing was measured"}'));
  const report = {
    format: 'tallyhouse-evaluation/1',
    frequency: 'weekly',
    seasonLength: 52,
    horizon: 8,
    levels: [],
    seed: 0,
    dataRoot: null,
    folds: [],
    models: {},
  } as const;
  return {
    family: 'demand',
    forecaster: 'theta',
    artifactSha256,
    reportSha256,
    dataRoot: ZERO,
    dataBlock: 0,
    uri: artifactUri(artifactSha256),
    report,
    label: 'candidate theta',
  };
}
