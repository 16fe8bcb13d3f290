import type { FilterField } from '../../components/filters.js';
import { stateWord } from '../../format/names.js';

const KINDS = ['RECALL', 'INCIDENT', 'INSPECTION', 'COMPLAINT', 'NOTE'];
export const SEARCH_MODES = ['HYBRID', 'LEXICAL', 'SEMANTIC'] as const;
const MODE_WORDS: Record<string, string> = {
  HYBRID: 'Both',
  LEXICAL: 'Words',
  SEMANTIC: 'Meaning',
};
const MAX_QUERY = 1_000;

export const modeWord = (mode: string): string => MODE_WORDS[mode] ?? mode;

export const TEXT_FILTERS: readonly FilterField[] = [
  { key: 'kind', name: 'Kind', among: KINDS, word: stateWord },
  { key: 'from', name: 'Written from', isDate: true },
  { key: 'to', name: 'Written to', isDate: true },
  { key: 'about', name: 'About', example: 'https://id.gs1.org/01/…' },
  { key: 'entity', name: 'Names', example: 'lot, GTIN or 2026-03-01' },
];

const DAY_MS = 86_400_000;

/** The filter that the api takes, from the address of the page; what it would refuse is left out. Days are whole, in UTC. */
export function textFilter(search: URLSearchParams): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const { key, among, isDate } of TEXT_FILTERS) {
    const value = search.get(key)?.trim();
    if (!value || (among && !among.includes(value))) continue;
    if (!isDate) filter[key] = value;
    else {
      const at = Date.parse(`${value}T00:00:00Z`);
      if (!Number.isNaN(at)) filter[key] = new Date(key === 'to' ? at + DAY_MS : at).toISOString();
    }
  }
  return filter;
}

/** What is searched for; null when nothing is. */
export function textSearch(search: URLSearchParams): { query: string; mode: string } | null {
  const query = search.get('q')?.trim().slice(0, MAX_QUERY);
  if (!query) return null;
  const mode = search.get('mode') ?? '';
  return { query, mode: SEARCH_MODES.find((each) => each === mode) ?? 'HYBRID' };
}
