import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proposeVersion } from '../../apps/cli/src/governance/propose-version.js';
import { ask } from './kit/api.js';
import { unmeasuredCandidate } from './kit/candidate.js';
import { startJourney, type JourneyStack } from './kit/journey-stack.js';
import { firstRow } from './kit/loop.js';
import { delegateAll, voteThrough } from './kit/vote.js';

interface Runtime {
  readonly state: string;
  readonly reason: string | null;
  readonly runningVersionId: string;
  readonly wantedVersionId: string;
}

describe('an altered artifact', () => {
  let journey: JourneyStack;
  let path: string;
  let original: Buffer;
  let voted: { proposalId: string; versionId: string };
  let before: Runtime;

  const runtime = async (): Promise<Runtime> => {
    const query = '{ models { name runtime { state reason runningVersionId wantedVersionId } } }';
    const { models } = await ask<{ models: { name: string; runtime: Runtime }[] }>(journey.stack, query);
    return models.find(({ name }) => name === 'demand')!.runtime;
  };

  beforeAll(async () => {
    journey = await startJourney({ world: { seed: 5, start: '2025-01-01', months: 1, scale: 0.01 } });
    await delegateAll(journey);
    // Votes count from the second after the delegation.
    const running = "SELECT 1 FROM model_runtime WHERE family = 'demand' AND state = 'RUNNING'";
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
