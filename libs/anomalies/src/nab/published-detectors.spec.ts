import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { scoreAtBestThreshold, scoreCorpus, type ScoredFile } from './corpus-score.js';
import { PROFILES } from './profiles.js';
import { readSeriesFile, readWindowLabels, windowsOfRows } from './read-corpus.js';

const NAB = '../shared/data/nab';
const there = existsSync(`${NAB}/combined_windows.json`);
if (!there) process.stderr.write(`skipped: ${NAB} is not there, so published detectors are not scored\n`);

const read = new Map<string, ScoredFile[]>();

function published(detector: string): ScoredFile[] {
  const known = read.get(detector);
  if (known) return known;
  const labels = readWindowLabels(readFileSync(`${NAB}/combined_windows.json`, 'utf8'));
  const scores = new Map<string, number[]>();
  const lines = gunzipSync(readFileSync(`${NAB}/scores-${detector}.csv.gz`))
    .toString()
    .trim()
    .split('\n');
  for (const line of lines.slice(1)) {
    const [file, row, score] = line.split(',');
    const of = scores.get(file!) ?? [];
    of[Number(row)] = Number(score);
    scores.set(file!, of);
  }
  const files = [...scores].map(([file, found]) => {
    const text = gunzipSync(readFileSync(`${NAB}/${file}.gz`)).toString();
    return { scores: found, windows: windowsOfRows(readSeriesFile(text, file).timesMs, labels[file]!) };
  });
  read.set(detector, files);
  return files;
}

(there ? describe : describe.skip)('the benchmark score of published detectors', () => {
  it.each([
    ['numentaTM', 'standard', 0.5126953125, 64.525],
    ['numentaTM', 'reward_low_FP_rate', 0.65076904296875, 56.288],
    ['numentaTM', 'reward_low_FN_rate', 0.5126953125, 68.7],
    ['windowedGaussian', 'standard', 1, 39.554],
    ['windowedGaussian', 'reward_low_FP_rate', 1, 22.805],
    ['windowedGaussian', 'reward_low_FN_rate', 1, 46.588],
  ] as const)('of %s, profile %s, is what was published', (detector, profile, threshold, expected) => {
    const files = published(detector);
    const at = scoreCorpus(files, PROFILES[profile], threshold);
    expect(Math.abs(at.score - expected)).toBeLessThan(0.001);
  });

  it('is at its largest at the threshold that was published', () => {
    const best = scoreAtBestThreshold(published('numentaTM'), PROFILES.standard);
    expect(best.score).toBeCloseTo(64.525, 2);
  });

  it('counts the rows of numentaTM as published', () => {
    const found = scoreCorpus(published('numentaTM'), PROFILES.standard, 0.5126953125);
    expect(found).toMatchObject({
      truePositives: 129,
      trueNegatives: 157_989,
      falsePositives: 87,
      falseNegatives: 17_915,
    });
    expect(found.raw).toBeCloseTo(17.7209, 4);
  });
});
