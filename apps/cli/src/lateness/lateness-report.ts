import type { LatenessEvaluation, ProbabilityFigures } from '@tallyhouse/forecasting';
import { canonicalJson, type Hex, type JsonObject } from '@tallyhouse/proofs';
import { reportJson } from '../model/report-json.js';

const REPORT_FORMAT = 'tallyhouse.lateness-report/1';

/** What a lateness report compares: the candidate, the simplest rates, and the version that ran where one did. */
type Told = 'candidate' | 'laneRate' | 'baseRate' | 'running';

/** What was measured of a version on the last year that it had not seen. */
export interface LatenessReport {
  readonly format: typeof REPORT_FORMAT;
  /** Moment as of which deliveries were read, ISO 8601. */
  readonly asOf: string;
  readonly dataRoot: Hex;
  readonly noticeDays: number;
  /** First day of the year that is asked about, and deliveries before and in it. */
  readonly testedFrom: string;
  readonly learnedFrom: number;
  readonly tested: number;
  readonly lateShare: number;
  readonly figures: Readonly<Partial<Record<Told, ProbabilityFigures>>>;
  /** Share of arrivals between the 10 and the 90 % quantile, and mean pinball loss in days beside quantiles of all deliveries. */
  readonly arrival: {
    readonly coverage80: number;
    readonly pinballDays: number;
    readonly overallPinballDays: number;
  };
  /** Artifact of the version that ran; null where none did. It may have seen what it is measured on. */
  readonly incumbentArtifact: Hex | null;
}

/** What a report is made of. */
interface Measured {
  readonly asOf: Date;
  readonly dataRoot: Hex;
  readonly testedFrom: string;
  readonly candidate: LatenessEvaluation;
  readonly incumbent: { readonly sha256: Hex; readonly evaluation: LatenessEvaluation } | undefined;
}

export function latenessReport({
  asOf,
  dataRoot,
  testedFrom,
  candidate,
  incumbent,
}: Measured): LatenessReport {
  const { methods, arrival, noticeDays, training, test, lateShare } = candidate;
  return {
    format: REPORT_FORMAT,
    ...{ asOf: asOf.toISOString(), dataRoot, noticeDays, testedFrom },
    ...{ learnedFrom: training, tested: test, lateShare },
    figures: {
      ...{ candidate: methods['boosted-trees'], laneRate: methods['lane-rate'] },
      baseRate: methods['base-rate'],
      ...(incumbent ? { running: incumbent.evaluation.methods['boosted-trees'] } : {}),
    },
    arrival: {
      coverage80: arrival.coverage,
      ...{ pinballDays: arrival.pinballDays, overallPinballDays: arrival.overallPinballDays },
    },
    incumbentArtifact: incumbent?.sha256 ?? null,
  };
}

export const latenessReportBytes = (report: LatenessReport): Uint8Array =>
  new TextEncoder().encode(canonicalJson({ ...report } as unknown as JsonObject));

/** The report of a lateness version; undefined for one of another form. */
export function readLatenessReport(bytes: Uint8Array): LatenessReport | undefined {
  const found = reportJson<LatenessReport>(bytes);
  return found.format === REPORT_FORMAT && found.figures && found.arrival
    ? (found as LatenessReport)
    : undefined;
}

const NAMES: readonly (readonly [Told, string])[] = [
  ['candidate', 'candidate'],
  ['running', 'in force'],
  ['laneRate', "the lane's own rate"],
  ['baseRate', 'the rate of all'],
];

/** The figures in words, for voters and for who learned it. */
export function latenessWords({ figures, arrival, ...report }: LatenessReport): string {
  const number = (value: number | null): string => value?.toFixed(4) ?? 'none';
  const rows = NAMES.flatMap(([key, name]) => {
    const told = figures[key];
    return told
      ? [`| ${name} | ${number(told.auc)} | ${number(told.brier)} | ${number(told.calibrationError)} |`]
      : [];
  });
  return [
    `Lateness of ${report.tested} deliveries from ${report.testedFrom} on, each asked ${report.noticeDays} days before it was due, learned from ${report.learnedFrom} before; ${percent(report.lateShare)} came late.`,
    '',
    '| told by | AUC | Brier | calibration error |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    `${percent(arrival.coverage80)} of arrivals were inside the 80 % interval; pinball loss ${arrival.pinballDays.toFixed(3)} days, by all deliveries alike ${arrival.overallPinballDays.toFixed(3)}.`,
  ].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
