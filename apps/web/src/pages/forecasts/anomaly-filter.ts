import type { FilterField } from '../../components/filters.js';

const LEVELS = ['0.01', '0.05', '0.1', '0.25'];
const VERDICTS = ['REAL', 'NOT_REAL'];

export const ANOMALY_FILTERS: readonly FilterField[] = [
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
export function anomalyFilter(search: URLSearchParams): { verdict?: string; level?: number } {
  const [verdict, level] = [search.get('verdict') ?? '', search.get('level') ?? ''];
  return {
    ...(VERDICTS.includes(verdict) && { verdict }),
    ...(LEVELS.includes(level) && { level: Number(level) }),
  };
}
