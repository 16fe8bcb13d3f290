import { artifactOf } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { TrainedCandidate } from '../../../apps/cli/src/model/train-candidate.js';
import { artifactUri } from '../../../apps/cli/src/deploy/first-model.js';

const ZERO = `0x${'00'.repeat(32)}` as const;

/** A method without weights needs no data; its report says that nothing was measured. */
export async function unmeasuredCandidate(
  folder: string,
  forecaster: 'theta' | 'ses' | 'drift' = 'theta',
): Promise<TrainedCandidate> {
  const store = new FileArtifactStore(folder);
  const description = { family: 'demand', forecaster, config: { lowerBound: 0 } } as const;
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
    forecaster,
    artifactSha256,
    reportSha256,
    dataRoot: ZERO,
    dataBlock: 0,
    uri: artifactUri(artifactSha256),
    report,
    summary: 'Nothing was measured.',
    label: `candidate ${forecaster}`,
  };
}
