/** What a backtest says of one model over one group of series; null where nothing could be measured. */
export interface Figures {
  mase: number | null;
  smape: number | null;
  crps: number | null;
  coverage: Record<string, number | null>;
}

interface ModelFigures {
  overall: Figures;
  groups: Record<string, Figures>;
}

/** The part of an evaluation report that the page compares. */
export interface Report {
  horizon: number;
  folds: number;
  models: Record<string, ModelFigures>;
}

/** The same figure of two models; lower is better save for coverage, where nearer to 80 % is. */
export interface Row {
  group: string;
  measure: 'MASE' | 'sMAPE' | 'CRPS' | 'Inside 80%';
  before: number | null;
  after: number | null;
  verdict: 'better' | 'worse' | 'same' | 'unknown';
}

export interface Comparison {
  /** What the new version is compared with, in words. */
  against: string;
  rows: Row[];
}

const FORMAT = 'tallyhouse-evaluation/1';
const CANDIDATE = /^candidate /;
const NOMINAL = '0.8';
export const ALL = 'all series';

/** Reads a report of our own form; null for any other, and for one that measured nothing. */
export function readReport(content: Uint8Array): Report | null {
  try {
    const json = JSON.parse(new TextDecoder().decode(content)) as Record<string, unknown>;
    const { format, folds, models, horizon } = json;
    if (format !== FORMAT || !Array.isArray(folds) || folds.length === 0) return null;
    if (typeof models !== 'object' || models === null || typeof horizon !== 'number') return null;
    const read = Object.entries(models).map(([label, one]) => [label, modelFigures(one)] as const);
    return { horizon, folds: folds.length, models: Object.fromEntries(read) };
  } catch {
    return null;
  }
}

/**
 * The new version beside the running one, each by its own report; where the running one was never measured, beside the
 * best simple method of the new report. Null when the new report names no candidate.
 */
export function compareReports(before: Report | null, after: Report): Comparison | null {
  const next = candidateOf(after);
  if (!next) return null;
  const running = before && candidateOf(before);
  const [against, base] = running ? ['the running version', running] : bestSimple(after);
  if (!base) return null;
  const groups = Object.keys(next.groups).filter((group) => group in base.groups);
  const rows = [
    ...rowsOf(ALL, base.overall, next.overall),
    ...groups.toSorted().flatMap((group) => rowsOf(group, base.groups[group]!, next.groups[group]!)),
  ];
  return { against, rows };
}

function candidateOf({ models }: Report): ModelFigures | undefined {
  return Object.entries(models).find(([label]) => CANDIDATE.test(label))?.[1];
}

function bestSimple({ models }: Report): [string, ModelFigures | undefined] {
  const simple = Object.entries(models).filter(([label]) => !CANDIDATE.test(label));
  const [best] = simple.toSorted(
    ([, a], [, b]) => (a.overall.mase ?? Infinity) - (b.overall.mase ?? Infinity),
  );
  return [`the best simple method, ${best?.[0] ?? 'none'}`, best?.[1]];
}

function rowsOf(group: string, before: Figures, after: Figures): Row[] {
  const lower = (measure: Row['measure'], a: number | null, b: number | null): Row => ({
    ...{ group, measure, before: a, after: b },
    verdict: verdictOf(a, b),
  });
  const [covered, covers] = [before.coverage[NOMINAL] ?? null, after.coverage[NOMINAL] ?? null];
  const off = (share: number | null) => (share === null ? null : Math.abs(share - Number(NOMINAL)));
  return [
    lower('MASE', before.mase, after.mase),
    lower('sMAPE', before.smape, after.smape),
    lower('CRPS', before.crps, after.crps),
    {
      group,
      measure: 'Inside 80%',
      before: covered,
      after: covers,
      verdict: verdictOf(off(covered), off(covers)),
    },
  ];
}

/** Figures that are shown alike are called the same. */
function verdictOf(before: number | null, after: number | null): Row['verdict'] {
  if (before === null || after === null) return 'unknown';
  if (Math.abs(before - after) < 0.0005) return 'same';
  return after < before ? 'better' : 'worse';
}

function modelFigures(value: unknown): ModelFigures {
  const { overall, groups } = (value ?? {}) as { overall?: unknown; groups?: unknown };
  const inGroups = typeof groups === 'object' && groups !== null ? Object.entries(groups) : [];
  return {
    overall: figures(overall),
    groups: Object.fromEntries(inGroups.map(([group, one]) => [group, figures(one)])),
  };
}

function figures(value: unknown): Figures {
  const given = (value ?? {}) as Record<string, unknown>;
  const covered = (given['coverage'] ?? {}) as Record<string, unknown>;
  return {
    mase: numberOf(given['mase']),
    smape: numberOf(given['smape']),
    crps: numberOf(given['crps']),
    coverage: Object.fromEntries(Object.entries(covered).map(([level, share]) => [level, numberOf(share)])),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
