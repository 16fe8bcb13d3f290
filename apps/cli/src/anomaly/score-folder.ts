import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import {
  PROFILE_NAMES,
  PROFILES,
  scoreAtBestThreshold,
  scoreSeries,
  type CorpusScore,
  type ProfileName,
  type ScoredBy,
  type ScoredFile,
} from '@tallyhouse/anomalies';
import { seededRandom } from '@tallyhouse/compute';
import { readLabelledFolder, type FolderOptions } from './labelled-folder.js';

export interface ScoreFolderOptions extends FolderOptions {
  readonly out?: string;
  readonly by: ScoredBy;
}

interface ScoredSeries {
  readonly file: string;
  readonly windows: ScoredFile['windows'];
  readonly scores: Readonly<Record<ScoredBy, Float64Array>>;
}

type FiguresByProfile = Readonly<Record<ProfileName, CorpusScore>>;

/** Every series starts from the same seed: a file's scores do not depend on what else lies in the folder. */
const SEED = 1;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** `tallyhouse anomaly score`: one set of parameters, one threshold for all files, by the benchmark's own measure. */
export async function scoreFolder(options: ScoreFolderOptions): Promise<void> {
  const series: ScoredSeries[] = [];
  const startedMs = performance.now();
  for (const { name: file, file: read, windows } of await readLabelledFolder(options))
    series.push({ file, windows, scores: scoreSeries(read, seededRandom(SEED)) });
  if (options.out) await writeScores(options.out, series, options.by);
  report(series, (performance.now() - startedMs) / 1000);
}

async function writeScores(out: string, series: readonly ScoredSeries[], by: ScoredBy): Promise<void> {
  const stream = createWriteStream(out);
  stream.write('file,row,anomaly_score\n');
  for (const { file, scores } of series) {
    const lines = Array.from(scores[by], (score, row) => `${file},${row},${Number(score.toPrecision(10))}\n`);
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

function report(series: readonly ScoredSeries[], seconds: number): void {
  const names = Object.keys(series[0]!.scores) as ScoredBy[];
  const rows = series.reduce((sum, { scores }) => sum + scores.fused.length, 0);
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  say(`${series.length} files, ${rows} rows, ${windows} windows; one threshold for all files of a profile`);
  say(['detector', 'standard', 'low FP', 'low FN', 'windows found', 'false alarms'].map(cell).join(''));
  const detectors = Object.fromEntries(
    names.map((name) => {
      const figures = figuresOf(series, name);
      say(words(name, figures));
      return [name, figures];
    }),
  );
  const summary = { files: series.length, rows, windows, seconds: Number(seconds.toFixed(1)), detectors };
  say(JSON.stringify(summary, (_, value: unknown) => (value === Infinity ? null : value)));
}

function figuresOf(series: readonly ScoredSeries[], name: ScoredBy): FiguresByProfile {
  const files = series.map(({ scores, windows }) => ({ scores: scores[name], windows }));
  return Object.fromEntries(
    PROFILE_NAMES.map((profile) => [profile, scoreAtBestThreshold(files, PROFILES[profile])]),
  ) as FiguresByProfile;
}

function words(name: ScoredBy, figures: FiguresByProfile): string {
  const { windowsFound, falsePositives } = figures.standard;
  const scores = PROFILE_NAMES.map((profile) => figures[profile].score.toFixed(3));
  return [name, ...scores, String(windowsFound), String(falsePositives)].map(cell).join('');
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(20) : text.padStart(15);
}
