import { count } from '../../format/numbers.js';

/** One figure of the detectors in force and of those proposed, on the same labels. */
export interface DetectorRow {
  on: string;
  measure: string;
  before: number;
  after: number;
  verdict: 'better' | 'worse' | 'undecided';
}

/** What a report of parameters says. */
export interface DetectorComparison {
  /** SHA-256 of the parameters that it was measured beside. */
  incumbent: string;
  /** What was measured on, a sentence each. */
  basis: string[];
  /** Whether sensors are learned from anew. */
  learnsAnew: boolean;
  /** Whether events are learned from anew. */
  learnsEventsAnew: boolean;
  rows: DetectorRow[];
}

type Json = Record<string, unknown>;

const SCORES = [
  ['standard', 'Score'],
  ['reward_low_FP_rate', 'Score, few false alarms'],
  ['reward_low_FN_rate', 'Score, few misses'],
] as const;

/** Reads a report of `anomaly evaluate`; null for one of another form. */
export function readDetectorFigures(content: Uint8Array): DetectorComparison | null {
  const report = parse(content);
  if (!report || typeof report['incumbent'] !== 'string') return null;
  const { files, labels } = report;
  return {
    incumbent: report['incumbent'],
    learnsAnew: report['learnsAnew'] === true,
    learnsEventsAnew: report['learnsEventsAnew'] === true,
    basis: [...fileBasis(files), ...labelBasis(labels)],
    rows: [...fileRows(files, 'series'), ...fileRows(files, 'readings'), ...labelRows(labels)],
  };
}

function fileBasis(files: unknown): string[] {
  if (!isJson(files)) return [];
  const [of, rows, windows] = [files['files'], files['rows'], files['windows']].map((one) =>
    count(Number(one)),
  );
  return [`${of} labelled files with ${rows} rows and ${windows} windows.`];
}

function labelBasis(labels: unknown): string[] {
  return isJson(labels) ? ['What people said of strange values.'] : [];
}

function fileRows(files: unknown, judged: 'series' | 'readings'): DetectorRow[] {
  const [before, after] = ['incumbent', 'candidate'].map((side) => at(files, side, judged));
  if (!before || !after) return [];
  const on = judged === 'series' ? 'Files, as series' : 'Files, as sensors';
  return [
    ...SCORES.flatMap(([key, measure]) =>
      row(on, measure, at(before, 'scores')?.[key], at(after, 'scores')?.[key], 1),
    ),
    ...row(on, 'Windows found', before['windowsFound'], after['windowsFound'], 1),
    ...row(on, 'False alarms', before['falseAlarms'], after['falseAlarms'], -1),
  ];
}

function labelRows(labels: unknown): DetectorRow[] {
  return [
    ['series', 'Series'],
    ['readings', 'Sensors'],
    ['events', 'Events'],
  ].flatMap(([key, on]) =>
    (
      [
        ['real', 'something', 1],
        ['notReal', 'nothing', -1],
      ] as const
    ).flatMap(([verdict, word, good]) => {
      const counts = at(labels, key!, verdict);
      if (!counts || counts['labelled'] === 0) return [];
      const measure = `Of ${String(counts['labelled'])} where ${word} was the matter, told`;
      return row(on!, measure, counts['incumbent'], counts['candidate'], good);
    }),
  );
}

/** @param good 1 where more is better, -1 where less is */
function row(on: string, measure: string, before: unknown, after: unknown, good: 1 | -1): DetectorRow[] {
  if (typeof before !== 'number' || typeof after !== 'number') return [];
  const gain = good * (after - before);
  return [{ on, measure, before, after, verdict: gain > 0 ? 'better' : gain < 0 ? 'worse' : 'undecided' }];
}

function at(tree: unknown, ...names: string[]): Json | undefined {
  let found = tree;
  for (const name of names) found = isJson(found) ? found[name] : undefined;
  return isJson(found) ? found : undefined;
}

function parse(content: Uint8Array): Json | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(content));
    return isJson(json) && json['format'] === 'tallyhouse-anomaly-evaluation/1' ? json : null;
  } catch {
    return null;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
