import {
  learnsAnew,
  learnsEventsAnew,
  parameterChanges,
  type AlarmFigures,
  type AnomalyParameterSet,
  type FileFigures,
  type ParameterChange,
} from '@tallyhouse/anomalies';
import type { Hex } from '@tallyhouse/proofs';
import { reportJson } from '../model/report-json.js';
import type { LabelCount, LabelFigures } from './label-figures.js';

export const REPORT_FORMAT = 'tallyhouse-anomaly-evaluation/1';

/** Figures of both sets on labelled files. */
export interface FilesCompared {
  readonly files: number;
  readonly rows: number;
  readonly windows: number;
  readonly candidate: FileFigures;
  readonly incumbent: FileFigures;
}

/** What voters can rest on: what changes, and how old and new did on the same labels. */
export interface AnomalyReport {
  readonly format: typeof REPORT_FORMAT;
  /** SHA-256 of the candidate's parameters. */
  readonly candidate: Hex;
  /** SHA-256 of the parameters that it was held against: those in force, or those that come with the program. */
  readonly incumbent: Hex;
  readonly changes: readonly Omit<ParameterChange, 'meaning'>[];
  /** Whether what sensors' streams learned is of no use under the candidate. */
  readonly learnsAnew: boolean;
  /** Whether what was learned of events is of no use under the candidate. */
  readonly learnsEventsAnew: boolean;
  /** Null where no labelled files were given. */
  readonly files: FilesCompared | null;
  /** Null where nobody labelled anything. */
  readonly labels: LabelFigures | null;
}

/** Puts the figures together. */
export function anomalyReport(
  candidate: AnomalyParameterSet,
  incumbent: AnomalyParameterSet,
  figures: Pick<AnomalyReport, 'files' | 'labels'>,
): AnomalyReport {
  return {
    format: REPORT_FORMAT,
    candidate: candidate.version,
    incumbent: incumbent.version,
    changes: parameterChanges(incumbent, candidate).map(({ name, before, after }) => ({
      name,
      before,
      after,
    })),
    learnsAnew: learnsAnew(incumbent.readings, candidate.readings),
    learnsEventsAnew: learnsEventsAnew(incumbent, candidate),
    ...figures,
  };
}

/** The report of `anomaly evaluate`; undefined for one of another form. */
export function readAnomalyReport(bytes: Uint8Array): AnomalyReport | undefined {
  const found = reportJson<AnomalyReport>(bytes);
  return found.format === REPORT_FORMAT && found.changes ? (found as AnomalyReport) : undefined;
}

/** The report in words, for voters and for who made it. */
export function reportWords(report: AnomalyReport): string {
  const { changes, files, labels } = report;
  const lines = changes.map(({ name, before, after }) => `- ${name}: ${before} becomes ${after}`);
  return [
    ...(lines.length === 0 ? ['Nothing changes.'] : ['What changes:', '', ...lines]),
    ...(report.learnsAnew
      ? ['', 'Sensors are learned from anew: none is judged until it has read as much as is learned from.']
      : []),
    ...(report.learnsEventsAnew
      ? [
          '',
          "Events are learned from anew: none is judged until its sender's step has had as many as are learned from.",
        ]
      : []),
    ...(files ? ['', fileWords(files)] : []),
    ...(labels ? ['', labelWords(labels)] : []),
    ...(files || labels ? [] : ['', 'Nothing was measured: there were no labels.']),
  ].join('\n');
}

function fileWords({ files, rows, windows, candidate, incumbent }: FilesCompared): string {
  const row = (what: string, { scores, windowsFound, falseAlarms }: AlarmFigures): string =>
    `| ${what} | ${scores.standard.toFixed(2)} | ${scores.reward_low_FP_rate.toFixed(2)} | ${scores.reward_low_FN_rate.toFixed(2)} | ${windowsFound} | ${falseAlarms} |`;
  return [
    `On ${files} labelled files, ${rows} rows, ${windows} windows:`,
    '',
    '| judged as | standard | low FP | low FN | windows found | false alarms |',
    '| --- | --- | --- | --- | --- | --- |',
    row('series, in force', incumbent.series),
    row('series, candidate', candidate.series),
    row('sensors, in force', incumbent.readings),
    row('sensors, candidate', candidate.readings),
  ].join('\n');
}

function labelWords({ series, readings, events, level }: LabelFigures): string {
  const row = (what: string, { labelled, candidate, incumbent }: LabelCount): string =>
    `| ${what} | ${labelled} | ${incumbent} | ${candidate} |`;
  return [
    `Of what people labelled, reported where at most ${Number((100 * level).toFixed(1))} % are expected to be nothing:`,
    '',
    '| labelled as | labels | in force | candidate |',
    '| --- | --- | --- | --- |',
    row('series, something', series.real),
    row('series, nothing', series.notReal),
    row('sensors, something', readings.real),
    row('sensors, nothing', readings.notReal),
    row('events, something', events.real),
    row('events, nothing', events.notReal),
  ].join('\n');
}
