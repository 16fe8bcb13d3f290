import { FusedDetector } from '../fusion/fused-detector.js';
import { fusionOf } from '../fusion/fusion-config.js';
import { scoreAtBestThreshold, scoreCorpus, type ScoredFile } from '../nab/corpus-score.js';
import { PROFILE_NAMES, PROFILES, type ProfileName } from '../nab/profiles.js';
import type { TimedSeries } from '../nab/read-corpus.js';
import { READING_TRAITS } from '../nab/score-series.js';
import type { RowWindow } from '../nab/row-worth.js';
import type { AnomalyParameterSet } from '../parameters/parameter-set.js';
import { StreamWatch } from '../readings/stream-watch.js';
import { seededRandom } from '@tallyhouse/compute';

/** A file of readings with the windows in which somebody says that something was the matter. */
export interface LabelledFile {
  readonly file: TimedSeries;
  readonly windows: readonly RowWindow[];
}

/** What alarms on labelled files are worth, by the benchmark's measure. */
export interface AlarmFigures {
  /** 100 where every window is found at its start and nothing else is; 0 for silence. */
  readonly scores: Readonly<Record<ProfileName, number>>;
  /** At the threshold of the standard profile. */
  readonly windowsFound: number;
  readonly falseAlarms: number;
}

/** Both ways of judging on the same files. */
export interface FileFigures {
  /** As series are judged, at the threshold that suits the files best. */
  readonly series: AlarmFigures;
  /** As sensors are watched, at the threshold of the parameters: what would be told. */
  readonly readings: AlarmFigures;
}

/** Every file from the same seed, as `anomaly score` does. */
const SEED = 1;

/** Runs parameters over labelled files, a row at a time, so that no row is judged by a later one. */
export function fileFigures(set: AnomalyParameterSet, files: readonly LabelledFile[]): FileFigures {
  const fused = files.map(({ file, windows }) => ({ windows, scores: fusedAlarms(set, file) }));
  const told = files.map(({ file, windows }) => ({ windows, scores: toldNovelties(set, file) }));
  return { series: figuresOf(fused), readings: figuresOf(told, set.readings.alarmNovelty) };
}

function fusedAlarms({ series }: AnomalyParameterSet, { timesMs, values }: TimedSeries): Float64Array {
  const detector = new FusedDetector(READING_TRAITS, seededRandom(SEED), fusionOf(series));
  return values.map((value, row) => detector.observe({ timeMs: timesMs[row]!, value }).alarm);
}

/** The novelty of each alarm at the row that sets it off; 0 elsewhere. */
function toldNovelties({ readings }: AnomalyParameterSet, { timesMs, values }: TimedSeries): Float64Array {
  const watch = StreamWatch.of(null, readings);
  return values.map((value, row) => {
    if (Number.isNaN(value)) return 0;
    return watch.take([{ timeMs: timesMs[row]!, value, eventId: '' }]).alarms[0]?.novelty ?? 0;
  });
}

function figuresOf(files: readonly ScoredFile[], threshold?: number): AlarmFigures {
  const scored = Object.fromEntries(
    PROFILE_NAMES.map((name) => [
      name,
      threshold === undefined
        ? scoreAtBestThreshold(files, PROFILES[name])
        : scoreCorpus(files, PROFILES[name], threshold),
    ]),
  ) as Record<ProfileName, ReturnType<typeof scoreCorpus>>;
  return {
    scores: {
      standard: scored.standard.score,
      reward_low_FP_rate: scored.reward_low_FP_rate.score,
      reward_low_FN_rate: scored.reward_low_FN_rate.score,
    },
    windowsFound: scored.standard.windowsFound,
    falseAlarms: scored.standard.falsePositives,
  };
}
