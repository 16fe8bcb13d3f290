import type { ScoringProfile } from './profiles.js';
import { probationRows, rowWorths, type RowWindow } from './row-worth.js';

/** A file's anomaly scores, a row each, and its labelled windows. */
export interface ScoredFile {
  readonly scores: ArrayLike<number>;
  readonly windows: readonly RowWindow[];
}

/** The benchmark's figures at one threshold for the whole corpus. */
export interface CorpusScore {
  readonly threshold: number;
  /** Sum over files, in units of the profile. */
  readonly raw: number;
  /** 100 where every window is found at its start and nothing else is; 0 for a detector that never fires. */
  readonly score: number;
  readonly truePositives: number;
  readonly trueNegatives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly windowsFound: number;
}

/** A scored row, told apart from rows of other files by the number of its window over all files. */
interface Row {
  readonly score: number;
  readonly window: number;
  readonly worth: number;
}

/** Sums of the detected rows while the threshold falls. */
class Tally {
  readonly best: Float64Array;
  found = 0;
  inWindows = 0;
  outside = 0;
  /** Sum of the best worth of each found window. */
  gained = 0;
  lost = 0;

  constructor(windows: number) {
    this.best = new Float64Array(windows).fill(-Infinity);
  }

  detect({ window, worth }: Row): void {
    if (window === -1) {
      this.outside += 1;
      this.lost += worth;
      return;
    }
    this.inWindows += 1;
    const before = this.best[window]!;
    if (before === -Infinity) {
      this.found += 1;
      this.gained += worth;
    } else if (worth > before) this.gained += worth - before;
    this.best[window] = Math.max(before, worth);
  }
}

/** Every scored row of a corpus, the highest score first. */
class Corpus {
  readonly rows: Row[] = [];
  readonly windows: number;
  readonly rowsInWindows: number;

  constructor(files: readonly ScoredFile[]) {
    let offset = 0;
    for (const { scores, windows } of files) {
      const worths = rowWorths(scores.length, windows);
      for (let row = probationRows(scores.length); row < scores.length; row += 1) {
        const { window, worth } = worths[row]!;
        this.rows.push({ score: scores[row]!, window: window === -1 ? -1 : window + offset, worth });
      }
      offset += windows.length;
    }
    this.windows = offset;
    this.rowsInWindows = this.rows.filter(({ window }) => window !== -1).length;
    this.rows.sort((a, b) => b.score - a.score);
  }

  raw(tally: Tally, profile: ScoringProfile): number {
    return (
      profile.truePositive * tally.gained +
      profile.falsePositive * tally.lost -
      profile.falseNegative * (this.windows - tally.found)
    );
  }

  figures(tally: Tally, threshold: number, profile: ScoringProfile): CorpusScore {
    const raw = this.raw(tally, profile);
    const none = -profile.falseNegative * this.windows;
    const perfect = profile.truePositive * this.windows;
    return {
      threshold,
      raw,
      score: perfect === none ? 0 : (100 * (raw - none)) / (perfect - none),
      truePositives: tally.inWindows,
      falsePositives: tally.outside,
      falseNegatives: this.rowsInWindows - tally.inWindows,
      trueNegatives: this.rows.length - this.rowsInWindows - tally.outside,
      windowsFound: tally.found,
    };
  }
}

/** The figures where a row is detected when its score is at least `threshold`. */
export function scoreCorpus(
  files: readonly ScoredFile[],
  profile: ScoringProfile,
  threshold: number,
): CorpusScore {
  const corpus = new Corpus(files);
  const tally = new Tally(corpus.windows);
  for (const row of corpus.rows) if (row.score >= threshold) tally.detect(row);
  return corpus.figures(tally, threshold, profile);
}

/** The figures at the threshold that maximises the raw score, as the benchmark chooses it. */
export function scoreAtBestThreshold(files: readonly ScoredFile[], profile: ScoringProfile): CorpusScore {
  const corpus = new Corpus(files);
  const tally = new Tally(corpus.windows);
  let best = { raw: corpus.raw(tally, profile), threshold: Infinity };
  corpus.rows.forEach((row, at) => {
    tally.detect(row);
    if (corpus.rows[at + 1]?.score === row.score) return;
    const raw = corpus.raw(tally, profile);
    if (raw > best.raw) best = { raw, threshold: row.score };
  });
  return scoreCorpus(files, profile, best.threshold);
}
