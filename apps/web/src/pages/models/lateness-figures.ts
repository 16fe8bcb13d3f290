import type { RateRow } from './rate-ledger.js';

/** What a report of a version of lateness says. */
export interface LatenessFigures {
  rows: RateRow[];
  /** Artifact of the version that ran; null where none did. */
  incumbentArtifact: string | null;
  tested: number;
  testedFrom: string;
  learnedFrom: number;
  /** 0..1. */
  lateShare: number;
  coverage80: number;
}

type Json = Record<string, unknown>;

const TOLD = [
  ['candidate', 'This version’s method'],
  ['running', 'The version in force then'],
  ['laneRate', 'The lane’s own rate'],
  ['baseRate', 'The rate of all'],
] as const;

/** Reads a report of `model train --forecaster lateness`; null for one of another form. */
export function readLatenessFigures(report: unknown): LatenessFigures | null {
  if (!isJson(report) || report['format'] !== 'tallyhouse.lateness-report/1') return null;
  const { figures, arrival, incumbentArtifact } = report;
  const rows = TOLD.flatMap(([key, by]) => rowOf(by, isJson(figures) ? figures[key] : undefined));
  if (rows.length === 0 || !isJson(arrival)) return null;
  return {
    rows,
    incumbentArtifact: typeof incumbentArtifact === 'string' ? incumbentArtifact : null,
    ...{ tested: Number(report['tested']), testedFrom: String(report['testedFrom']) },
    ...{ learnedFrom: Number(report['learnedFrom']), lateShare: Number(report['lateShare']) },
    coverage80: Number(arrival['coverage80']),
  };
}

/** Reads the same from the bytes of a file. */
export function readLatenessFile(content: Uint8Array): LatenessFigures | null {
  try {
    return readLatenessFigures(JSON.parse(new TextDecoder().decode(content)));
  } catch {
    return null;
  }
}

function rowOf(by: string, told: unknown): RateRow[] {
  if (!isJson(told)) return [];
  const { auc, brier, calibrationError } = told;
  if (typeof brier !== 'number' || typeof calibrationError !== 'number') return [];
  return [[by, typeof auc === 'number' ? auc : null, brier, calibrationError]];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
