import { COMPARED, type ComparedMeasure, type Difference } from './compare.js';
import { isNumber, isRecord } from '../plain-json.js';

/** One line of a comparison: a measure in a group of series. */
export interface ComparisonLine extends Difference {
  /** Name of the group; `overall` for all series. */
  readonly group: string;
  readonly series: number;
  readonly measure: ComparedMeasure;
  /** By the interval: worse when all of it is above zero, better when all of it is below. */
  readonly verdict: 'BETTER' | 'WORSE' | 'UNDECIDED';
}

/** What a report says of the candidate beside the model that ran. */
export interface ReportComparison {
  readonly incumbent: string;
  readonly candidate: string;
  readonly confidence: number;
  /** SHA-256 of the model that it was measured against. */
  readonly incumbentArtifact: string | null;
  /** To which the figures can be measured again. */
  readonly tolerance: number | null;
  readonly lines: readonly ComparisonLine[];
}

/**
 * Reads the comparison out of a report, which is whatever its author hashed; null when it holds none that is sound.
 *
 * @example readComparison(JSON.parse(text))?.lines.filter(({ verdict }) => verdict === 'WORSE')
 */
export function readComparison(report: unknown): ReportComparison | null {
  if (!isRecord(report) || !isRecord(report['comparison'])) return null;
  const { incumbent, candidate, confidence, overall, groups, incumbentArtifact } = report['comparison'];
  if (typeof incumbent !== 'string' || typeof candidate !== 'string' || !isNumber(confidence)) return null;
  const named = [['overall', overall] as const, ...(isRecord(groups) ? Object.entries(groups) : [])];
  return {
    ...{ incumbent, candidate, confidence },
    incumbentArtifact: isSha256(incumbentArtifact) ? incumbentArtifact : null,
    tolerance: isNumber(report['tolerance']) ? report['tolerance'] : null,
    lines: named.flatMap(([name, group]) => linesOf(name, group)),
  };
}

function linesOf(group: string, found: unknown): ComparisonLine[] {
  if (!isRecord(found) || !isNumber(found['series']) || !isRecord(found['measures'])) return [];
  const { series, measures } = found as { series: number; measures: Record<string, unknown> };
  return COMPARED.flatMap((measure) => {
    const difference = measures[measure];
    return isDifference(difference)
      ? [{ group, series, measure, ...difference, verdict: verdictOf(difference) }]
      : [];
  });
}

/** By the interval: worse when all of it is above zero, better when all of it is below. */
export function verdictOf({ low, high }: Difference): ComparisonLine['verdict'] {
  if (low > 0) return 'WORSE';
  return high < 0 ? 'BETTER' : 'UNDECIDED';
}

function isDifference(found: unknown): found is Difference {
  const fields = ['incumbent', 'candidate', 'difference', 'low', 'high'];
  return isRecord(found) && fields.every((field) => isNumber(found[field]));
}

function isSha256(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
}
