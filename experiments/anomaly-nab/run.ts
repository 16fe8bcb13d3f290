import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  PROFILE_NAMES,
  PROFILES,
  readSeriesFile,
  readWindowLabels,
  scoreAtBestThreshold,
  scoreCorpus,
  scoreSeries,
  windowsOfRows,
  type ScoredBy,
} from '@tallyhouse/anomalies';
import { seededRandom } from '@tallyhouse/compute';

const SPLITS = 100;
const nab = resolve(process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data'), 'nab');
const labels = readWindowLabels(readFileSync(resolve(nab, 'combined_windows.json'), 'utf8'));
const scored = Object.keys(labels)
  .sort()
  .map((file) => {
    const text = gunzipSync(readFileSync(resolve(nab, `${file}.gz`))).toString();
    const read = readSeriesFile(text, file);
    const windows = windowsOfRows(read.timesMs, labels[file]!);
    return { file, windows, scores: scoreSeries(read, seededRandom(1)) };
  });

const filesOf = (some: typeof scored, name: ScoredBy) =>
  some.map(({ windows, scores }) => ({ windows, scores: scores[name] }));

const figures = (name: ScoredBy) =>
  Object.fromEntries(
    PROFILE_NAMES.map((profile) => {
      const { threshold, score } = scoreAtBestThreshold(filesOf(scored, name), PROFILES[profile]);
      return [profile, { threshold, score }];
    }),
  );

/** Files cut in two at random: what one half's best threshold gives on the other, mean and standard deviation. */
function acrossHalves(name: ScoredBy): { mean: number; deviation: number } {
  const random = seededRandom(2);
  const scores = Array.from({ length: SPLITS }, () => {
    const first = scored.map(() => random.uniform() < 0.5);
    const [here, there] = [true, false].map((side) => scored.filter((_, at) => first[at] === side));
    const { threshold } = scoreAtBestThreshold(filesOf(here!, name), PROFILES.standard);
    return scoreCorpus(filesOf(there!, name), PROFILES.standard, threshold).score;
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / SPLITS;
  return { mean, deviation: Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / SPLITS) };
}

const names = Object.keys(scored[0]!.scores) as ScoredBy[];
const results = {
  all: Object.fromEntries(names.map((name) => [name, figures(name)])),
  standardByThresholdOfOtherHalf: { novelty: acrossHalves('novelty'), fused: acrossHalves('fused') },
  peers: { numentaTM: 64.525, windowedGaussian: 39.554, ARTime: 72.369, relativeEntropy: 51.843 },
};
writeFileSync('experiments/anomaly-nab/results.json', `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(results)}\n`);
