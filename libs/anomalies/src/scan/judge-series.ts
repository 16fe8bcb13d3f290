import type { Random } from '@tallyhouse/compute';
import type { DetectorName, SeriesTraits } from '../contract/detector.js';
import { FusedDetector, type Judgement } from '../fusion/fused-detector.js';
import { fusionOf } from '../fusion/fusion-config.js';
import type { SeriesParameters } from '../parameters/parameter-set.js';

/** A series of whole periods, oldest first. */
export interface PeriodSeries {
  readonly id: string;
  /** First instant of each period, milliseconds since the epoch. */
  readonly startsMs: readonly number[];
  /** NaN where nothing is known. */
  readonly values: ArrayLike<number>;
}

/** A value that looks strange by itself; whether it is reported depends on how many others were looked at. */
export interface Candidate {
  readonly startMs: number;
  readonly value: number;
  readonly expected: number | null;
  readonly pValue: number;
  /** The detector that was most surprised. */
  readonly detector: DetectorName;
  /** How many of the detectors take it for rarer than one in twenty. */
  readonly agreeing: number;
  readonly detectors: number;
  /** The periods that the judgement looks at most: evidence for a reader. */
  readonly windowStartMs: number;
  readonly windowEndMs: number;
}

/** What looking at a series found, and the periods that were looked at. */
export interface SeriesJudgement {
  readonly candidates: readonly Candidate[];
  /** First instants of the periods that were tested. */
  readonly testedMs: readonly number[];
}

/** Every series starts from the same seed: what is said of one does not depend on the others. */
export const JUDGING_SEED = 1;
const AGREEING_P = 0.05;
const EVIDENCE_BEFORE = 8;

/** Judges every value of a series by the values before it. */
export function judgeSeries(
  series: PeriodSeries,
  traits: SeriesTraits,
  random: Random,
  parameters: SeriesParameters,
): SeriesJudgement {
  const { minimumHistory, candidatePValue } = parameters;
  const fused = new FusedDetector(traits, random, fusionOf(parameters));
  const candidates: Candidate[] = [];
  const testedMs: number[] = [];
  let seen = 0;
  series.startsMs.forEach((startMs, at) => {
    const value = series.values[at]!;
    const judgement = fused.observe({ timeMs: startMs, value });
    if (Number.isNaN(value)) return;
    seen += 1;
    if (seen <= minimumHistory) return;
    testedMs.push(startMs);
    if (judgement.pValue <= candidatePValue) candidates.push(candidateOf(series, at, judgement));
  });
  return { candidates, testedMs };
}

function candidateOf(series: PeriodSeries, at: number, { pValue, voices }: Judgement): Candidate {
  const startMs = series.startsMs[at]!;
  return {
    startMs,
    value: series.values[at]!,
    expected: voices.find(({ expected }) => expected !== null)?.expected ?? null,
    pValue,
    detector: voices[0]!.detector,
    agreeing: voices.filter((voice) => voice.pValue <= AGREEING_P).length,
    detectors: voices.length,
    windowStartMs: series.startsMs[Math.max(0, at - EVIDENCE_BEFORE)]!,
    windowEndMs: series.startsMs[at + 1] ?? startMs + (startMs - (series.startsMs[at - 1] ?? startMs)),
  };
}
