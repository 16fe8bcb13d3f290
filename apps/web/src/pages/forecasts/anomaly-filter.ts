import type { FilterField } from '../../components/filters.js';

const LEVELS = ['0.01', '0.05', '0.1', '0.25'];
const VERDICTS = ['REAL', 'NOT_REAL'];

const SOURCES = ['SERIES', 'READINGS', 'EVENTS'];
const SOURCE_WORDS: Readonly<Record<string, string>> = {
  SERIES: 'Series',
  READINGS: 'Sensors',
  EVENTS: 'Events',
};

export const ANOMALY_FILTERS: readonly FilterField[] = [
  {
    key: 'source',
    name: 'Of',
    among: SOURCES,
    word: (source) => SOURCE_WORDS[source] ?? source,
  },
  {
    key: 'verdict',
    name: 'What was said',
    among: VERDICTS,
    word: (verdict) => (verdict === 'REAL' ? 'Something' : 'Nothing'),
  },
  {
    key: 'level',
    name: 'Expected to be nothing',
    among: LEVELS,
    word: (level) => `up to ${Number(level) * 100} %`,
  },
];

/** The filter the api takes, from the address of the page; what it would refuse is left out. */
export function anomalyFilter(search: URLSearchParams): {
  source?: string;
  verdict?: string;
  level?: number;
} {
  const said = (key: string): string => search.get(key) ?? '';
  const [source, verdict, level] = [said('source'), said('verdict'), said('level')];
  return {
    ...(SOURCES.includes(source) && { source }),
    ...(VERDICTS.includes(verdict) && { verdict }),
    ...(LEVELS.includes(level) && { level: Number(level) }),
  };
}
