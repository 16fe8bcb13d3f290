const MEASURES = [
  ['mase', 'MASE'],
  ['smape', 'sMAPE'],
  ['crps', 'CRPS'],
] as const;
const CANDIDATE = /^candidate /;
const NOMINAL = 0.8;
export const ALL = 'all series';
/** Share of outcomes inside the 80 % interval; nearer to 80 % is better, from either side. */
export const COVERAGE = 'Inside 80%';

/** One figure of two models on the same forecasts; of an error less is better. */
export interface Row {
  group: string;
  measure: string;
  before: number;
  after: number;
  /** Ends of the interval of the difference, after less before; null where the report gives none. */
  interval: readonly [low: number, high: number] | null;
  /** By the interval where there is one: decided only when all of it lies on one side of zero. */
  verdict: 'better' | 'worse' | 'undecided';
}

export interface Comparison {
  /** What the new version was measured beside. */
  against: string;
  /** SHA-256 of that model's artifact; null when it is one of the simple methods. */
  incumbentArtifact: string | null;
  /** Share of the intervals, 0..1; null without intervals. */
  confidence: number | null;
  rows: Row[];
}

type Json = Record<string, unknown>;

/**
 * What an evaluation report says of its candidate: beside the model that ran, group by group and with intervals, or
 * else beside the simple method with the least MASE. Null for a report of another form, or one that measured nothing.
 */
export function readComparison(content: Uint8Array): Comparison | null {
  const report = parse(content);
  if (!report || !Array.isArray(report['folds']) || report['folds'].length === 0) return null;
  return besideIncumbent(report) ?? besideSimple(report);
}

function besideIncumbent(report: Json): Comparison | null {
  const { comparison } = report;
  if (!isJson(comparison) || typeof comparison['incumbent'] !== 'string') return null;
  const { incumbent, candidate, incumbentArtifact, confidence, overall, groups } = comparison;
  const models = isJson(report['models']) ? report['models'] : {};
  const named = [[ALL, overall] as const, ...Object.entries(isJson(groups) ? groups : {})];
  return {
    against: incumbent,
    incumbentArtifact: typeof incumbentArtifact === 'string' ? incumbentArtifact : null,
    confidence: numberOf(confidence),
    rows: named.flatMap(([group, found]) => [
      ...pairedRows(group, found),
      ...coverageRows(group, models[incumbent], models[String(candidate)]),
    ]),
  };
}

function pairedRows(group: string, found: unknown): Row[] {
  const measures = isJson(found) && isJson(found['measures']) ? found['measures'] : {};
  return MEASURES.flatMap(([key, measure]) => {
    const one = measures[key];
    if (!isJson(one)) return [];
    const [before, after, low, high] = ['incumbent', 'candidate', 'low', 'high'].map((field) =>
      numberOf(one[field]),
    );
    if (before == null || after == null || low == null || high == null) return [];
    const verdict = high < 0 ? 'better' : low > 0 ? 'worse' : 'undecided';
    return [{ group, measure, before, after, interval: [low, high], verdict }];
  });
}

function besideSimple(report: Json): Comparison | null {
  const models = Object.entries(isJson(report['models']) ? report['models'] : {});
  const candidate = models.find(([label]) => CANDIDATE.test(label))?.[1];
  const simple = models.filter(([label]) => !CANDIDATE.test(label));
  const mase = (model: unknown) => numberOf(figures(model, ALL)['mase']) ?? Infinity;
  const [best] = simple.toSorted(([, a], [, b]) => mase(a) - mase(b));
  if (!isJson(candidate) || !best) return null;
  const groups = [ALL, ...Object.keys(isJson(candidate['groups']) ? candidate['groups'] : {}).toSorted()];
  const rows = groups.flatMap((group) => [
    ...simpleRows(group, figures(best[1], group), figures(candidate, group)),
    ...coverageRows(group, best[1], candidate),
  ]);
  return rows.length === 0 ? null : { against: best[0], incumbentArtifact: null, confidence: null, rows };
}

function simpleRows(group: string, before: Json, after: Json): Row[] {
  return MEASURES.flatMap(([key, measure]): Row[] => {
    const [a, b] = [numberOf(before[key]), numberOf(after[key])];
    if (a === null || b === null) return [];
    return [
      {
        group,
        measure,
        before: a,
        after: b,
        interval: null,
        verdict: b < a ? 'better' : b > a ? 'worse' : 'undecided',
      },
    ];
  });
}

function coverageRows(group: string, before: unknown, after: unknown): Row[] {
  const [a, b] = [before, after].map((model) => {
    const { coverage } = figures(model, group);
    return numberOf(isJson(coverage) ? coverage[String(NOMINAL)] : null);
  });
  if (a == null || b == null) return [];
  const gain = Math.abs(a - NOMINAL) - Math.abs(b - NOMINAL);
  const verdict = gain > 0 ? 'better' : gain < 0 ? 'worse' : 'undecided';
  return [{ group, measure: COVERAGE, before: a, after: b, interval: null, verdict }];
}

/** The figures of a model over all series or in one group; none when the report lacks them. */
function figures(model: unknown, group: string): Json {
  if (!isJson(model)) return {};
  const found =
    group === ALL ? model['overall'] : isJson(model['groups']) ? model['groups'][group] : undefined;
  return isJson(found) ? found : {};
}

function parse(content: Uint8Array): Json | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(content));
    return isJson(json) && json['format'] === 'tallyhouse-evaluation/1' ? json : null;
  } catch {
    return null;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
