import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { NoveltyDetector } from '../novelty/novelty-detector.js';
import { scoreAtBestThreshold } from './corpus-score.js';
import { PROFILES } from './profiles.js';
import { readSeriesFile, readWindowLabels, windowsOfRows } from './read-corpus.js';
import { probationRows } from './row-worth.js';

const NAB = '../shared/data/nab';
const there = existsSync(`${NAB}/combined_windows.json`);
if (!there) process.stderr.write(`skipped: ${NAB} is not there, so novelty is not scored\n`);

(there ? describe : describe.skip)('novelty on the benchmark', () => {
  it('is ahead of the best published detector on the files given, in every profile', () => {
    const labels = readWindowLabels(readFileSync(`${NAB}/combined_windows.json`, 'utf8'));
    const files = Object.entries(labels).map(([file, windows]) => {
      const { timesMs, values } = readSeriesFile(
        gunzipSync(readFileSync(`${NAB}/${file}.gz`)).toString(),
        file,
      );
      const detector = new NoveltyDetector(probationRows(values.length));
      const scores = values.map((value) => detector.observe(value));
      return { scores, windows: windowsOfRows(timesMs, windows) };
    });
    const scored = (profile: keyof typeof PROFILES): number =>
      scoreAtBestThreshold(files, PROFILES[profile]).score;
    // ARTime: 72.369, 61.404, 78.301
    expect(scored('standard')).toBeGreaterThan(72.369);
    expect(scored('reward_low_FP_rate')).toBeGreaterThan(61.404);
    expect(scored('reward_low_FN_rate')).toBeGreaterThan(78.301);
  }, 120_000);
});
