const DAY_MS = 86_400_000;

/** Days in UTC, both included, as the api takes a range; null where there is none. */
export function rangeOf(from: string | null, to: string | null): { from: string; to: string } | null {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first === null || last === null || first > last) return null;
  return { from: new Date(first).toISOString(), to: new Date(last + DAY_MS).toISOString() };
}

function dayOf(text: string | null): number | null {
  const at = Date.parse(`${text ?? ''}T00:00:00Z`);
  return Number.isNaN(at) ? null : at;
}
