/** The fields of the form; each of the first three may hold several identifiers, one a line. */
export const CRITERIA_FIELDS = ['items', 'products', 'sites', 'from', 'to'] as const;
export type CriteriaField = (typeof CRITERIA_FIELDS)[number];

/** What the api takes, from the address of the page; null when nothing is sought. Dates are whole days in UTC, `to` included. */
export function criteriaOf(search: URLSearchParams): Record<string, string | string[]> | null {
  const criteria: Record<string, string | string[]> = {};
  for (const field of ['items', 'products', 'sites'] as const) {
    const entries = (search.get(field) ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
    if (entries.length > 0) criteria[field] = entries;
  }
  if (Object.keys(criteria).length === 0) return null;
  for (const field of ['from', 'to'] as const) {
    const at = Date.parse(`${search.get(field) ?? ''}T00:00:00Z`);
    if (!Number.isNaN(at)) criteria[field] = new Date(field === 'to' ? at + 86_400_000 : at).toISOString();
  }
  return criteria;
}
