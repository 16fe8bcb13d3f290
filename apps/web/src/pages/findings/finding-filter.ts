import type { FilterField } from '../../components/filters.js';
import { stateWord } from '../../format/names.js';

const RULES = Array.from({ length: 17 }, (_, index) => `R${index + 1}`);

export const FINDING_FILTERS: readonly FilterField[] = [
  { key: 'rule', name: 'Rule', among: RULES },
  { key: 'severity', name: 'Severity', among: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], word: stateWord },
  {
    key: 'state',
    name: 'State',
    among: ['OPEN', 'IN_REVIEW', 'RESOLVED', 'DISMISSED', 'WITHDRAWN'],
    word: stateWord,
  },
  { key: 'subject', name: 'Item', example: 'https://id.gs1.org/01/…' },
  { key: 'event', name: 'Evidence', example: 'number of an event' },
];

/** The filter the api takes, from the address of the page; what it would refuse is left out. */
export function findingFilter(search: URLSearchParams): Record<string, string> {
  const filter: Record<string, string> = {};
  for (const { key, among } of FINDING_FILTERS) {
    const value = search.get(key)?.trim();
    if (value && (!among || among.includes(value))) filter[key] = value;
  }
  return filter;
}
